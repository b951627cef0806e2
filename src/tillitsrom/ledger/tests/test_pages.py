"""The pages, the files and the API say the same, show nothing hidden, and take steps as the actions do."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tillitsrom.cooperation.models import Body, Seat
from tillitsrom.cooperation.tests.factories import classified, meeting, raised
from tillitsrom.ledger import actions, queries
from tillitsrom.ledger.desk import on_us
from tillitsrom.ledger.models import Entry, S
from tillitsrom.outcomes.models import Request
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import person_with
from tillitsrom.register.models import Requirement
from tillitsrom.register.tests.callers import Caller
from tillitsrom.register.tests.factories import RequirementFactory

from .factories import asked, entry, house, version

pytestmark = pytest.mark.django_db
STATES = Entry.Status.values


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def logged_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_page_files_and_api_have_the_same_lines_and_sums(client: Client):
    where = house()
    rows = [entry(where, status) for status in STATES]
    page = client.get(reverse("ledger:overview"))
    assert page.status_code == 200
    verified = next(row for row in rows if row.status == S.VERIFIED)
    verified.refresh_from_db()
    assert page.context["sum"].verified.low == verified.given_low
    said = json.loads(client.get(reverse("ledger:json")).getvalue())
    lines = list(
        csv.reader(
            io.StringIO(client.get(reverse("ledger:csv")).getvalue().decode("utf-8-sig")),
            delimiter=";",
        )
    )
    api = Caller(None).get("/ledger").json()
    assert len(said["entries"]) == len(lines) - 1 == api["count"] == len(rows)
    assert [one["id"] for one in said["entries"]] == [one["id"] for one in api["items"]]
    totals = Caller(None).get("/ledger/sum").json()
    assert said["sum"]["verified"] == totals["verified"]
    assert totals["verified"]["hours_low"] == round(verified.given_low, 1)
    counted = [one for one in said["entries"] if one["counted"] and one["status"] == "verified"]
    assert sum(one["given_low"] for one in counted) == pytest.approx(totals["verified"]["hours_low"], abs=0.1)
    book = client.get(reverse("ledger:xlsx"))
    assert book.getvalue()[:2] == b"PK"


def test_filters_stand_in_the_address_and_what_is_no_choice_is_nothing(client: Client):
    where = house()
    row = entry(where, S.VERIFIED)
    other = house()
    entry(other, S.VERIFIED)
    page = client.get(reverse("ledger:overview"), {"organisation": where.body.organisation.pk})
    assert [one.pk for one in page.context["page"]] == [row.pk]
    assert f"?organisation={where.body.organisation.pk}" in page.content.decode()
    for query in ({"year": row.decided_on.year + 5}, {"lane": "clarify"}):
        assert list(client.get(reverse("ledger:overview"), query).context["page"]) == []
    for query in (
        {"year": "9999"},
        {"year": "0000"},
        {"organisation": "x"},
        {"lane": "<b>"},
        {"organisation": "9" * 30},
    ):
        assert client.get(reverse("ledger:overview"), query).status_code == 200


def test_what_is_exempt_is_neither_shown_nor_summed(client: Client):
    where = house()
    row = entry(where, S.VERIFIED)
    assert row.requirement is not None
    row.requirement.is_public = False
    row.requirement.openness, row.requirement.exempt_ground = "exempt", "OFFL-15-1"
    row.requirement.exempt_review_on = date(2099, 1, 1)
    row.requirement.save()
    page = client.get(reverse("ledger:overview"))
    assert page.context["sum"].verified.entries == 0
    assert client.get(reverse("ledger:entry", args=[row.pk])).status_code == 404
    assert Caller(None).get(f"/ledger/{row.pk}").status_code == 404
    assert logged_in(where.body.manager).get(reverse("ledger:entry", args=[row.pk])).status_code == 200


def test_another_line_names_nothing_that_is_exempt(client: Client):
    """Neither as the one that is counted instead, nor among what it overlaps with, nor on the desk of another's people."""
    where = house()
    small, large = entry(where, S.MEASURED), entry(where, S.MEASURED, low=4000, high=9000)
    Entry.objects.filter(pk=large.pk).update(title="Beredskapslageret")
    assert large.requirement is not None
    Requirement.objects.filter(pk=large.requirement.pk).update(
        is_public=False, openness="exempt", exempt_ground="OFFL-15-1", exempt_review_on=date(2099, 1, 1)
    )
    actions.mark_overlaps(actor=where.body.manager, **version(small), overlaps=[large])
    small.refresh_from_db()
    assert small.counted_in_id == large.pk
    url = reverse("ledger:entry", args=[small.pk])
    assert "Beredskapslageret" not in client.get(url).content.decode()
    assert "Beredskapslageret" in logged_in(where.body.manager).get(url).content.decode()
    assert large in queries.to_be_confirmed(where.body.manager)
    other = RequirementFactory.create()
    Requirement.objects.filter(pk=large.requirement.pk).update(
        addressee=other.addressee, imposing_body=other.imposing_body
    )
    assert list(queries.to_be_confirmed(where.body.manager)) == [small]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("status", STATES)
