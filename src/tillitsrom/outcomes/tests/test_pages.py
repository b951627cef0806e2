"""The pages: who meets which, what they say, and that what was typed is kept when it cannot be done."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from tillitsrom.outcomes.models import Decision, LegalObstacle, NewDuty, Request
from tillitsrom.people.models import User
from tillitsrom.register.models import Requirement

from .factories import LATER, TODAY, answered, asked, decided, duty, duty_values, place

pytestmark = pytest.mark.django_db


def client(person: User | None = None) -> Client:
    found = Client(headers={"Accept-Language": "en"})
    if person is not None:
        User.objects.filter(pk=person.pk).update(language="en")
        found.force_login(person, backend="tillitsrom.people.backends.EmailBackend")
    return found


def text(answer) -> str:
    return answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode()


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(answer).lstrip("\ufeff")), delimiter=";"))


@pytest.fixture
def whole():
    """Everything that a page can show, open to the public."""
    where = place(statutory=True, legal_basis="loven § 1")
    asked(where)
    decided(where.manager, where.ours, "kept")
    duty(where)
    return where


PUBLIC = [
    "decisions",
    "decisions_file",
    "requests",
    "requests_file",
    "obstacles",
    "obstacles_file",
    "duties",
    "duties_file",
]


@pytest.mark.parametrize("name", PUBLIC)
def test_lists_are_open_to_all(whole, name):
    assert client().get(reverse(f"outcomes:{name}")).status_code == 200


@pytest.mark.parametrize(
    ("name", "model"),
    [("decision", Decision), ("request", Request), ("letter", Request), ("letter_file", Request),
     ("obstacle", LegalObstacle), ("duty", NewDuty)],
)  # fmt: skip
def test_each_thing_has_a_page_that_names_no_person(whole, name, model):
    answer = client().get(reverse(f"outcomes:{name}", args=[model.objects.get().pk]))
    assert answer.status_code == 200
    if name != "letter_file":
        for person in User.objects.all():
            assert person.name not in text(answer)


def test_what_is_exempt_is_nowhere_for_the_public(whole):
    Requirement.objects.update(is_public=False)
    for name, model in (("decision", Decision), ("request", Request), ("obstacle", LegalObstacle)):
        assert client().get(reverse(f"outcomes:{name}", args=[model.objects.get().pk])).status_code == 404
    for name in ("decisions_file", "requests_file", "obstacles_file"):
        assert rows(client().get(reverse(f"outcomes:{name}"))) == []


def test_the_owner_answers_from_the_desk():
    where = place()
    request = asked(where)
    mine = client(where.director)
    page = text(mine.get(reverse("outcomes:desk")))
    assert where.theirs.text in page
    url = reverse("outcomes:advance", args=[request.pk, "simplify"])
    refused = mine.post(url, {"simplify-version": 1, "simplify-reason": "Kortere.", "simplify-text": ""})
    assert refused.status_code == 422
    assert "Kortere." in text(refused)
    done = mine.post(
        url, {"simplify-version": 1, "simplify-reason": "Kortere.", "simplify-text": "To sider."}
    )
    assert done.status_code == 302
    request.refresh_from_db()
    assert request.answer == "simplified"
    again = mine.post(url, {"simplify-version": 1, "simplify-reason": "x", "simplify-text": "y"})
    assert again.status_code == 409


def test_who_read_an_older_page_is_told_and_keeps_the_words():
    where = place()
    request = asked(where)
    Request.objects.filter(pk=request.pk).update(version=2)
    answer = client(where.director).post(
        reverse("outcomes:advance", args=[request.pk, "drop"]),
        {"drop-version": 1, "drop-reason": "Lang tekst"},
    )
    assert answer.status_code == 409
    assert "Lang tekst" in text(answer)
    assert 'value="2"' in text(answer)


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("employee", 403), (None, 302)])
def test_nobody_else_answers(who, status):
    where = place()
    request = asked(where)
    person = {"manager": where.manager, "employee": where.work.employee, None: None}[who]
    url = reverse("outcomes:advance", args=[request.pk, "drop"])
    assert client(person).post(url, {"drop-version": 1, "drop-reason": "x"}).status_code == status


def test_the_public_is_not_told_in_which_role_it_was_decided():
    """In a small body the role is one person's."""
    where = place()
    made = decided(where.manager, where.ours, "kept")
    url = reverse("outcomes:decision", args=[made.pk])
    assert "Decided as" in text(client(where.manager).get(url))
    public = client().get(url)
    assert public.status_code == 200
    assert "Decided as" not in text(public)


def test_what_it_was_merged_into_is_not_named_where_that_is_exempt():
    where = place()
    made = decided(where.manager, where.ours, "merged", merged_into=where.theirs)
    url = reverse("outcomes:decision", args=[made.pk])
    assert where.theirs.text in text(client().get(url))
    Requirement.objects.filter(pk=where.theirs.pk).update(is_public=False)
    assert where.theirs.text not in text(client().get(url))
    assert where.theirs.text in text(client(where.manager).get(url))


