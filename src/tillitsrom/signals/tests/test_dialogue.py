"""Requests for dialogue: owner and day at once, every cell of who × state × step, what is late, and the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import person_with
from tillitsrom.signals import rules_dialogue as rules
from tillitsrom.signals.actions import dialogue as actions
from tillitsrom.signals.lifecycle_dialogue import DIALOGUE
from tillitsrom.signals.models import DialogueRequest

from .factories import Workplace, workplace
from .test_at_once import at_once, needs_two_connections

pytestmark = pytest.mark.django_db
TO, FROM = DialogueRequest.Direction.TO_MANAGEMENT, DialogueRequest.Direction.FROM_MANAGEMENT
MAY = {
    "asked": {"owner": {"propose", "decline"}}, "agreed": {"owner": {"hold"}, "asker": {"hold"}},
    "proposed": {"owner": {"propose", "decline"}, "asker": {"agree"}}, "held": {}, "declined": {},
}  # fmt: skip


def asked(place: Workplace, status: str = "asked") -> DialogueRequest:
    asking = actions.Asking(place.organisation, place.unit, TO, "Bemanningen på natt", "Tirsdag etter 14")
    row = actions.ask(actor=place.employee, asking=asking)
    DialogueRequest.objects.filter(pk=row.pk).update(
        status=status, proposed_time="Tirsdag 14", outcome="Vi prøver", decline_reason="Ferie"
    )
    row.refresh_from_db()
    return row


def test_it_has_an_owner_and_a_promised_day_at_once_and_is_led_to_what_came_of_it():
    place = workplace()
    row = asked(place)
    assert (row.owner, row.promised_on) == (place.manager, timezone.localdate() + timedelta(days=7))
    assert Notice.objects.get(kind="dialogue.ask").recipient == place.manager
    for person, action, text in (
        (place.manager, "propose", "Tirsdag 3. desember kl. 14"), (place.employee, "agree", ""),
        (place.manager, "hold", "Vi prøver en ny turnus i januar"),
    ):  # fmt: skip
        row = actions.advance(actor=person, dialogue=row, version=row.version, action=action, text=text)
    assert (row.status, row.outcome) == ("held", "Vi prøver en ny turnus i januar")
    assert Notice.objects.get(kind="dialogue.hold").recipient == place.employee


@pytest.mark.parametrize("action", ["propose", "agree", "hold", "decline"])
@pytest.mark.parametrize("status", sorted(MAY))
@pytest.mark.parametrize("who", ["asker", "owner", *Role.values])
def test_every_step(who, status, action):
    place = workplace()
    row = asked(place, status)
    people = {"asker": place.employee, "owner": place.manager}
    actor = people.get(who) or person_with(who, place.organisation)
    possible = any(action in steps for steps in MAY[status].values())
    may = action in MAY[status].get(who, set())
    assert rules.visible_to(actor).filter(pk=row.pk).exists() == (who in people)
    assert not rules.visible_to(AnonymousUser()).exists()
    for step in DIALOGUE.transitions:
        if (step.source, step.action) == (status, action):
            assert bool(step.rule(actor, row)) == may
            assert not step.rule(AnonymousUser(), row)
    known: dict[str, Any] = {
        "actor": actor,
        "dialogue": row,
        "version": row.version,
        "action": action,
        "text": "Ord",
    }
    if may:
        assert actions.advance(**known).version == row.version + 1
        return
    with pytest.raises(Refused if possible else WrongState):
        actions.advance(**known)


@pytest.mark.parametrize("direction", [TO, FROM])
@pytest.mark.parametrize("role", Role.values)
def test_who_may_ask(role, direction):
    place = workplace()
    invited = person_with(Role.UNION_REPRESENTATIVE, place.organisation)
    actor = person_with(role, place.organisation)
    may = role == "manager" if direction == FROM else role not in ("elected", "system_administrator")
    asking = actions.Asking(place.organisation, None, direction, "Noe", "Når som helst", invited)
    if may:
        made = actions.ask(actor=actor, asking=asking)
        assert made.owner == (invited if direction == FROM else place.top)
    else:
        with pytest.raises(Refused):
            actions.ask(actor=actor, asking=asking)


def test_management_invites_a_representative_and_nobody_else():
    place = workplace()
    asking = actions.Asking(place.organisation, None, FROM, "Noe", "Når som helst", place.employee)
    with pytest.raises(ValidationError):
        actions.ask(actor=place.top, asking=asking)


def test_what_is_late_goes_to_the_next_level_once():
    place = workplace()
    row = asked(place)
    late = row.promised_on + timedelta(days=1)
    assert [actions.lift_late_dialogues(row.promised_on), actions.lift_late_dialogues(late)] == [0, 1]
    assert actions.lift_late_dialogues(late) == 0
    row.refresh_from_db()
    assert row.owner == place.middle


def test_words_that_are_needed_and_the_version():
    place = workplace()
    row = asked(place)
    known: dict[str, Any] = {"actor": place.manager, "dialogue": row}
    with pytest.raises(ValidationError):
        actions.advance(**known, version=row.version, action="decline", text=" ")
    with pytest.raises(Conflict):
        actions.advance(**known, version=9, action="decline", text="Ferie")


def test_the_pages(client):
    place = workplace()
    client.force_login(place.employee)
    url = reverse("signals:dialogue_ask")
    assert client.get(url).status_code == 200
    posted = {"organisation": place.organisation.pk, "purpose": "Natten", "preferred_times": "Tirsdag"}
    assert client.post(url, {**posted, "purpose": ""}).status_code == 422
    answer = client.post(url, posted)
    row = DialogueRequest.objects.get()
    assert answer.url == reverse("signals:dialogue", args=[row.pk])
    assert "Natten" in client.get(reverse("signals:dialogues")).content.decode()
    client.force_login(place.colleague)
    assert client.get(answer.url).status_code == 404
    client.force_login(place.manager)
    assert "Natten" in client.get("/").content.decode()
    step = reverse("signals:dialogue_advance", args=[row.pk, "propose"])
    stopped = client.post(step, {"version": 9, "text": "Klokka fire"})
    assert stopped.status_code == 409
    assert 'value="Klokka fire"' in stopped.content.decode()
    assert client.post(step, {"version": 1, "text": ""}).status_code == 422
    assert client.post(step, {"version": 1, "text": "Tirsdag 14"}).status_code == 302
    assert "Tirsdag 14" in client.get(answer.url).content.decode()
    # The step is gone, and what was typed for it is shown so that it can be kept.
    no = reverse("signals:dialogue_advance", args=[row.pk, "decline"])
    assert client.post(no, {"version": 2, "text": "Ferie"}).status_code == 302
    gone = client.post(step, {"version": 2, "text": "Onsdag heller"})
    assert (gone.status_code, "Onsdag heller" in gone.content.decode()) == (409, True)


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_two_steps_at_once_and_one_stands():
    place = workplace()
    row = asked(place)
    known: dict[str, Any] = {"actor": place.manager, "dialogue": row, "version": row.version, "text": "Ord"}
    answers = at_once(
        lambda: actions.advance(**known, action="propose"), lambda: actions.advance(**known, action="decline")
    )
    assert sum(isinstance(one, DialogueRequest) for one in answers) == 1
    assert sum(isinstance(one, Conflict | WrongState) for one in answers) == 1