def test_an_entry_can_be_read_in_each_state_by_everyone(client: Client, status: str, language: str):
    where = house()
    row = entry(where, status)
    url = reverse("ledger:entry", args=[row.pk])
    for one in (client, logged_in(where.body.manager), logged_in(where.workers[0])):
        page = one.get(url, headers={"Accept-Language": language})
        assert page.status_code == 200
        assert row.title in page.content.decode()
    public = client.get(url).content.decode()
    assert where.body.manager.name not in public
    assert where.body.representative.name not in public


def test_steps_are_taken_on_the_page_and_two_who_write_at_once_see_both(client: Client):
    where = house()
    row = entry(where, S.BEFORE_KNOWN)
    url = reverse("ledger:advance", args=[row.pk, "state_before"])
    data = {f"state_before-{name}": value for name, value in {
        "version": row.version, "title": "Skjemaet", "low": "100", "high": "200", "people": "7", "how": "Talt.",
    }.items()}  # fmt: skip
    manager = logged_in(where.body.manager)
    assert manager.post(url, data).status_code == 302
    late = logged_in(where.body.representative).post(url, data | {"state_before-title": "Mitt navn"})
    assert late.status_code == 409
    assert "Mitt navn" in late.content.decode()
    row.refresh_from_db()
    assert (row.title, row.before_high) == ("Skjemaet", 200)
    data |= {"state_before-version": row.version, "state_before-high": "50"}
    assert manager.post(url, data).status_code == 422
    assert logged_in(where.workers[0]).post(url, data).status_code == 403
    assert client.post(url, data).status_code == 302


@pytest.mark.parametrize(("status", "action", "data"), [
    ("measured", "confirm", {}), ("measured", "dispute", {"words": "Nei."}), ("measured", "withdraw", {"reason": "Feil."}),
    ("disputed", "settle", {"low": "1", "high": "2", "how": "Talt."}), ("waiting_for_after", "ask_again", {}),
    ("waiting_for_after", "state_after", {"low": "1", "high": "2", "how": "Talt."}),
    ("measured", "set_use", {"used_for": "other", "use_decision": "Vedtak 3/26"}), ("measured", "overlap", {}),
])  # fmt: skip
def test_each_step_has_a_form_that_works(status, action, data):
    where = house()
    row = entry(where, status)
    values = {"version": row.version, "party": where.body.employer.pk, **data}
    manager = logged_in(where.body.manager)
    url = reverse("ledger:advance", args=[row.pk, action])
    answer = manager.post(url, {f"{action}-{name}": value for name, value in values.items()})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    row.refresh_from_db()
    assert row.version >= values["version"]
    assert manager.post(reverse("ledger:advance", args=[row.pk, "finnes-ikke"])).status_code == 404


def test_the_question_takes_an_answer_without_a_word_in_the_session():
    where = house()
    _row, measure = asked(where)
    url = reverse("ledger:answer", args=[measure.pk])
    worker = logged_in(where.workers[0])
    before = dict(worker.session)
    assert "Hvor lang tid" in worker.get(url).content.decode()
    assert worker.post(url, {}).status_code == 422
    answer = worker.post(url, {"choice": "2"})
    assert answer.url == reverse("ledger:thanks", args=[measure.pk])
    assert worker.get(answer.url).status_code == 200
    assert dict(worker.session) == before
    assert worker.post(url, {"choice": "2"}).status_code == 403
    assert "Du har svart" in worker.get(url).content.decode()
    outsider = logged_in(house().workers[0])
    assert outsider.get(url).status_code == outsider.post(url, {"choice": "2"}).status_code == 404


