"""The life of a control measure, its guards, the list of unjustified ones, the clock and the sums."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from tillitsrom.controls import ban, house, queries
from tillitsrom.controls.actions import clockwork, evaluations, measures
from tillitsrom.controls.models import KIND, ControlMeasure, Evaluation
from tillitsrom.cooperation import about
from tillitsrom.cooperation.models import Case
from tillitsrom.cooperation.tests import factories as cooperation
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused
from tillitsrom.notices.models import Notice
from tillitsrom.people.tests.factories import UnitFactory

from .factories import AHEAD, TODAY, in_state, place, registered, stepped

pytestmark = pytest.mark.django_db
LATER = TODAY() + AHEAD


def say(actor, row, result, day=LATER):
    row.refresh_from_db()
    given = evaluations.Given("Fordi det er slik", result, day)
    return evaluations.say(actor=actor, measure=row, version=row.version, given=given)


def test_from_proposal_to_use_and_on():
    where = place()
    row = registered(where)
    row = stepped(where.representative, row, "discuss", on=TODAY())
    row = stepped(where.manager, row, "inform", on=TODAY(), how="På personalmøtet")
    row = stepped(where.manager, row, "activate", starts_on=TODAY(), next_evaluation=LATER)
    assert (row.status, row.unjustified, row.runs) == ("active", False, True)
    assert say(where.manager, row, "change").status == "active"
    row = say(where.delegate, row, "change")
    assert (row.status, row.round) == ("changed", 2)
    row = stepped(where.manager, row, "inform_again", on=TODAY(), how="På personalmøtet")
    assert row.status == "active"
    say(where.representative, row, "end", None)
    row = say(where.manager, row, "end", None)
    assert (row.status, row.ended_on) == ("ended", TODAY())
    kinds = [one.kind for one in events.history(row)]
    assert kinds == [
        "control.registered", "control.discuss", "control.inform", "control.activate", "control.say", "control.say",
        "control.change", "control.inform_again", "control.say", "control.say", "control.end",
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["purpose", "basis", "assumed_end"])
def test_it_does_not_start_while_something_is_missing(gap):
    where = place()
    row = in_state(where, "informed", **{gap: None if gap == "assumed_end" else ""})
    with pytest.raises(Refused):
        stepped(where.manager, row, "activate", starts_on=TODAY(), next_evaluation=LATER)


def test_the_database_itself_refuses_use_without_discussion_or_information():
    row = registered(place())
    for facts in (
        {"status": "active"}, {"status": "discussed"}, {"status": "ended"},
        {"status": "active", "discussed_on": TODAY()},
        {"openness": "exempt"}, {"discussed_on": TODAY(), "informed_on": TODAY() - timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            ControlMeasure.objects.filter(pk=row.pk).update(**facts)


def test_what_the_law_requires_is_never_ended_here():
    where = place()
    row = in_state(where, "due", legally_required=True)
    with pytest.raises(Refused, match="required by law"):
        say(where.manager, row, "end", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ControlMeasure.objects.filter(pk=row.pk).update(status="ended", ended_on=TODAY(), ended_reason="x")


@pytest.mark.parametrize(
    ("action", "given", "field"),
    [
        ("discuss", {"on": TODAY() + timedelta(days=1)}, "on"),
        ("discuss", {}, "on"),
        ("inform", {"on": TODAY() - timedelta(days=20), "how": "x"}, "on"),
        ("inform", {"on": TODAY(), "how": " "}, "how"),
        ("activate", {"starts_on": TODAY() - timedelta(days=20), "next_evaluation": LATER}, "starts_on"),
        ("activate", {"starts_on": TODAY(), "next_evaluation": TODAY()}, "next_evaluation"),
        (
            "activate",
            {"starts_on": TODAY(), "next_evaluation": TODAY() + timedelta(days=5000)},
            "next_evaluation",
        ),
    ],
)
def test_days_come_in_their_order(action, given, field):
    where = place()
    row = in_state(where, {"discuss": "proposed", "inform": "discussed", "activate": "informed"}[action])
    with pytest.raises(ValidationError) as wrong:
        stepped(where.manager, row, action, **given)
    assert field in wrong.value.error_dict


def test_a_case_about_it_is_met_about_before_the_discussion_is_noted():
    where = place()
    row = registered(where)
    found = about.find(where.manager, KIND, row.pk)
    assert found is not None
    assert (found.label, found.url, found.origin) == (row.title, row.get_absolute_url(), "control")
    other = cooperation.body()
    case = cooperation.raised(other)
    Case.objects.filter(pk=case.pk).update(about_type=KIND, about_id=row.pk)
    with pytest.raises(Refused, match="not met"):
        stepped(where.manager, row, "discuss", on=TODAY())
    held = cooperation.case_in(other, "held")
    Case.objects.filter(pk=case.pk).update(about_type="", about_id=None)
    Case.objects.filter(pk=held.pk).update(about_type=KIND, about_id=row.pk)
    assert stepped(where.manager, row, "discuss", on=TODAY()).case == held


def test_what_is_in_use_and_was_never_discussed_is_on_the_list():
    where = place()
    fine = in_state(where, "active")
    proposal = registered(where, purpose="")
    old = registered(where, purpose="", in_use=True, starts_on=TODAY() - timedelta(days=900))
    worn = in_state(
        where, "active", starts_on=TODAY() - timedelta(days=900), assumed_end=TODAY() - timedelta(days=1)
    )
    rows = ControlMeasure.objects.all()
    assert set(queries.unjustified(rows)) == {old, worn}
    assert {one.pk for one in rows if one.unjustified} == {old.pk, worn.pk}
    assert old.missing == ("purpose", "discussed_on")
    assert proposal.missing
    assert not proposal.unjustified
    assert not fine.missing


def test_in_use_says_since_when():
    with pytest.raises(ValidationError, match="since when"):
        registered(place(), in_use=True, starts_on=None)


def test_the_clock_lets_it_fall_due_once_and_tells_both_parties():
    where = place()
    row = in_state(where, "active")
    day = row.next_evaluation
    assert day is not None
    Notice.objects.all().delete()
    assert [
        clockwork.fall_due(day - timedelta(days=1)),
        clockwork.fall_due(day),
        clockwork.fall_due(day),
    ] == [0, 1, 0]
    assert set(Notice.objects.values_list("recipient", flat=True)) == {
        where.manager.pk, where.representative.pk, where.delegate.pk,
    }  # fmt: skip
    late = day + timedelta(days=house.rules().overdue_days + 1)
    assert [clockwork.tell_overdue(day), clockwork.tell_overdue(late), clockwork.tell_overdue(late)] == [
        0,
        1,
        0,
    ]
    assert Notice.objects.filter(kind="control.overdue").count() == 3
    row.refresh_from_db()
    assert (row.status, row.overdue(late)) == ("due", True)
    assert row in queries.waits_for(where.representative)


def test_the_sum_for_each_unit():
    where = place()
    other = UnitFactory.create(organisation=where.body)
    in_state(where, "active")
    in_state(where, "due", legally_required=True, imposed_by="ministry", minutes_a_week=None)
    in_state(where, "ended")
    registered(where)
    ControlMeasure.objects.filter(pk=in_state(where, "kept", minutes_a_week=5).pk).update(unit=other)
    late = TODAY() + timedelta(days=101)
    rows = {one.unit: one for one in queries.load(queries.with_parts(ControlMeasure.objects.all()), late)}
    one = rows[where.unit]
    assert (one.active, one.minutes, one.unknown_minutes, one.by_law, one.overdue) == (2, 70, 1, 1, 2)
    assert one.levels == {"municipality": 1, "ministry": 1}
    assert (rows[other].active, rows[other].minutes) == (1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "employee_id\ncases_per_day, employee_id", "Antall saker per ansatt", "responstid for hver ansatt", "keystrokes",
        "Tastetrykk", "Rangering av ansatte", "CasesPerDay og EmployeeId", "kvalitetsscore pr. saksbehandler",
        "Antal besøk per tilsett", "Navngitt oversikt over tidsbruk",
    ],
)  # fmt: skip
def test_a_measure_of_a_person_is_refused(text):
    assert ban.measures_a_person(text)
    with pytest.raises(ValidationError, match="single persons"):
        registered(place(), data_collected=text)


@pytest.mark.parametrize(
    "text", ["Temperatur", "Antall saker i avdelingen", "Signatur av den som har vakt", "Ansattnummer"]
)
def test_what_measures_no_person_is_not_refused(text):
    assert ban.measures_a_person(text) is None


def test_the_tables_themselves_measure_no_person():
    """No table of the slice joins a person to a number; no field has a name that measures a person (R1)."""
    counts = (models.IntegerField, models.FloatField, models.DecimalField)
    for model in (ControlMeasure, Evaluation):
        names = [field.name for field in model._meta.get_fields()]
        assert ban.measures_a_person(" ".join(names)) is None
    people = {
        f.name for f in Evaluation._meta.get_fields() if getattr(f.related_model, "__name__", "") == "User"
    }
    numbers = {f.name for f in Evaluation._meta.get_fields() if isinstance(f, counts) and not f.primary_key}
    assert (people, numbers) == ({"by"}, {"round"})


def test_who_read_it_before_the_other_changed_it_is_told():
    where = place()
    row = registered(where)
    stepped(where.manager, row, "discuss", on=TODAY())
    with pytest.raises(Conflict):
        measures.advance(
            actor=where.manager, measure=row, version=1, action="drop", given=measures.Given(reason="x")
        )


def test_an_erased_person_leaves_no_name():
    where = place()
    row = in_state(where, "due")
    say(where.representative, row, "keep")
    for eraser in events.ERASERS:
        if eraser.__module__.startswith("tillitsrom.controls"):
            eraser(where.representative)
            eraser(where.manager)
    row.refresh_from_db()
    assert row.registered_by is None
    said = Evaluation.objects.get()
    assert said.by is None
    assert said.reason == "Fordi det er slik"