def test_deciding_a_signal_step_by_step():
    where = place()
    signal = where.signal(where.ours)
    mine = client(where.manager)
    url = reverse("outcomes:decide", args=["signal", signal.pk])
    assert "Remove it" in text(mine.get(url))
    form = text(mine.get(url + "?utfall=delegated"))
    assert 'name="limits"' in form
    assert 'name="hypothesis"' not in form
    known = {"version": signal.version, "reason": "Fordi.", "limits": "Trygt.", "heard": ""}
    assert mine.post(url + "?utfall=delegated", known).status_code == 422
    assert mine.post(url + "?utfall=delegated", {**known, "heard": "Alle"}).status_code == 302
    signal.refresh_from_db()
    assert signal.outcome == "delegated"
    assert mine.get(url).status_code == 403


def test_what_another_imposes_says_that_it_is_asked():
    where = place()
    mine = client(where.manager)
    url = reverse("outcomes:decide", args=["krav", where.theirs.pk])
    assert "Asks the owner" in text(mine.get(url))
    assert where.owner.name in text(mine.get(url + "?utfall=removed"))
    done = mine.post(
        url + "?utfall=removed", {"version": where.theirs.version, "reason": "Fordi.", "section": ""}
    )
    assert done.headers["Location"] == reverse("outcomes:request", args=[Request.objects.get().pk])


@pytest.mark.parametrize("outcome", ["removed", "simplified", "merged", "delegated", "tried_out", "kept"])
def test_each_outcome_has_a_form(outcome):
    where = place()
    url = reverse("outcomes:decide", args=["krav", where.ours.pk])
    assert client(where.manager).get(f"{url}?utfall={outcome}").status_code == 200


def test_asking_the_owner():
    where = place(statutory=True)
    mine = client(where.manager)
    url = reverse("outcomes:ask", args=[where.theirs.pk])
    assert mine.get(url).status_code == 200
    known = {"organisation": where.body.pk, "asks": "justify", "why": "Hvorfor det?", "section": "loven § 2"}
    assert mine.post(url, {**known, "section": ""}).status_code == 422
    assert mine.post(url, known).status_code == 302
    assert LegalObstacle.objects.get().section == "§ 2"
    assert mine.get(url).status_code == 403
    assert client(where.director).get(url).status_code == 403


def test_the_law_is_noted_as_changed():
    where = place(statutory=True, legal_basis="loven § 1")
    answered(where.director, asked(where), "promise_law")
    row = LegalObstacle.objects.get()
    url = reverse("outcomes:obstacle_change", args=[row.pk])
    mine = client(where.director)
    assert mine.post(url, {"change-version": row.version, "change-reason": ""}).status_code == 422
    assert mine.post(url, {"change-version": row.version, "change-reason": "Endret."}).status_code == 302
    assert mine.post(url, {"change-version": row.version, "change-reason": "Endret."}).status_code == 409
    where.theirs.refresh_from_db()
    assert where.theirs.status == "removed"


def test_registering_and_ending_a_duty():
    where = place()
    mine = client(where.director)
    url = reverse("outcomes:duty_new")
    values = {**duty_values(), "organisation": where.owner.pk}
    values.pop("trust_reform", None)
    assert mine.post(url, {**values, "ends_on": TODAY()}).status_code == 422
    done = mine.post(url, values)
    assert done.status_code == 302
    row = NewDuty.objects.get()
    again = mine.post(url, values)
    assert "Both say:" in text(again)
    step = reverse("outcomes:duty_advance", args=[row.pk, "withdraw"])
    assert mine.post(step, {"withdraw-version": 1, "withdraw-reason": ""}).status_code == 422
    assert mine.post(step, {"withdraw-version": 1, "withdraw-reason": "Trengs ikke."}).status_code == 302
    assert mine.post(step, {"withdraw-version": 1, "withdraw-reason": "Trengs ikke."}).status_code == 409
    assert client(where.manager).get(url).status_code == 200
    assert client(where.work.employee).get(url).status_code == 403


def test_the_file_of_requests_has_the_silence(whole):
    Request.objects.update(status="unanswered", unanswered_on=TODAY())
    (row,) = rows(client().get(reverse("outcomes:requests_file") + "?status=ubesvart"))
    assert (row["status"], row["section"], row["owner"]) == ("unanswered", "loven § 1", whole.owner.name)
    assert rows(client().get(reverse("outcomes:requests_file") + "?status=besvart")) == []


def test_pages_of_others_lead_here(whole):
    signal = whole.signal(whole.ours)
    page = text(client(whole.manager).get(reverse("signals:detail", args=[signal.pk])))
    assert reverse("outcomes:decide", args=["signal", signal.pk]) in page
    page = text(client(whole.work.employee).get(reverse("signals:detail", args=[signal.pk])))
    assert "You cannot decide this." in page
    page = text(client().get(reverse("requirements:detail", args=[whole.theirs.pk])))
    assert reverse("outcomes:request", args=[Request.objects.get().pk]) in page


def test_the_desk_of_owners_and_of_those_who_asked():
    where = place()
    request = asked(where)
    url = reverse("outcomes:request", args=[request.pk])
    home = reverse("home")
    assert url in text(client(where.director).get(home))
    assert url in text(client(where.manager).get(home))
    answered(where.director, request, "keep", review_on=TODAY() + LATER)
    assert url not in text(client(where.director).get(home))
    assert url in text(client(where.manager).get(home))
