"""Sending: an owner and a date from the first minute, twice is once, and a confidential row that names nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tillitsrom.core.decisions import Refused
from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, UserFactory, person_with
from tillitsrom.signals import codes, lanes, queries, rules
from tillitsrom.signals.actions import me_too, not_me_too, send_confidentially, send_open
from tillitsrom.signals.models import MeToo, Signal, SignalStem, week_of

from .factories import report, sent, sent_confidentially, workplace

pytestmark = pytest.mark.django_db


def test_a_signal_has_the_nearest_manager_and_a_date_from_the_first_minute():
    place = workplace()
    signal = sent(place)
    assert signal.owner == place.manager
    assert signal.promised_on == timezone.localdate() + timedelta(days=7)
    assert signal.kind == "documentation"
    assert (signal.hours_low, signal.hours_high) == (5 * 3 * 220 / 60, 15 * 3 * 220 / 60)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (place.manager, "signal.received")


@pytest.mark.parametrize(("gone", "next_one"), [("manager", "middle"), ("middle", "top")])
def test_the_way_up_is_followed_when_nobody_leads(gone, next_one):
    place = workplace()
    place.manager.memberships.all().delete()
    getattr(place, gone).memberships.all().delete()
    assert sent(place).owner == getattr(place, next_one)


def test_where_nobody_leads_others_answer_and_where_nobody_is_it_is_refused():
    organisation = OrganisationFactory.create()
    employee = person_with(Role.EMPLOYEE, organisation)
    place = workplace()
    with pytest.raises(Refused, match="Nobody answers"):
        send_open(actor=employee, report=report(place, organisation=organisation, unit=None))
    coordinator = person_with(Role.COORDINATOR, organisation)
    signal = send_open(actor=employee, report=report(place, organisation=organisation, unit=None)).signal
    assert signal.owner == coordinator


def test_the_same_key_twice_is_one_signal():
    place = workplace()
    key = codes.new_key()
    first = send_open(actor=place.employee, report=report(place), key=key)
    again = send_open(actor=place.employee, report=report(place), key=key)
    assert first.signal == again.signal
    secret = codes.new_key()
    one = send_confidentially(report=report(place), key=secret)
    other = send_confidentially(report=report(place), key=secret)
    assert (one.signal, one.code) == (other.signal, other.code)
    assert Signal.objects.count() == 2
    assert Event.objects.filter(kind="signal.sent").count() == 1


def test_a_key_that_is_not_ours_is_refused():
    with pytest.raises(ValidationError):
        send_confidentially(report=report(workplace()), key="my-own-key")


def test_a_unit_of_another_body_is_refused():
    place = workplace()
    with pytest.raises(ValidationError) as refusal:
        sent(place, unit=workplace().unit)
    assert "unit" in refusal.value.error_dict


def test_only_those_who_work_there_send_openly():
    place = workplace()
    for stranger in (UserFactory.create(), person_with(Role.SYSTEM_ADMINISTRATOR, place.organisation)):
        with pytest.raises(Refused, match="where you work"):
            sent(place, stranger)


def test_a_confidential_signal_leaves_nothing_but_its_row():
    place = workplace()
    found = sent_confidentially(place)
    row = Signal.objects.get(pk=found.signal.pk)
    today = timezone.localdate()
    assert (row.sender, row.sent_at, row.sent_key) == (None, None, "")
    assert row.week == week_of(today)
    assert row.opens_on == week_of(today) + timedelta(days=7)
    assert row.promised_on == lanes.promised("", row.opens_on)
    # An owner at the unit would tell which unit it was.
    assert row.owner == place.top
    assert not Event.objects.exists()
    assert not Notice.objects.exists()
    assert not SignalStem.objects.exists()
    assert found.code.replace("-", "") not in str(Signal.objects.values().get())


def test_the_code_finds_the_signal_whatever_its_spelling_and_nothing_else_does():
    found = sent_confidentially(workplace())
    assert queries.by_code(found.code) == found.signal
    assert queries.by_code(found.code.lower().replace("-", " ")) == found.signal
    assert queries.by_code(found.code[:-1] + ("2" if found.code[-1] != "2" else "3")) is None
    assert queries.by_code(" ") is None


@pytest.mark.parametrize(
    "change",
    [
        {"sent_at": datetime(2026, 11, 28, tzinfo=UTC)},
        {"code_digest": ""},
        {"sent_key": "x"},
        {"status": "answered"},
        {"lane": "x"},
    ],
    ids=str,
)
def test_the_database_itself_keeps_the_promise(change):
    signal = sent_confidentially(workplace()).signal
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(**change)


def test_the_database_refuses_a_name_on_a_confidential_signal():
    place = workplace()
    signal = sent_confidentially(place).signal
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(sender=place.employee)


def test_the_weeks_confidential_rows_are_kept_in_no_order():
    """Twelve in a row: the chance that a random order is the order they came in is one in 479 million."""
    place = workplace()
    came = [sent_confidentially(place, what=f"{number} skjema om medisin").signal.pk for number in range(12)]
    hidden = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM signals_signal ORDER BY {hidden}")  # noqa: S608  # two names of ours
        stored = [row[0] for row in cursor.fetchall()]
    assert sorted(stored) == sorted(came)
    assert stored not in (came, came[::-1])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM signals_signal")
            assert cursor.fetchone() == (1,)


def test_me_too_counts_once_and_can_be_taken_back():
    place = workplace()
    signal = sent(place)
    assert me_too(actor=place.colleague, signal=signal)
    assert not me_too(actor=place.colleague, signal=signal)
    signal.refresh_from_db()
    assert signal.me_too_count == MeToo.objects.count() == 1
    assert rules.visible_to(place.colleague).get() == signal
    not_me_too(actor=place.colleague, signal=signal)
    not_me_too(actor=place.colleague, signal=signal)
    signal.refresh_from_db()
    assert signal.me_too_count == 0


def test_me_too_is_refused_with_a_reason():
    place = workplace()
    signal = sent(place)
    secret = sent_confidentially(place).signal
    for person, which, why in (
        (place.employee, signal, "yourself"),
        (workplace().employee, signal, "same organisation"),
        (place.colleague, secret, "not shown to colleagues"),
    ):
        with pytest.raises(Refused, match=why):
            me_too(actor=person, signal=which)


def test_a_week_begins_on_monday():
    assert week_of(date(2026, 11, 28)) == week_of(date(2026, 11, 23)) == date(2026, 11, 23)
    assert date(2026, 11, 23).weekday() == 0
