"""What must have happened before a case is decided, agreed or closed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from tillitsrom.cooperation import queries, rules
from tillitsrom.cooperation.actions import cases, positions
from tillitsrom.cooperation.models import Body, Case, Involvement
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Conflict, Refused
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Level, Membership, Role
from tillitsrom.people.tests.factories import OrganisationFactory, UserFactory
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.tests.factories import body
from tillitsrom.signals.actions import join
from tillitsrom.signals.models import Signal
from tillitsrom.signals.tests.factories import sent, workplace

from .factories import agreed_positions, case_in, classified, met, minuted, raised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """The reasons are told apart by their words, which are those of the code."""
    with translation.override("en"):
        yield


def decide(where, case, text="Vi slutter."):
    return cases.decide(actor=where.manager, case=case, version=case.version, decision=text, reason="Fordi.")


def test_numbers_run_without_gaps_in_each_organisation():
    one, other = body(), body()
    numbers = [raised(where).number for where in (one, one, other, one)]
    year = timezone.localdate().year
    assert numbers == [f"{year}/1", f"{year}/2", f"{year}/1", f"{year}/3"]


def test_every_party_is_told_and_takes_part_from_the_first_day():
    where = body()
    case = raised(where)
    assert {one.party for one in case.involvements.all()} == set(where.parties)
    assert case.first_involvement_on == timezone.localdate()
    told = {one.recipient for one in Notice.objects.filter(kind="case.raised")}
    assert told == {where.manager, where.other}


def test_a_discussion_is_decided_after_its_meeting_and_never_before():
    where = body()
    case = classified(where)
    with pytest.raises(Refused, match="meet about this first"):
        decide(where, case)
    case = met(where, case)
    with pytest.raises(ValidationError):
        cases.decide(
            actor=where.manager, case=case, version=case.version, decision="Ja", reason="Fordi",
            on=timezone.localdate() + timedelta(days=1),
        )  # fmt: skip
    assert decide(where, case).status == "decided"


def test_the_decision_cannot_be_dated_before_the_meeting():
    where = body()
    case = classified(where)
    Case.objects.filter(pk=case.pk).update(raised_on=timezone.localdate() - timedelta(days=30))
    case.refresh_from_db()
    case = met(where, case)
    with pytest.raises(Refused, match="meet about this first"):
        cases.decide(
            actor=where.manager, case=case, version=case.version, decision="Ja", reason="Fordi",
            on=timezone.localdate() - timedelta(days=1),
        )  # fmt: skip


def test_a_body_in_the_development_line_can_only_recommend():
    where = body()
    forum = Body.objects.create(
        organisation=where.organisation, name="Forum", kind="free", line="development"
    )
    case = met(where, classified(where), body_=forum)
    with pytest.raises(Refused, match="only recommend"):
        decide(where, case)


def test_deciding_otherwise_than_announced_needs_a_new_meeting():
    where = body()
    case = classified(where)
    case = cases.announce(actor=where.manager, case=case, version=case.version, announced="Vi slutter.")
    case = met(where, case)
    with pytest.raises(Refused, match="not what was announced"):
        decide(where, case, "Vi fortsetter.")
    with pytest.raises(Refused, match="met about what was said"):
        cases.announce(actor=where.manager, case=case, version=case.version, announced="Vi fortsetter.")
    case = cases.discuss_again(
        actor=where.manager, case=case, version=case.version, reason="Nytt.", announced="Vi fortsetter."
    )
    assert (case.status, case.rounds) == ("classified", 2)
    with pytest.raises(Refused, match="meet about this first"):
        decide(where, case, "Vi fortsetter.")
    case = met(where, case)
    assert decide(where, case, "vi  fortsetter").status == "decided"


def test_only_the_employer_announces_anew():
    where = body()
    case = case_in(where, "held")
    with pytest.raises(Refused):
        cases.discuss_again(
            actor=where.representative, case=case, version=case.version, reason="Nytt.", announced="Annet."
        )


def test_a_contested_form_stops_the_decision_until_both_sides_have_settled_it():
    where = body()
    case = met(where, classified(where))
    case = cases.contest(
        actor=where.representative, case=case, version=case.version, reason="Det skal forhandles."
    )
    with pytest.raises(Refused, match="contested"):
        decide(where, case)
    # Information goes on, and the side that contests cannot settle it alone.
    positions.add_paper(actor=where.manager, case=case, title="Notat", text="Tekst")
    case.refresh_from_db()
    with pytest.raises(Refused):
        cases.classify(actor=where.other, case=case, version=case.version, answers={}, reason="Fordi")
    case = cases.confirm(actor=where.manager, case=case, version=case.version)
    assert case.form_open
    case = cases.confirm(actor=where.other, case=case, version=case.version)
    assert case.form_open, "the union that contested has not confirmed"
    case = cases.confirm(actor=where.representative, case=case, version=case.version)
    assert (case.form_open, case.contested_by, case.contest_reason) == (False, None, "")
    assert decide(where, case).status == "decided"


def test_a_contested_form_that_the_other_side_changes_is_treated_anew():
    where = body()
    case = met(where, classified(where))
    case = cases.contest(
        actor=where.representative, case=case, version=case.version, reason="Det skal forhandles."
    )
    with pytest.raises(ValidationError):
        cases.classify(
            actor=where.manager, case=case, version=case.version, answers={}, form="discussion", reason="x"
        )
    case = cases.classify(
        actor=where.manager,
        case=case,
        version=case.version,
        answers={},
        form="negotiation",
        reason="Dere har rett.",
    )
    assert (case.status, case.rounds, case.form_open, case.contested_by) == ("classified", 2, False, None)
    case = Case.objects.get(pk=case.pk)
    assert not rules.may_be_decided(case)


def test_a_lighter_form_is_confirmed_by_both_sides():
    where = body()
    case = raised(where)
    case = cases.classify(
        actor=where.manager,
        case=case,
        version=case.version,
        answers={},
        form="information",
        reason="Det haster.",
    )
    assert (case.form, case.form_open) == ("information", True)
    assert case.form_why["form"] == "discussion"
    Involvement.objects.update(since=timezone.localdate() - timedelta(days=3))
    with pytest.raises(Refused, match="lighter"):
        decide(where, Case.objects.get(pk=case.pk))
    assert queries.whose_move(Case.objects.get(pk=case.pk)).sides == ("employees",)
    case = cases.confirm(actor=where.other, case=case, version=case.version)
    assert not case.form_open
    assert decide(where, case).status == "decided"


@pytest.mark.parametrize("days", [1, 3])
def test_information_lies_so_many_days_before_the_decision_as_the_house_rule_says(monkeypatch, days):
    rule = replace(agreements.house(), told_before_days=days)
    monkeypatch.setattr("tillitsrom.cooperation.guards.agreements.house", lambda: rule)
    case = classified(body(), "information")
    told = case.raised_on
    early = rules.may_be_decided(case, told + timedelta(days=days - 1))
    assert not early
    assert in_figures(told + timedelta(days=days)) in str(early.reason)
    assert "house rule" in str(early.reason)
    assert rules.may_be_decided(case, told + timedelta(days=days))


def test_information_lies_a_day_before_the_decision_or_all_have_answered():
    where = body()
    case = classified(where, "information")
    with pytest.raises(Refused, match="Not all on the employees' side have answered"):
        decide(where, case)
    for person, party in where.signers[1:]:
        positions.take_position(actor=person, case=case, party=party, stance="for", text="Greit.")
    case.refresh_from_db()
    assert decide(where, case).status == "decided"


def test_negotiation_is_agreed_by_both_or_by_nobody():
    where = body()
    case = met(where, classified(where, "negotiation"))
    with pytest.raises(Refused, match="until the parties agree"):
        decide(where, case)
    with pytest.raises(Refused, match="Both sides must give"):
        cases.agree(actor=where.manager, case=case, version=case.version, agreed="Ja.")
    agreed_positions(where, case)
    positions.take_position(actor=where.other, case=case, stance="dissent", text="Nei.")
    case.refresh_from_db()
    with pytest.raises(Refused, match=where.second.name):
        cases.agree(actor=where.manager, case=case, version=case.version, agreed="Ja.")
    positions.take_position(actor=where.other, case=case, stance="conditions", text="Greit nok.")
    case.refresh_from_db()
    case = cases.agree(actor=where.manager, case=case, version=case.version, agreed="Ja.")
    assert (case.status, case.conclusion) == ("agreed", "joint")


def test_in_the_state_the_board_decides_a_failed_negotiation_and_the_conclusions_are_separate():
    where = body(level=Level.AGENCY)
    case = met(where, classified(where, "negotiation"))
    with pytest.raises(Refused, match="negotiated"):
        decide(where, case)
    positions.take_position(actor=where.representative, case=case, stance="dissent", text="Nei.")
    case.refresh_from_db()
    case = cases.disagree(actor=where.representative, case=case, version=case.version, reason="Vi er uenige.")
    with pytest.raises(Refused, match="path for disagreement"):
        cases.close(actor=where.manager, case=case, version=case.version)
    case = cases.note_path(
        actor=where.manager, case=case, version=case.version, step="mediate", on=timezone.localdate()
    )
    walked = {one.step.code: one.on for one in queries.path_walked(case, queries.life_of(case))}
    assert walked["mediate"] == walked["negotiate"] == timezone.localdate()
    assert walked["choose"] is None
    case = decide(where, case, "Nemnda har bestemt.")
    assert case.conclusion == "separate"


@pytest.mark.parametrize("status", ["drafted", "sent"])
def test_nothing_closes_before_its_minutes_are_approved(status):
    where = body()
    case = case_in(where, "decided")
    with pytest.raises(Refused, match="minutes"):
        cases.close(actor=where.manager, case=case, version=case.version)
    one = minuted(case, status=status)
    with pytest.raises(Refused, match="minutes"):
        cases.close(actor=where.manager, case=case, version=case.version)
    one.status, one.approved_on = "approved", timezone.localdate()
    one.save()
    closed = cases.close(actor=where.manager, case=case, version=case.version)
    assert (closed.status, closed.closed_on) == ("closed", timezone.localdate())


def test_minutes_of_an_earlier_round_close_nothing():
    where = body()
    case = case_in(where, "held")
    minuted(case)
    case = cases.discuss_again(actor=where.other, case=case, version=case.version, reason="Nytt.")
    case = decide(where, met(where, case))
    assert not rules.may_be_closed(case)


def test_who_has_read_an_older_page_is_told_and_overwrites_nothing():
    where = body()
    case = case_in(where, "held")
    seen = case.version
    positions.take_position(actor=where.other, case=case, stance="against", text="Nei.")
    with pytest.raises(Conflict):
        cases.decide(actor=where.manager, case=case, version=seen, decision="Ja.", reason="Fordi.")
    case.refresh_from_db()
    assert (case.status, case.decision) == ("held", "")


def test_the_newest_position_stands_and_the_earlier_are_kept():
    where = body()
    case = raised(where)
    for text in ("Først", "Så"):
        positions.take_position(actor=where.other, case=case, stance="for", text=text)
    column = next(one for one in queries.columns_of(case) if one.party == where.second)
    assert column.newest is not None
    assert (column.newest.text, [one.text for one in column.earlier]) == ("Så", ["Først"])
    assert queries.columns_of(case)[0].party == where.employer


def test_a_case_from_a_group_of_signals_takes_them_all_with_it():
    at = workplace()
    where = body()
    # The workplace of signals gets the parties of an organisation with both sides.
    organisation = at.organisation
    for party in where.parties:
        party.organisation = organisation
        party.save()
    representative = UserFactory.create()
    Membership.objects.create(
        user=representative, organisation=organisation, role=Role.UNION_REPRESENTATIVE, party=where.union
    )
    first, second = sent(at), sent(at, at.colleague)
    first = join(actor=at.manager, signal=first, version=first.version, other=second)
    first.refresh_from_db()
    draft = cases.Draft(
        organisation=organisation, values={"question": "Skal vi slutte?"}, origin="signals",
        signals=((first, first.version),),
    )  # fmt: skip
    case = cases.raise_case(actor=representative, draft=draft)
    assert set(case.signals.all()) == {first, second}
    assert set(Signal.objects.values_list("status", flat=True)) == {"in_case"}
    with pytest.raises(ValidationError):
        cases.raise_case(
            actor=representative,
            draft=cases.Draft(
                organisation=organisation, values={"question": "?"}, signals=((sent(workplace()), 1),)
            ),
        )


def test_involvement_is_moved_earlier_by_the_party_itself_and_never_later():
    where = body()
    case = raised(where)
    today = timezone.localdate()
    with pytest.raises(Refused):
        positions.involve(actor=where.manager, case=case, party=where.union, since=today - timedelta(days=9))
    positions.involve(
        actor=where.representative, case=case, party=where.union, since=today - timedelta(days=9)
    )
    case.refresh_from_db()
    assert case.first_involvement_on == today - timedelta(days=9)
    with pytest.raises(ValidationError):
        positions.involve(actor=where.representative, case=case, party=where.union, since=today)
    with pytest.raises(ValidationError):
        positions.involve(actor=where.manager, case=case, party=body().union, since=today)


def test_an_organisation_without_an_employer_party_says_so():
    organisation = OrganisationFactory.create()
    manager = UserFactory.create()
    Membership.objects.create(user=manager, organisation=organisation, role=Role.MANAGER)
    with pytest.raises(Refused):
        cases.raise_case(
            actor=manager, draft=cases.Draft(organisation=organisation, values={"question": "?"})
        )