def test_what_waits_on_the_elected_body():
    where = house()
    organisation = where.body.organisation
    elected = logged_in(person_with(Role.ELECTED, organisation))
    url = reverse("ledger:waiting")
    assert "Ingenting venter på dere" in elected.get(url).content.decode()
    row = entry(where, S.MEASURED)
    requirement = RequirementFactory.create(imposing_body=organisation, text="Alle skal telle blyanter.")
    today = timezone.localdate()
    Request.objects.create(
        requirement=requirement, organisation=house().body.organisation, owner=organisation, asks="drop", why="Fordi.",
        sent_on=today - timedelta(90), due_on=today - timedelta(30),
    )  # fmt: skip
    page = elected.get(url).content.decode()
    assert row.title in page
    assert "Alle skal telle blyanter." in page
    outside = logged_in(person_with(Role.ELECTED, house().body.organisation)).get(url).content.decode()
    assert row.title not in outside
    assert Client().get(url).status_code == 302


def test_what_lies_before_the_elected_body_comes_first_there_and_on_the_desk():
    where = house()
    organisation, today = where.body.organisation, timezone.localdate()
    person = person_with(Role.ELECTED, organisation)
    elected = logged_in(person)
    assert not next(iter(on_us(person, today))).rows
    assert reverse("ledger:waiting") in elected.get(reverse("ledger:overview")).content.decode()
    requirement = RequirementFactory.create(imposing_body=organisation, text="Alle skal telle blyanter.")
    Request.objects.create(
        requirement=requirement, organisation=house().body.organisation, owner=organisation, asks="drop", why="Fordi.",
        sent_on=today - timedelta(90), due_on=today - timedelta(30),
    )  # fmt: skip
    late = raised(where.body, question="Hvor skal permene stå?", decision_planned_on=today - timedelta(1))
    before = classified(where.body, question="Hvem skal ha nøkkelen?")
    committee = Body.objects.create(organisation=organisation, name="Utvalg", kind="joint_committee")
    Seat.objects.create(body=committee, side="political", title="Leder")
    meeting(where.body, before, body_=committee)
    page = elected.get(reverse("ledger:waiting")).content.decode()
    wanted = [before.question, requirement.text, late.question]
    assert sorted(wanted, key=page.index) == wanted
    assert [row.title for row in next(iter(on_us(person, today))).rows] == wanted
    desk = elected.get(reverse("home")).content.decode()
    assert all(words in desk for words in wanted)
    employee = person_with(Role.EMPLOYEE, organisation)
    assert not list(on_us(employee, today))
    assert (
        reverse("ledger:waiting") not in logged_in(employee).get(reverse("ledger:overview")).content.decode()
    )


def test_owners_and_lanes_stand_beside_with_how_many():
    where, owner = house(), house().body.organisation
    today = timezone.localdate()
    for n, days in enumerate((10, 20, None)):
        Request.objects.create(
            requirement=RequirementFactory.create(imposing_body=owner), organisation=where.body.organisation, owner=owner,
            asks="drop", why="Fordi.", sent_on=today - timedelta(100), due_on=today - timedelta(40),
            **({"status": "answered", "answer": "dropped", "answer_reason": "Ja.", "answered_on": today - timedelta(100 - days)}
               if days else {"status": "unanswered", "unanswered_on": today - timedelta(39)}),
        )  # fmt: skip
        assert n < 3
    found = queries.owners(queries.Chosen(), today)
    assert [(one.requests, one.answered, one.unanswered, one.median_days) for one in found] == [(3, 2, 1, 15)]


def test_the_front_page_tells_the_sum_and_how_it_was_found(client: Client):
    assert "Tid gitt tilbake</h2>" not in client.get("/").content.decode()
    row = entry(house(), S.VERIFIED)
    assert row.given_low is not None
    page = client.get("/").content.decode()
    assert "timer i året" in page
    assert reverse("ledger:overview") in page
    assert f"{round(row.given_low)}"[-3:] in page


def test_a_party_gives_its_word_by_the_api():
    where = house()
    row = entry(where, S.MEASURED)
    url = f"/ledger/{row.pk}/word"
    body = {"action": "confirm", "version": version(row)["version"], "party": where.body.employer.pk}
    assert Caller(None).post(url, **body).status_code == 401
    assert Caller(where.workers[0]).post(url, **body).status_code == 403
    assert Caller(where.body.manager).post(url, **(body | {"party": where.body.union.pk})).status_code == 403
    assert Caller(where.body.manager).post(url, **(body | {"version": 0})).status_code == 409
    answer = Caller(where.body.manager).post(url, **body)
    assert answer.status_code == 200, answer.content
    assert answer.json()["employer_confirmed_on"] == timezone.localdate().isoformat()
    said = {**body, "action": "dispute", "party": where.body.union.pk, "version": answer.json()["version"]}
    assert Caller(where.body.representative).post(url, **said).status_code == 422
    answer = Caller(where.body.representative).post(url, **said, words="Nei.")
    assert answer.json()["status"] == "disputed"
