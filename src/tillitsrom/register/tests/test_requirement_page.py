"""One requirement's page: what it shows, each step as a form, and two people who change the same requirement."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tillitsrom.core import events
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import person_with
from tillitsrom.register.actions import requirements as actions
from tillitsrom.register.models import Requirement

from .factories import SENTENCE, DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

COST = {
    "minutes_low": 20,
    "minutes_high": 45,
    "minutes_source": "estimated",
    "occasions_per_year": Decimal(12),
    "affected_count": 200,
}


def page(client: Client, requirement: Requirement, status: int = 200) -> str:
    response = client.get(f"/krav/{requirement.pk}/")
    assert response.status_code == status
    return response.content.decode()


def under_review(requirement: Requirement) -> Requirement:
    Requirement.objects.filter(pk=requirement.pk).update(status="under_review")
    requirement.refresh_from_db()
    return requirement


def test_the_sentence_stands_in_its_context(client: Client, requirement: Requirement) -> None:
    text = page(client, requirement)
    around = text[text.index("tr-document") :]
    assert "Direktoratet skal levere en plan." in around
    assert f'id="mark-{requirement.pk}"' in around
    assert "# Tildelingsbrev" not in around
    assert f"/dokumenter/{requirement.document_id}/tekst/#mark-{requirement.pk}" in text


@pytest.mark.parametrize(
    ("unit", "first", "last"), [("ord ", "ord", "ord"), ("Linje med ord.\n\n", "<p>Linje", "ord.</p>")]
)
def test_long_surroundings_are_cut_at_lines_or_words(
    client: Client, unit: str, first: str, last: str
) -> None:
    text = unit * 400 + SENTENCE + " " + unit * 400
    start = text.index(SENTENCE)
    document = DocumentFactory.create(status="published", text=text)
    made = RequirementFactory.create(
        document=document, start=start, end=start + len(SENTENCE), quote=SENTENCE, text=SENTENCE
    )
    around = client.get(f"/krav/{made.pk}/").context["surroundings"]
    assert around.removeprefix("<p>").startswith(first.removeprefix("<p>"))
    assert around.removesuffix("</p>").endswith(last.removesuffix("</p>"))
    assert SENTENCE in around
    assert 700 < len(around) < 3000


def test_a_document_of_one_sentence_has_no_surroundings(client: Client) -> None:
    document = DocumentFactory.create(status="published", text=SENTENCE)
    made = RequirementFactory.create(
        document=document, start=0, end=len(SENTENCE), quote=SENTENCE, text=SENTENCE
    )
    assert client.get(f"/krav/{made.pk}/").context["surroundings"] == ""


def test_signs_in_the_text_around_are_only_text(client: Client) -> None:
    text = f"<script>alert(1)</script>\n\n{SENTENCE}\n\n<b>"
    start = text.index(SENTENCE)
    document = DocumentFactory.create(status="published", text=text)
    made = RequirementFactory.create(
        document=document, start=start, end=start + len(SENTENCE), quote=SENTENCE, text="<i>Lever</i>"
    )
    shown = page(client, made)
    assert "<script>alert" not in shown
    assert "<i>Lever" not in shown


def test_the_formula_is_filled_in_and_says_what_is_not_verified(
    client: Client, requirement: Requirement
) -> None:
    Requirement.objects.filter(pk=requirement.pk).update(**COST)
    text = page(client, requirement)
    assert "200 personer × 12 ganger i året × 20–45 minutter ÷ 60" in text
    assert "800–1\xa0800 timer" in text
    assert "Ikke kontrollert" in text
    assert "Kontrollert" in text
    assert "Anslått, ikke målt" in text


def test_without_minutes_we_say_that_we_do_not_know(client: Client, requirement: Requirement) -> None:
    assert "Vi vet ikke ennå" in page(client, requirement)


def test_life_and_chain_and_mergers_are_shown(client: Client, requirement: Requirement) -> None:
    employee = person_with(Role.EMPLOYEE, requirement.addressee)
    actions.advance(
        actor=employee,
        requirement=requirement,
        version=1,
        action="question",
        outcome=actions.Outcome(reason="Vi svarer på dette før."),
    )
    older = RequirementFactory.create(text="Kravet i fjor.", year=2025, status="superseded")
    oldest = RequirementFactory.create(text="Kravet i forfjor.", year=2024, status="superseded")
    Requirement.objects.filter(pk=older.pk).update(replaces=oldest)
    Requirement.objects.filter(pk=requirement.pk).update(replaces=older)
    RequirementFactory.create(text="Slått sammen hit.", merged_into=requirement, status="merged")
    response = client.get(f"/krav/{requirement.pk}/")
    assert [one.requirement.pk for one in response.context["through"].years] == [
        oldest.pk,
        older.pk,
        requirement.pk,
    ]
    text = response.content.decode()
    assert "Vi svarer på dette før." in text
    assert "Slått sammen hit." in text
    assert employee.name not in text
    assert "Kravet i forfjor." in page(client, older)


def test_a_hidden_predecessor_is_not_shown(client: Client, requirement: Requirement) -> None:
    hidden = RequirementFactory.create(text="Skjult i fjor.", is_public=False)
    Requirement.objects.filter(pk=requirement.pk).update(replaces=hidden, merged_into=hidden)
    assert "Skjult" not in page(client, requirement)


def test_the_public_sees_why_nothing_can_be_done(client: Client, requirement: Requirement) -> None:
    response = client.get(f"/krav/{requirement.pk}/")
    assert response.context["steps"] == []
    labels = [str(label) for closed in response.context["closed"] for label in closed.labels]
    assert len(labels) == 2
    text = response.content.decode()
    for closed in response.context["closed"]:
        assert str(closed.reason) in text
    assert "/logg-inn/" in text


def test_each_open_step_has_the_fields_it_needs(client: Client, requirement: Requirement) -> None:
    under_review(requirement)
    client.force_login(person_with(Role.REQUIREMENT_OWNER, requirement.imposing_body))
    steps = {s.transition.action: s.form for s in client.get(f"/krav/{requirement.pk}/").context["steps"]}
    assert {action: set(form.fields) - {"version"} for action, form in steps.items()} == {
        "keep": {"reason", "review_on"},
        "simplify": {"reason", "text"},
        "merge": {"reason", "merged_into"},
        "delegate": {"reason"},
        "try_out": {"reason", "review_on"},
        "remove": {"reason"},
    }


def test_questioning(client: Client, requirement: Requirement) -> None:
    client.force_login(person_with(Role.EMPLOYEE, requirement.addressee))
    response = client.post(
        f"/krav/{requirement.pk}/question/", {"question-version": 1, "question-reason": "Det tar lang tid."}
    )
    assert response.headers["Location"] == f"/krav/{requirement.pk}/"
    requirement.refresh_from_db()
    assert (requirement.status, requirement.status_reason) == ("questioned", "Det tar lang tid.")
    assert events.history(requirement).get().kind == "requirement.question"


def test_simplifying_changes_what_holds_and_what_is_found(client: Client, requirement: Requirement) -> None:
    under_review(requirement)
    client.force_login(person_with(Role.MANAGER, requirement.imposing_body))
    client.post(
        f"/krav/{requirement.pk}/simplify/",
        {
            "simplify-version": 1,
            "simplify-reason": "Enklere.",
            "simplify-text": "Direktoratet skal evaluere.",
        },
    )
    assert "I dokumentet står det:" in page(client, requirement)
    rows = client.get("/krav/?q=evaluering").context["rows"]
    assert [row.requirement.pk for row in rows] == [requirement.pk]


def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(
    client: Client, requirement: Requirement
) -> None:
    under_review(requirement)
    client.force_login(person_with(Role.MANAGER, requirement.imposing_body))
    response = client.post(
        f"/krav/{requirement.pk}/keep/",
        {"keep-version": 1, "keep-reason": "Stortinget.", "keep-review_on": "2020-01-01"},
    )
    assert response.status_code == 422
    (step,) = [s for s in response.context["steps"] if s.open]
    assert set(step.form.errors) == {"review_on"}
    assert "Stortinget." in response.content.decode()
    requirement.refresh_from_db()
    assert requirement.status == "under_review"


@pytest.mark.parametrize("target", ["itself", "nothing", "hidden", "gone"])
def test_merging_into_what_cannot_be_merged_into(
    client: Client, requirement: Requirement, target: str
) -> None:
    under_review(requirement)
    client.force_login(person_with(Role.MANAGER, requirement.imposing_body))
    number = {
        "itself": lambda: requirement.pk,
        "nothing": lambda: 999_999,
        "hidden": lambda: RequirementFactory.create(is_public=False).pk,
        "gone": lambda: RequirementFactory.create(status="lapsed").pk,
    }[target]()
    response = client.post(
        f"/krav/{requirement.pk}/merge/",
        {"merge-version": 1, "merge-reason": "Likt.", "merge-merged_into": number},
    )
    assert response.status_code == 422
    (step,) = [s for s in response.context["steps"] if s.open]
    assert set(step.form.errors) == {"merged_into"}


def test_a_person_who_may_not_is_told_why(client: Client, requirement: Requirement) -> None:
    client.force_login(person_with(Role.EMPLOYEE, requirement.addressee))
    response = client.post(f"/krav/{requirement.pk}/start_review/", {})
    assert response.status_code == 403
    assert str(response.context["reason"]) in response.content.decode()


@pytest.mark.parametrize("action", ["question", "rediger"])
def test_the_public_is_sent_to_log_in(client: Client, requirement: Requirement, action: str) -> None:
    response = client.post(f"/krav/{requirement.pk}/{action}/", {})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/logg-inn/")


def test_an_action_that_does_not_exist_is_not_found(client: Client, requirement: Requirement) -> None:
    client.force_login(person_with(Role.MANAGER, requirement.imposing_body))
    assert client.post(f"/krav/{requirement.pk}/explode/", {}).status_code == 404


def test_somebody_else_took_the_step_first(client: Client, requirement: Requirement) -> None:
    """The step is gone: nothing is overwritten, and what was typed is on the page to be copied."""
    employee = person_with(Role.EMPLOYEE, requirement.addressee)
    actions.advance(
        actor=employee,
        requirement=requirement,
        version=1,
        action="question",
        outcome=actions.Outcome(reason="Først."),
    )
    client.force_login(person_with(Role.SAFETY_DELEGATE, requirement.addressee))
    response = client.post(
        f"/krav/{requirement.pk}/question/", {"question-version": 1, "question-reason": "Jeg var nummer to."}
    )
    assert response.status_code == 409
    assert "Jeg var nummer to." in response.content.decode()
    requirement.refresh_from_db()
    assert requirement.status_reason == "Først."


def test_the_facts_changed_meanwhile_keeps_the_step_and_what_was_typed(
    client: Client, requirement: Requirement
) -> None:
    manager = person_with(Role.MANAGER, requirement.addressee)
    actions.describe(actor=manager, requirement=requirement, version=1, values={"purpose": "Nytt formål."})
    client.force_login(manager)
    data = {"question-version": 1, "question-reason": "Hvorfor det?"}
    response = client.post(f"/krav/{requirement.pk}/question/", data)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Hvorfor det?" in text
    assert "Nytt formål." in text
    (step,) = [s for s in response.context["steps"] if s.open]
    assert step.form["version"].value() == "2"
    again = client.post(f"/krav/{requirement.pk}/question/", {**data, "question-version": 2})
    assert again.status_code == 302


def test_the_page_asks_no_more_as_its_life_grows(client: Client, requirement: Requirement) -> None:
    manager = person_with(Role.MANAGER, requirement.addressee)
    client.get(f"/krav/{requirement.pk}/")

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/krav/{requirement.pk}/")
        return len(caught)

    before = count()
    for version in range(1, 9):
        actions.describe(
            actor=manager, requirement=requirement, version=version, values={"purpose": f"Formål {version}"}
        )
    assert count() == before <= 12
    with CaptureQueriesContext(connection) as caught:
        client.get(f"/krav/{requirement.pk}/")
    # Of the text only the piece around the sentence is asked for.
    asked = [
        query["sql"]
        .replace('SUBSTR("register_document"."text"', "")
        .replace('SUBSTRING("register_document"."text"', "")
        for query in caught
    ]
    assert not any('"register_document"."text"' in sql for sql in asked)
