"""Cases brought to a state by the actions themselves, in an organisation with both sides, for tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tillitsrom.cooperation.actions import cases, positions
from tillitsrom.cooperation.models import AgendaItem, Case, Meeting, Minutes
from tillitsrom.people.models import Membership, Role, Unit, User
from tillitsrom.rulesets.tests.factories import Body, body

QUESTION = "Skal vi slutte å fylle ut skjemaet på fem sider?"
# In the rule set of KS nothing ticked is discussion; these give the other forms.
FORMS = {
    "discussion": "",
    "information": "information",
    "negotiation": "negotiation",
    "committee": "committee",
}

__all__ = ["Body", "body", "case_in", "met", "minuted", "person_of_unit", "raised"]


def raised(place: Body, *, by: User | None = None, **values: Any) -> Case:
    more = {
        name: values.pop(name)
        for name in ("unit", "party", "parties", "signals", "requirements")
        if name in values
    }
    draft = cases.Draft(organisation=place.organisation, values={"question": QUESTION, **values}, **more)
    return cases.raise_case(actor=by or place.representative, draft=draft)


def classified(place: Body, form: str = "discussion", *, by: User | None = None, **values: Any) -> Case:
    case = raised(place, **values)
    case = cases.classify(
        actor=by or place.representative,
        case=case,
        version=case.version,
        answers={},
        form=form,
        reason="Fordi.",
    )
    Case.objects.filter(pk=case.pk).update(form_open=False, form_confirmed=[])
    case.refresh_from_db()
    return case


def meeting(place: Body, case: Case, *, on: date | None = None, body_: Any = None) -> Meeting:
    """A meeting that was called in time, with the case on its agenda."""
    day = on or timezone.localdate()
    made = Meeting.objects.create(
        organisation=place.organisation, body=body_, form=case.form or "discussion", on=day,
        call_by=day - timedelta(days=14), documents_by=day - timedelta(days=7), called_on=day - timedelta(days=20),
        status=Meeting.Status.CALLED,
    )  # fmt: skip
    AgendaItem.objects.create(meeting=made, case=case, round=case.rounds)
    return made


def end(one: Meeting, status: str) -> None:
    """The meeting was held or called off; its cases may come before another."""
    Meeting.objects.filter(pk=one.pk).update(status=status)
    one.agenda.update(live=False)


def met(place: Body, case: Case, *, body_: Any = None) -> Case:
    """The case after a meeting about it."""
    one = meeting(place, case, body_=body_)
    case = cases.mark_called(actor=place.manager, case=case, meeting=one)
    end(one, Meeting.Status.HELD)
    return cases.mark_held(actor=place.manager, case=case, meeting=one)


def minuted(case: Case, kind: str = "referat", status: str = "approved") -> Minutes:
    item = case.agenda_items.filter(round=case.rounds).latest("pk")
    today = timezone.localdate()
    return Minutes.objects.create(
        meeting=item.meeting, case=case, kind=kind, text="Vi snakket om det.", due_on=today, status=status,
        sent_on=today, approved_on=today if status == "approved" else None,
    )  # fmt: skip


def agreed_positions(place: Body, case: Case) -> None:
    for person, party in place.signers:
        positions.take_position(actor=person, case=case, party=party, stance="for", text="Ja.")


def case_in(place: Body, status: str, *, by: User | None = None, **values: Any) -> Case:
    """A case in the state, by the shortest way."""
    if status == "raised":
        return raised(place, by=by, **values)
    if status == "withdrawn":
        case = raised(place, by=by, **values)
        return cases.withdraw(
            actor=by or place.representative, case=case, version=case.version, reason="Løst."
        )
    case = classified(place, "negotiation" if status == "disagreed" else "discussion", **values)
    if status == "classified":
        return case
    if status == "called":
        return cases.mark_called(actor=place.manager, case=case, meeting=meeting(place, case))
    case = met(place, case)
    if status == "held":
        return case
    if status == "disagreed":
        return cases.disagree(
            actor=place.representative, case=case, version=case.version, reason="Vi er uenige."
        )
    if status == "agreed":
        agreed_positions(place, case)
        case.refresh_from_db()
        return cases.agree(actor=place.manager, case=case, version=case.version, agreed="Vi slutter.")
    case = cases.decide(
        actor=place.manager,
        case=case,
        version=case.version,
        decision="Vi slutter.",
        reason="Det står i journalen.",
    )
    if status == "decided":
        return case
    minuted(case)
    return cases.close(actor=place.manager, case=case, version=case.version)


def person_of_unit(place: Body, unit: Unit, role: str = Role.MANAGER) -> User:
    from tillitsrom.people.tests.factories import UserFactory

    person = UserFactory.create()
    Membership.objects.create(user=person, organisation=place.organisation, unit=unit, role=role)
    return person
