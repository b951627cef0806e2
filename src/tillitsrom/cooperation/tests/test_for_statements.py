"""A problem statement is noted as lying in a case: by its number, and only where the one who notes it sees the case."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tillitsrom.cooperation.actions import cases
from tillitsrom.cooperation.for_statements import KIND, find
from tillitsrom.people.models import Party
from tillitsrom.signals.actions import statements
from tillitsrom.signals.cases import keeps_cases, with_key
from tillitsrom.signals.tests.call_story import delivered, story

from .factories import body, raised

pytestmark = pytest.mark.django_db


def test_a_statement_lies_in_a_case_of_the_workplace(client):
    place = body()
    case = raised(place)
    tale = story()
    call, rows = delivered(tale)
    given: dict[str, Any] = {"actor": tale.asker, "statement": rows[0], "version": rows[0].version}
    # A case of a workplace that has nothing to do with it.
    with pytest.raises(ValidationError):
        statements.in_case(**given, case_number=case.number)
    type(case).objects.filter(pk=case.pk).update(organisation=tale.place.organisation)
    row = statements.in_case(**given, case_number=f" {case.number} ")
    assert (row.case_key, row.status) == (case.pk, "taken_up")
    client.force_login(tale.asker)
    assert (
        reverse("cooperation:case", args=[case.pk])
        in client.get(reverse("signals:call", args=[call.pk])).content.decode()
    )
    assert with_key(tale.asker, None) is None
    assert with_key(tale.asker, 10**9) is None


def test_a_case_that_is_raised_from_a_statement_is_noted_there(client):
    tale = story()
    call, rows = delivered(tale)
    Party.objects.create(organisation=tale.place.organisation, side=Party.Side.EMPLOYER, name="Ledelsen")
    about = f"signals.statement:{rows[0].pk}"
    url = reverse("cooperation:raise") + f"?om={about}&virksomhet={tale.place.organisation.pk}"
    client.force_login(tale.asker)
    assert rows[0].problem in client.get(url).content.decode()
    draft = cases.Draft(
        organisation=tale.place.organisation, unit=tale.place.unit, values={"question": "Skal vi slutte?"},
        about_type=KIND, about_id=rows[0].pk,
    )  # fmt: skip
    case = cases.raise_case(actor=tale.asker, draft=draft)
    rows[0].refresh_from_db()
    assert (rows[0].status, rows[0].case_number) == ("taken_up", case.number)
    assert find(tale.owner, rows[0].pk)
    # Who speaks for neither party sees nothing of it, and raising a case about it notes nothing.
    assert find(tale.other, rows[1].pk) is None
    cases.raise_case(actor=tale.other, draft=replace(draft, unit=None, about_id=rows[1].pk))
    rows[1].refresh_from_db()
    assert (rows[1].status, rows[1].call_id) == ("received", call.pk)


def test_there_is_one_keeper_of_cases():
    with pytest.raises(ValueError, match="already"):
        keeps_cases(lambda *_of: None, lambda *_of: None)
