"""The pages of cases: what is on them, what a step answers, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tillitsrom.cooperation import about, compliance, desk, rules
from tillitsrom.cooperation.actions import positions
from tillitsrom.cooperation.models import AgendaItem, Case, Involvement, Meeting, Position, Seat
from tillitsrom.cooperation.models import Body as MeetingBody
from tillitsrom.core.models import Event
from tillitsrom.people.models import Membership, Role, User
from tillitsrom.people.queries import data_about
from tillitsrom.people.tests.factories import UnitFactory, UserFactory, person_with
from tillitsrom.register.tests.factories import RequirementFactory
from tillitsrom.rulesets.tests.factories import body
from tillitsrom.signals.tests.factories import sent, workplace

from .factories import case_in, classified, meeting, minuted, raised

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(User.objects.get(pk=person.pk))
    return client


def page_of(client: Client, case: Case) -> str:
    return client.get(reverse("cooperation:case", args=[case.pk])).content.decode()


def advance(client: Client, case: Case, action: str, **given: object):
    data = {f"{action}-{name}": value for name, value in {"version": case.version, **given}.items()}
    return client.post(reverse("cooperation:advance", args=[case.pk, action]), data)


@pytest.mark.parametrize("status", Case.Status.values)
def test_the_page_in_every_state_for_everybody(status):
    where = body()
    case = case_in(where, status)
    for person in (where.manager, where.representative, person_with(Role.EMPLOYEE, where.organisation)):
        text = page_of(signed_in(person), case)
        assert "What the parties mean" in text
        assert case.question in text
    answer = Client().get(reverse("cooperation:case", args=[case.pk]))
    assert answer.status_code == (200 if status == "closed" else 404)


def test_raising_from_a_signal_marks_it_and_stands_in_the_background():
    at, where = workplace(), body()
    for party in where.parties:
        party.organisation = at.organisation
        party.save()
    person = UserFactory.create()
    Membership.objects.create(
        user=person, organisation=at.organisation, role=Role.UNION_REPRESENTATIVE, party=where.union
    )
    signal = sent(at, requirement=RequirementFactory.create(addressee=at.organisation))
    client = signed_in(person)
    url = f"{reverse('cooperation:raise')}?melding={signal.pk}&melding=x&melding=99"
    text = client.get(url).content.decode()
    assert signal.title in text
    data = {
        "question": "Skal vi slutte?", "background": "Det tar tid.", "openness": "open",
        "parties": [party.pk for party in where.parties], "seen": f"{signal.pk}:{signal.version}",
    }  # fmt: skip
    stale = client.post(url, {**data, "seen": f"{signal.pk}:0"})
    assert (stale.status_code, Case.objects.count()) == (409, 0)
    assert "Skal vi slutte?" in stale.content.decode()
    one_sided = client.post(url, {**data, "parties": [where.union.pk]})
    assert (one_sided.status_code, Case.objects.count()) == (422, 0)
    assert client.post(url, data).status_code == 302
    case = Case.objects.get()
    signal.refresh_from_db()
    assert (signal.status, list(case.signals.all()), case.origin) == ("in_case", [signal], "signals")
    assert list(case.requirements.all()) == [signal.requirement]


def test_raising_about_a_requirement_a_control_measure_and_a_coming_decision():
    where = body()
    client = signed_in(where.manager)
    requirement = RequirementFactory.create()
    data = {"question": "Skal vi?", "openness": "open", "parties": [party.pk for party in where.parties]}
    about.FINDERS["test.measure"] = lambda _actor, key: (
        about.About("Kameraet ved inngangen", "/x/") if key == 7 else None
    )
    try:
        for query, origin in (
            (f"krav={requirement.pk}", "requirement"), ("om=test.measure:7", "control"), ("beslutning=1", "coming_decision"),
            ("om=nothing:7", "raised"), ("", "raised"),
        ):  # fmt: skip
            assert client.post(f"{reverse('cooperation:raise')}?{query}", data).status_code == 302
            assert Case.objects.latest("pk").origin == origin
        measured = Case.objects.get(origin="control")
        assert "Kameraet ved inngangen" in page_of(client, measured)
    finally:
        del about.FINDERS["test.measure"]


def test_only_the_sides_may_open_the_form():
    where = body()
    url = reverse("cooperation:raise")
    assert signed_in(person_with(Role.EMPLOYEE, where.organisation)).get(url).status_code == 403
    assert signed_in(person_with(Role.SAFETY_DELEGATE, where.organisation)).get(url).status_code == 200
    assert signed_in(UserFactory.create()).get(url).status_code == 403


def test_an_exempt_case_has_its_basis_and_is_kept_from_the_employees():
    where = body()
    client = signed_in(where.manager)
    data = {
        "question": "Hva skal budsjettet være?",
        "openness": "exempt",
        "parties": [one.pk for one in where.parties],
    }
    url = reverse("cooperation:raise")
    assert client.post(url, data).status_code == 422
    day = timezone.localdate() + timedelta(days=90)
    assert (
        client.post(url, {**data, "exempt_ground": "OFFL-15-1", "exempt_review_on": day}).status_code == 302
    )
    case = Case.objects.get()
    assert signed_in(person_with(Role.EMPLOYEE, where.organisation)).get(
        reverse("cooperation:case", args=[case.pk])
    ).status_code == 404  # fmt: skip


def test_the_form_is_asked_for_question_by_question_and_stored_with_its_reason():
    where = body()
    case = raised(where)
    client = signed_in(where.representative)
    url = reverse("cooperation:classify", args=[case.pk])
    assert "What is the case about?" in client.get(url).content.decode()
    text = client.get(url, {"asked": "1"}).content.decode()
    assert "Set the form" in text
    other = client.post(url, {"version": case.version, "form": "information"})
    assert other.status_code == 422, "another form than the rules say has a reason"
    assert client.post(url, {"version": case.version}).status_code == 302
    case.refresh_from_db()
    assert case.form == "discussion"
    assert case.form_why["reason"]
    stale = client.post(url, {"version": case.version - 1, "reason": "Fordi jeg vil."})
    assert stale.status_code == 409
    assert "Fordi jeg vil." in stale.content.decode()


def test_a_step_that_cannot_be_taken_says_why_and_keeps_what_was_typed():
    where = body()
    case = case_in(where, "held")
    client = signed_in(where.manager)
    positions.take_position(actor=where.other, case=case, stance="against", text="Nei.")
    late = advance(client, case, "decide", decision="Vi slutter likevel.", reason="Fordi.")
    assert late.status_code == 409
    assert "Vi slutter likevel." in late.content.decode()
    case.refresh_from_db()
    Case.objects.filter(pk=case.pk).update(announced="Vi slutter.")
    other = advance(client, case, "decide", decision="Vi fortsetter.", reason="Fordi.")
    assert other.status_code == 403
    assert "Vi fortsetter." in other.content.decode()
    assert advance(client, case, "decide", decision="Vi slutter", reason="").status_code == 422
    assert advance(client, case, "decide", decision="Vi slutter", reason="Fordi.").status_code == 302
    assert advance(client, case, "hold").status_code == 404
    assert advance(signed_in(where.other), case, "announce", announced="x").status_code in (403, 409)


def test_every_step_has_a_form_that_works():
    where = body()
    case = raised(where)
    union = signed_in(where.representative)
    for action, given in (
        ("position", {"stance": "for", "text": "Ja."}),
        ("paper", {"title": "Notat", "paper": "Tekst", "reference": ""}),
        ("involve", {"other_party": where.union.pk, "since": timezone.localdate() - timedelta(days=2)}),
    ):
        assert advance(union, case, action, **given).status_code == 302, action
    paper = case.papers.get()
    assert "Tekst" in union.get(reverse("cooperation:paper", args=[case.pk, paper.pk])).content.decode()
    case = classified(where)
    for action, given in (
        ("contest", {"reason": "Nei."}),
        ("confirm", {}),
        ("withdraw", {"reason": "Løst."}),
    ):
        case.refresh_from_db()
        assert advance(union, case, action, **given).status_code == 302, action


def test_two_who_change_the_question_at_once_are_told():
    where = body()
    case = raised(where)
    client = signed_in(where.manager)
    url = reverse("cooperation:edit", args=[case.pk])
    assert client.get(url).status_code == 200
    data = {"question": "Skal vi slutte nå?", "openness": "open", "version": case.version}
    assert client.post(url, {**data, "question": ""}).status_code == 422
    assert client.post(url, data).status_code == 302
    stale = client.post(url, {**data, "question": "Noe annet?"})
    assert stale.status_code == 409
    assert "Noe annet?" in stale.content.decode()
    assert Case.objects.get(pk=case.pk).question == "Skal vi slutte nå?"


def test_the_list_filters_and_shows_whose_move_it_is():
    where = body()
    raised(where)
    held = case_in(where, "held")
    closed = case_in(where, "closed")
    client = signed_in(where.manager)
    url = reverse("cooperation:list")
    assert held.question in client.get(url).content.decode()
    assert f">{closed.number}<" not in client.get(url).content.decode()
    assert f">{closed.number}<" in client.get(url, {"status": "closed"}).content.decode()
    assert f">{closed.number}<" in Client().get(url).content.decode()
    for query in ({"q": "finnes ikke"}, {"form": "negotiation"}, {"virksomhet": "x", "form": "negotiation"}):
        assert "No case fits" in client.get(url, query).content.decode()
    mine = client.get(url, {"trekk": "mitt"}).content.decode()
    assert f">{held.number}<" in mine
    assert "Nothing waits for your side" in signed_in(person_with(Role.EMPLOYEE, where.organisation)).get(
        url, {"trekk": "mitt"}
    ).content.decode()  # fmt: skip


def test_politicians_see_what_waits_on_them():
    where = body()
    elected = person_with(Role.ELECTED, where.organisation)
    case = classified(where)
    committee = MeetingBody.objects.create(
        organisation=where.organisation, name="Utvalg", kind="joint_committee"
    )
    Seat.objects.create(body=committee, side="political", title="Leder")
    one = meeting(where, case, body_=committee)
    late = raised(where, decision_planned_on=timezone.localdate() - timedelta(days=1))
    text = signed_in(elected).get(reverse("cooperation:politicians")).content.decode()
    assert f">{case.number}<" in text
    assert f">{late.number}<" in text
    Meeting.objects.filter(pk=one.pk).update(status="held")
    assert (
        f">{case.number}<" not in signed_in(elected).get(reverse("cooperation:politicians")).content.decode()
    )
    assert f">{late.number}<" not in Client().get(reverse("cooperation:politicians")).content.decode()


def test_the_desk_shows_what_waits_for_ones_side():
    where = body()
    case = case_in(where, "held")
    found = {one.key: one for one in desk.cases(where.manager, timezone.localdate()) if one.rows}
    assert [row.url for row in found["cases_waiting"].rows] == [reverse("cooperation:case", args=[case.pk])]
    other = {one.key: one for one in desk.cases(where.other, timezone.localdate()) if one.rows}
    assert "cases_waiting" not in other
    assert [str(row.title) for row in other["cases_followed"].rows] == [str(case)]


def test_the_log_counts_days_and_no_person():
    where = body()
    today = timezone.localdate()
    case = case_in(where, "decided", decision_planned_on=today - timedelta(days=2))
    item = AgendaItem.objects.get(case=case)
    Meeting.objects.filter(pk=item.meeting_id).update(called_on=today - timedelta(days=10))
    one = minuted(case)
    one.due_on, one.sent_on = today - timedelta(days=3), today
    one.save()
    positions.add_paper(actor=where.manager, case=case, title="Sent", text="Tekst")
    found = compliance.deviations(rules.with_parts(Case.objects.all()).get(), 14, today)
    assert {(missed.code, missed.days) for missed in found} == {
        ("called_late", 4), ("papers_late", 7), ("minutes_late", 3), ("plan_passed", 2), ("involved_late", 16),
    }  # fmt: skip
    client = signed_in(where.manager)
    page = client.get(reverse("cooperation:figures")).content.decode()
    assert "The minutes came too late" in page
    assert where.representative.name not in page
    file = client.get(reverse("cooperation:log_file")).getvalue().decode()
    assert file.count("\r\n") == 6
    public = Client().get(reverse("cooperation:figures"))
    assert public.status_code == 200


def test_figures_of_few_cases_are_for_those_inside():
    where = body()
    for _n in range(3):
        case_in(where, "closed")
    inside = compliance.log_of(where.organisation, rules.visible_to(where.manager), timezone.localdate())
    assert (
        compliance.figures_of(where.organisation, inside, where.manager).without_deviation.value is not None
    )
    outside = person_with(Role.MANAGER, body().organisation)
    few = compliance.figures_of(where.organisation, inside, outside)
    assert (few.shown, few.without_deviation.value, few.by_kind, few.without_deviation.n) == (
        False,
        None,
        [],
        3,
    )


def test_a_person_gets_their_own_data_and_is_forgotten():
    where = body()
    case = case_in(where, "decided")
    positions.take_position(actor=where.representative, case=raised(where), stance="for", text="Ja.")
    data = data_about(where.representative)["cases"]
    assert len(data["raised"]) == 2
    assert data["positions"][0]["text"] == "Ja."
    from tillitsrom.people.actions import erase_person

    administrator = person_with(Role.SYSTEM_ADMINISTRATOR, where.organisation)
    erase_person(actor=administrator, person=where.representative)
    case.refresh_from_db()
    assert (case.raised_by, case.raised_by_party) == (None, where.union)
    assert Position.objects.get().by is None


def test_a_manager_of_a_unit_speaks_for_the_employer_in_its_cases_only():
    where = body()
    above = UnitFactory.create(organisation=where.organisation)
    unit = UnitFactory.create(organisation=where.organisation, parent=above)
    manager = UserFactory.create()
    Membership.objects.create(user=manager, organisation=where.organisation, unit=above, role=Role.MANAGER)
    assert rules.parties_of(manager, raised(where, unit=unit)) == [where.employer]
    assert rules.parties_of(manager, raised(where)) == []


def test_the_page_of_many_contributions_asks_the_database_few_times(django_assert_max_num_queries):
    where = body()
    case = case_in(where, "held")
    for n in range(40):
        Position.objects.create(case=case, party=where.parties[n % 3], stance="for", text="Ja.")
    client = signed_in(where.manager)
    page_of(client, case)
    with django_assert_max_num_queries(29):
        page_of(client, case)
    assert Event.objects.filter(subject_id=case.pk).exists()
    assert Involvement.objects.filter(case=case).count() == 3
