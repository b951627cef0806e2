"""How the signals' problem statements find the case that they lie in; signals know nothing of cases themselves."""

from django.db.models import QuerySet
from django.urls import reverse

from tillitsrom.people.models import Actor
from tillitsrom.signals.cases import FoundCase, keeps_cases

from . import rules
from .models import Case


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
