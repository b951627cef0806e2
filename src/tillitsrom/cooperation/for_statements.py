"""Problem statements and cases: how a statement finds the case it lies in, and how a case is raised from a statement.

Signals know nothing of cases themselves.
"""

from django.db.models import QuerySet
from django.urls import reverse

from tillitsrom.people.models import Actor, User
from tillitsrom.signals import rules_calls
from tillitsrom.signals.actions import statements
from tillitsrom.signals.cases import FoundCase, keeps_cases
from tillitsrom.signals.models import Statement

from . import rules
from .about import About, register
from .models import Case

# How cases name the statement that they are raised from.
KIND = "signals.statement"


def _first(rows: QuerySet[Case]) -> FoundCase | None:
    row = rows.first()
    if row is None:
        return None
    return FoundCase(row.pk, row.number, row.question, reverse("cooperation:case", args=[row.pk]))


def by_number(actor: Actor, organisation_id: int, number: str) -> FoundCase | None:
    return _first(rules.visible_to(actor).filter(organisation=organisation_id, number=number))


def by_key(actor: Actor, key: int) -> FoundCase | None:
    return _first(rules.visible_to(actor).filter(pk=key))


keeps_cases(by_number, by_key)


def _statement(actor: Actor, key: int) -> Statement | None:
    """The statement, as far as the actor may see it."""
    row = (
        Statement.objects.filter(pk=key, call__in=rules_calls.visible_to(actor))
        .select_related("call")
        .first()
    )
    if row is None or not rules_calls.statements_visible_to(actor, row.call).filter(pk=row.pk).exists():
        return None
    return row


@register(KIND)
def find(actor: Actor, key: int) -> About | None:
    """The statement as what a case is about."""
    row = _statement(actor, key)
    return (
        None
        if row is None
        else About(row.problem, reverse("signals:call", args=[row.call_id]), Case.Origin.RAISED)
    )


def note_case(case: Case, actor: User) -> None:
    """Note in the statement that the case was raised from it, where the actor goes through the statements.

    For the action that raises the case, in its transaction.
    """
    if case.about_type != KIND or case.about_id is None:
        return
    row = _statement(actor, case.about_id)
    if row is not None and row.status == Statement.Status.RECEIVED and rules_calls.may_treat(actor, row):
        statements.in_case(actor=actor, statement=row, version=row.version, case_number=case.number)
