"""The life of a local agreement: nothing is lost when two act at once, and what was signed is what was read."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Level as BodyLevel
from tillitsrom.people.tests.factories import UnitFactory
from tillitsrom.rulesets import actions, queries
from tillitsrom.rulesets.models import AgreementLevel, LocalAgreement
from tillitsrom.rulesets.periods import first_day_after, months_later

from .factories import TODAY, agreement, body, draft

pytestmark = pytest.mark.django_db


def kinds(row):
    return [one.kind.removeprefix("agreement.") for one in events.history(row)]


def test_from_negotiation_to_force_to_the_next():
    where = body()
    row = agreement(where)
    for person, party in where.signers[:2]:
        row = actions.sign(actor=person, agreement=row, version=row.version, party=party)
        assert row.status == "negotiating"
    row = actions.sign(actor=where.other, agreement=row, version=row.version, party=where.second)
    assert row.status == "in_force"
    assert kinds(row) == ["begin", "sign", "sign", "sign", "complete", "take_effect"]
    assert row.evaluate_on == months_later(TODAY(), 12)
    now = queries.in_force(where.organisation, TODAY())
    assert (now.local, now.notice_days, now.document_days, now.minutes_days) == (row, 10, 5, 7)
    assert now.agreed_locally
    assert now.days_note == ""


def test_without_a_local_agreement_the_days_are_said_not_to_be_agreed():
    where = body()
    now = queries.in_force(where.organisation, TODAY())
    assert now.local is None
    assert not now.agreed_locally
    assert now.days_note
    assert (now.notice_days, now.document_days, now.minutes_days) == (14, 7, 10)


@pytest.mark.parametrize(
    ("level", "code"),
    [("ministry", "state"), ("agency", "state"), ("state_governor", "state"), ("municipality", "ks"),
     ("county", "ks"), ("health_trust", "spekter"), ("other", "law")],
)  # fmt: skip
def test_the_area_is_guessed_from_the_kind_of_body_until_somebody_says(level, code):
    where = body(level=BodyLevel(level))
    found = queries.area_of(where.organisation, TODAY())
    assert (found.rule_set.code, found.chosen) == (code, False)
    actions.choose_area(actor=where.manager, organisation=where.organisation, code="oslo", since=TODAY())
    assert queries.area_of(where.organisation, TODAY()).rule_set.code == "oslo"
    assert queries.area_of(where.organisation, TODAY() - timedelta(days=1)).rule_set.code == code


def test_changing_the_text_takes_the_signatures_and_tells_those_who_had_signed():
    where = body()
    row = agreement(where)
    row = actions.sign(actor=where.representative, agreement=row, version=row.version, party=where.union)
    row = actions.edit(
        actor=where.manager, agreement=row, version=row.version, draft=draft(where, notice_days=30)
    )
    assert not row.parties.filter(signed_on__isnull=False).exists()
    assert kinds(row)[-2:] == ["edit", "signatures_fell"]
    assert Notice.objects.filter(recipient=where.representative, kind="agreement.changed").count() == 1


def test_one_signs_only_what_one_has_read():
    where = body()
    row = agreement(where)
    read = row.version
    actions.edit(actor=where.manager, agreement=row, version=read, draft=draft(where, notice_days=30))
    with pytest.raises(Conflict):
        actions.sign(actor=where.representative, agreement=row, version=read, party=where.union)
    assert not row.parties.filter(signed_on__isnull=False).exists()


def test_two_who_sign_from_the_same_page_both_succeed():
    where = body()
    row = agreement(where)
    for person, party in where.signers:
        actions.sign(actor=person, agreement=row, version=1, party=party)
    row.refresh_from_db()
    assert row.status == "in_force"
    assert row.parties.filter(signed_on__isnull=False).count() == 3


def test_nobody_signs_twice():
    where = body()
    row = agreement(where)
    actions.sign(actor=where.manager, agreement=row, version=1, party=where.employer)
    with pytest.raises(Refused):
        actions.sign(actor=where.manager, agreement=row, version=1, party=where.employer)


def test_two_who_write_at_once_do_not_overwrite_each_other():
    where = body()
    row = agreement(where)
    actions.edit(actor=where.manager, agreement=row, version=1, draft=draft(where, title="Min"))
    with pytest.raises(Conflict):
        actions.edit(actor=where.representative, agreement=row, version=1, draft=draft(where, title="Hennar"))
    row.refresh_from_db()
    assert row.title == "Min"


def test_the_new_one_replaces_the_old_on_its_first_day():
    where = body()
    old = agreement(where, "in_force")
    new = actions.renegotiate(actor=where.representative, agreement=old, version=old.version)
    assert [point.what for point in new.wheel.all()] == ["Deltid", "Budsjett"]
    later = TODAY() + timedelta(days=10)
    new = actions.edit(
        actor=where.manager, agreement=new, version=new.version, draft=draft(where, valid_from=later)
    )
    for person, party in where.signers:
        new = actions.sign(actor=person, agreement=new, version=new.version, party=party)
    old.refresh_from_db()
    assert (old.status, new.status) == ("in_force", "signed")
    assert actions.follow_the_calendar(today=later - timedelta(days=1)) == 0
    assert actions.follow_the_calendar(today=later) == 1
    assert actions.follow_the_calendar(today=later) == 0
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status) == ("replaced", "in_force")
    assert old.valid_to == later - timedelta(days=1)


def test_a_second_negotiation_at_once_is_refused():
    where = body()
    agreement(where)
    with pytest.raises(WrongState):
        actions.begin(actor=where.representative, organisation=where.organisation, draft=draft(where))


def test_the_state_agreement_expires_with_the_basic_agreement():
    """Hovedavtalen i staten § 12."""
    where = body(level=BodyLevel.AGENCY)
    row = agreement(where, rule_set="state", valid_from=date(2026, 1, 1))
    assert row.valid_to == date(2026, 12, 31)


def test_past_its_last_day_it_ends_by_itself_and_the_parties_are_told():
    where = body()
    row = agreement(where, "in_force", valid_to=TODAY() + timedelta(days=20))
    assert actions.follow_the_calendar(today=TODAY()) == 0
    told = Notice.objects.filter(kind="agreement.expires").values_list("recipient", flat=True)
    assert set(told) == {where.manager.pk, where.representative.pk, where.other.pk}
    actions.follow_the_calendar(today=TODAY())
    assert Notice.objects.filter(kind="agreement.expires").count() == 3
    assert actions.follow_the_calendar(today=TODAY() + timedelta(days=21)) == 1
    row.refresh_from_db()
    assert row.status == "terminated"
    assert not queries.in_force(where.organisation, TODAY() + timedelta(days=21)).agreed_locally
    assert Notice.objects.filter(kind="agreement.expired").count() == 3


def test_the_evaluation_is_asked_for_once_and_sets_the_next():
    where = body()
    row = agreement(where, "in_force", valid_from=TODAY() - timedelta(days=400))
    actions.follow_the_calendar(today=TODAY())
    actions.follow_the_calendar(today=TODAY())
    assert Notice.objects.filter(kind="agreement.to_evaluate").count() == 3
    row = actions.evaluate(
        actor=where.representative, agreement=row, version=row.version, reason="Det virker."
    )
    assert (row.status, row.evaluate_on) == ("evaluated", months_later(TODAY(), 12))


@pytest.mark.parametrize("act", [actions.evaluate, actions.terminate])
def test_words_are_needed(act):
    where = body()
    row = agreement(where, "in_force")
    with pytest.raises(ValidationError):
        act(actor=where.manager, agreement=row, version=row.version, reason="  ")


@pytest.mark.parametrize(
    ("values", "field"),
    [({"document_days": 20}, None), ({"valid_to": date(2001, 1, 1)}, None), ({"notice_days": 500}, "notice_days"),
     ({"evaluation_months": 0}, "evaluation_months"), ({"rule_set": "moon"}, "rule_set"), ({"title": ""}, "title")],
)  # fmt: skip
def test_what_cannot_be_agreed_is_refused(values: dict[str, Any], field: str | None):
    where = body()
    with pytest.raises(ValidationError) as refusal:
        agreement(where, **values)
    assert field is None or field in refusal.value.message_dict
    assert not LocalAgreement.objects.exists()


def test_an_agreement_has_two_sides():
    where = body()
    alone = actions.Draft(values=draft(where).values, parties=(where.union, where.second))
    with pytest.raises(ValidationError):
        actions.begin(actor=where.manager, organisation=where.organisation, draft=alone)


def test_parties_and_units_of_another_organisation_are_refused():
    where, elsewhere = body(), body()
    strange = actions.Draft(values=draft(where).values, parties=(where.employer, elsewhere.union))
    with pytest.raises(ValidationError):
        actions.begin(actor=where.manager, organisation=where.organisation, draft=strange)
    unit = actions.Level(AgreementLevel.Kind.WORK_AREA, UnitFactory.create())
    with pytest.raises(ValidationError):
        actions.begin(
            actor=where.manager,
            organisation=where.organisation,
            draft=actions.Draft(values=draft(where).values, parties=where.parties, levels=(unit,)),
        )


def test_the_database_holds_only_one_in_force():
    where = body()
    row = agreement(where, "in_force")
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalAgreement.objects.create(
            organisation=row.organisation, rule_set="ks", title="To", valid_from=TODAY(), notice_days=1,
            document_days=1, minutes_days=1, evaluation_months=1, status="evaluated",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [(date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 1, 31), 1, date(2024, 2, 29)),
     (date(2026, 10, 1), 3, date(2027, 1, 1)), (date(2026, 12, 15), 24, date(2028, 12, 15))],
)  # fmt: skip
def test_months_later(day, months, later):
    assert months_later(day, months) == later


def test_the_day_after_the_last_one_is_never_before_today():
    today = date(2026, 11, 28)
    assert first_day_after(None, today) == today
    assert first_day_after(date(2026, 12, 31), today) == date(2027, 1, 1)
    assert first_day_after(date(2020, 12, 31), today) == today
