"""The pages about documents: what each reader sees, and what bad input gets."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from tillitsrom.people.tests.factories import person_with
from tillitsrom.register import store
from tillitsrom.register.models import Document
from tillitsrom.register.tests.factories import CandidateFactory, DocumentFactory, RequirementFactory
from tillitsrom.register.tests.form_values import text_of

pytestmark = pytest.mark.django_db

EXEMPT = {"openness": "exempt", "exempt_ground": "x", "exempt_review_on": "2030-01-01"}


def file_of(response) -> bytes:
    """The whole file; reading it to its end also closes it."""
    return b"".join(response.streaming_content)


def addresses(document: Document) -> list[str]:
    names = ("detail", "text", "file", "changes", "progress")
    return [reverse(f"documents:{name}", args=[document.pk]) for name in names]


def stored(**values) -> Document:
    digest, size = store.keep([b"# Brev"], ".md")
    return DocumentFactory.create(file_digest=digest, file_size=size, **values)


@pytest.mark.parametrize("values", [{"status": "in_review"}, {"status": "published", **EXEMPT}])
def test_what_is_not_public_is_not_there_for_the_public(client, values):
    document = stored(**values)
    public = stored(status="published", year=2020, addressee=document.addressee, follows=document)
    RequirementFactory.create(document=document, is_public=False, quote="Hemmelig krav om skjerming.")
    for address in addresses(document):
        assert client.get(address).status_code == 404, address
    assert client.get(f"{addresses(public)[3]}?med={document.pk}").status_code == 404
    for address in (reverse("documents:list"), addresses(public)[0], addresses(public)[3]):
        page = text_of(client.get(address))
        assert document.title not in page, address
        assert "Hemmelig krav" not in page
    rows = file_of(client.get(reverse("documents:list_file", args=["json"])))
    assert [row["id"] for row in json.loads(rows)["documents"]] == [public.pk]


def test_the_public_reads_everything_of_a_published_document(client):
    document = stored(status="published")
    RequirementFactory.create(document=document)
    for address in addresses(document)[:4]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert file_of(response) if response.streaming else response.content
    assert client.get(reverse("documents:review", args=[document.pk])).status_code == 302


def test_an_exempt_requirement_of_an_open_document_is_counted_only_for_members(client):
    document = stored(status="published")
    RequirementFactory.create(document=document)
    RequirementFactory.create(document=document, is_public=False, quote="Unntatt krav.", **EXEMPT)
    for address in addresses(document)[:1] + addresses(document)[3:4]:
        assert "Unntatt krav" not in text_of(client.get(address))
    assert text_of(client.get(reverse("documents:text", args=[document.pk]))).count('class="tr-mark"') == 1
    client.force_login(person_with("employee", document.addressee))
    assert text_of(client.get(reverse("documents:text", args=[document.pk]))).count('class="tr-mark"') >= 1


def test_the_original_is_always_a_download(client):
    document = stored(status="published", file_name="brev «2026».md")
    response = client.get(reverse("documents:file", args=[document.pk]))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert file_of(response) == b"# Brev"


def test_an_original_that_is_gone_is_not_found(client):
    document = DocumentFactory.create(status="published")
    assert client.get(reverse("documents:file", args=[document.pk])).status_code == 404


def test_nobody_sees_names_without_signing_in(client, manager, bodies):
    document = DocumentFactory.create(imposing_body=bodies[0], addressee=bodies[1])
    client.force_login(manager)
    client.post(reverse("documents:advance", args=[document.pk, "publish"]))
    address = reverse("documents:detail", args=[document.pk])
    assert manager.name in text_of(client.get(address)).split("tr-timeline")[1]
    client.logout()
    assert manager.name not in text_of(client.get(address))


# Steps


@pytest.mark.parametrize(
    ("status", "action", "after"),
    [
        ("failed", "retry", "received"),
        ("in_review", "publish", "published"),
        ("published", "reopen", "in_review"),
        ("in_review", "withdraw", "withdrawn"),
    ],
)
def test_steps(signed_in, bodies, queued, status, action, after):
    document = DocumentFactory.create(status=status, imposing_body=bodies[0], addressee=bodies[1])
    page = text_of(signed_in.get(reverse("documents:detail", args=[document.pk])))
    address = reverse("documents:advance", args=[document.pk, action])
    assert address in page
    response = signed_in.post(address)
    document.refresh_from_db()
    assert (response.status_code, document.status) == (302, after)
    assert queued == ([document.pk] if action == "retry" else [])


def test_a_step_that_is_not_possible_any_more_says_so(signed_in, bodies):
    document = DocumentFactory.create(status="published", imposing_body=bodies[0], addressee=bodies[1])
    assert signed_in.post(reverse("documents:advance", args=[document.pk, "publish"])).status_code == 409


def test_no_person_makes_the_steps_of_the_reader(signed_in, bodies):
    document = DocumentFactory.create(status="received", imposing_body=bodies[0], addressee=bodies[1])
    assert (
        signed_in.post(reverse("documents:advance", args=[document.pk, "start_reading"])).status_code == 404
    )
    assert signed_in.get(reverse("documents:advance", args=[document.pk, "withdraw"])).status_code == 405


def test_an_employee_sees_what_cannot_be_done_and_why(client):
    document = DocumentFactory.create()
    client.force_login(person_with("employee", document.addressee))
    page = text_of(client.get(reverse("documents:detail", args=[document.pk])))
    assert reverse("documents:advance", args=[document.pk, "publish"]) not in page
    assert client.post(reverse("documents:advance", args=[document.pk, "publish"])).status_code == 403


# While it is read


def test_progress_is_asked_for_until_the_reading_is_done(signed_in, bodies):
    document = DocumentFactory.create(
        status="reading", imposing_body=bodies[0], addressee=bodies[1], progress_done=3, progress_total=9
    )
    page = text_of(signed_in.get(reverse("documents:detail", args=[document.pk])))
    assert 'http-equiv="refresh"' in page
    assert 'hx-trigger="every 1s"' in page
    assert 'value="3"' in page
    assert 'max="9"' in page
    address = reverse("documents:progress", args=[document.pk])
    part = signed_in.get(address, headers={"HX-Request": "true"})
    assert "hx-get" in text_of(part)
    assert "HX-Refresh" not in part.headers
    Document.objects.update(status="in_review")
    part = signed_in.get(address, headers={"HX-Request": "true"})
    assert "hx-get" not in text_of(part)
    assert part.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "code",
    [
        "empty",
        "unsupported",
        "wrong_type",
        "damaged",
        "encrypted",
        "no_text",
        "too_large",
        "too_many_pages",
        "too_slow",
        "too_much_memory",
        "not_found",
        "not_text",
    ],
)
def test_why_it_failed_is_said_in_the_readers_language(signed_in, bodies, language, code):
    document = DocumentFactory.create(
        status="failed",
        failure_code=code,
        failure_message="INTERN MELDING",
        imposing_body=bodies[0],
        addressee=bodies[1],
    )
    address = reverse("documents:detail", args=[document.pk])
    page = text_of(signed_in.get(address, headers={"Accept-Language": language}))
    assert "INTERN MELDING" not in page
    assert re.search(r'role="alert"', page)
    assert reverse("documents:advance", args=[document.pk, "retry"]) in page


# The list


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Brev A", "Brev B", "Brev C"}),
        ("year=2025", {"Brev B"}),
        ("kind=guidelines", {"Brev C"}),
        ("q=brev+a", {"Brev A"}),
        ("status=withdrawn", {"Trukket"}),
        ("year=fjor&kind=x&body=y&status=z", {"Brev A", "Brev B", "Brev C"}),
        ("year=1066", set()),
    ],
)
def test_filters_in_the_address_hold_for_the_page_and_the_files(signed_in, bodies, query, titles):
    both = {"imposing_body": bodies[0], "addressee": bodies[1]}
    DocumentFactory.create(title="Brev A", **both)
    DocumentFactory.create(title="Brev B", year=2025, **both)
    DocumentFactory.create(title="Brev C", kind="guidelines", **both)
    DocumentFactory.create(title="Trukket", status="withdrawn", **both)
    page = signed_in.get(f"{reverse('documents:list')}?{query}")
    assert {line.document.title for line in page.context["lines"]} == titles
    file = signed_in.get(f"{reverse('documents:list_file', args=['json'])}?{query}")
    assert {row["title"] for row in json.loads(file_of(file))["documents"]} == titles
    sheet = file_of(signed_in.get(f"{reverse('documents:list_file', args=['csv'])}?{query}"))
    assert sheet.decode("utf-8-sig").count("\r\n") == len(titles) + 1
    assert file_of(signed_in.get(f"{reverse('documents:list_file', args=['xlsx'])}?{query}")).startswith(
        b"PK"
    )


def test_the_list_filters_by_body(client):
    one, other = (DocumentFactory.create(status="published") for _ in range(2))
    page = client.get(reverse("documents:list"), {"body": one.addressee_id})
    assert [line.document for line in page.context["lines"]] == [one]
    page = client.get(reverse("documents:list"), {"body": other.imposing_body_id})
    assert [line.document for line in page.context["lines"]] == [other]


def test_an_unknown_kind_of_file_is_not_found(client):
    assert client.get(reverse("documents:list_file", args=["exe"])).status_code == 404


def test_the_empty_list_says_what_would_be_there(client, signed_in):
    assert reverse("documents:upload") in text_of(signed_in.get(reverse("documents:list")))
    signed_in.logout()
    assert reverse("documents:upload") not in text_of(client.get(reverse("documents:list")))


def test_the_list_asks_as_much_of_the_database_with_many_rows(client, django_assert_max_num_queries):
    for _ in range(2):
        for _ in range(8):
            document = DocumentFactory.create(status="published")
            RequirementFactory.create_batch(3, document=document)
        with django_assert_max_num_queries(9):
            client.get(reverse("documents:list"))


def test_a_document_asks_as_much_of_the_database_with_many_requirements(
    client, django_assert_max_num_queries
):
    before = DocumentFactory.create(status="published", year=2025)
    document = DocumentFactory.create(status="published", follows=before)
    for _ in range(2):
        RequirementFactory.create_batch(15, document=document)
        RequirementFactory.create_batch(15, document=before)
        for name, most in (("detail", 8), ("text", 4), ("changes", 7)):
            with django_assert_max_num_queries(most):
                client.get(reverse(f"documents:{name}", args=[document.pk]))


# Facts


def test_two_years_side_by_side(client):
    old = DocumentFactory.create(status="published", year=2025)
    new = DocumentFactory.create(status="published", year=2026, follows=old, addressee=old.addressee)
    for document, quotes in (
        (
            old,
            [
                ("goal", "Barn i Fjordvik har gode og trygge oppvekstvilkår."),
                ("goal", "Eldre bor trygt hjemme så lenge de ønsker det selv."),
                ("reporting", "Etaten skal rapportere om sykefraværet hvert halvår."),
            ],
        ),
        (
            new,
            [
                ("goal", "Barn i Fjordvik har gode og trygge oppvekstvilkår."),
                ("reporting", "Etaten skal rapportere om sykefraværet hver eneste måned."),
                ("activity", "Etaten skal bygge opp en ny avdeling for innkjøp av kontorutstyr."),
            ],
        ),
    ):
        for kind, quote in quotes:
            RequirementFactory.create(document=document, requirement_class=kind, quote=quote)
    response = client.get(reverse("documents:changes", args=[new.pk]))
    changes = response.context["changes"]
    assert [line.text[:4] for line in changes.kept] == ["Barn"]
    assert "<del>hvert halvår</del>" in changes.reworded[0].difference
    assert "<ins>" in changes.reworded[0].difference
    assert [line.kind for line in changes.added] == ["activity"]
    assert [line.text[:5] for line in changes.gone] == ["Eldre"]
    assert (changes.before, changes.after) == (3, 3)
    assert response.context["warning"], "fewer goals and more activity is a displacement"


def test_a_document_in_review_is_compared_by_its_candidates(client):
    old = DocumentFactory.create(status="published", year=2025)
    new = DocumentFactory.create(follows=old, addressee=old.addressee)
    CandidateFactory.create(document=new)
    CandidateFactory.create(document=new, status="rejected")
    client.force_login(person_with("employee", new.addressee))
    changes = client.get(reverse("documents:changes", args=[new.pk])).context["changes"]
    assert (changes.before, changes.after) == (0, 1)


def test_a_document_that_is_not_read_cannot_be_compared(client):
    document = DocumentFactory.create(status="reading")
    client.force_login(person_with("employee", document.addressee))
    assert client.get(reverse("documents:changes", args=[document.pk])).status_code == 409


def test_without_a_predecessor_the_page_says_how_to_get_one(client):
    document = DocumentFactory.create(status="published")
    response = client.get(reverse("documents:changes", args=[document.pk]))
    assert response.status_code == 200
    assert "changes" not in response.context


@pytest.mark.parametrize("med", ["x", "0", "9" * 30, "-1"])
def test_an_odd_choice_of_document_is_no_crash(client, med):
    document = DocumentFactory.create(status="published")
    assert client.get(reverse("documents:changes", args=[document.pk]), {"med": med}).status_code in (
        200,
        404,
    )


def test_a_supplementary_letter_is_said_to_add_and_never_to_have_fewer():
    letter = DocumentFactory.create(status="published")
    RequirementFactory.create_batch(3, document=letter)
    added = DocumentFactory.create(
        status="published",
        kind="supplementary_letter",
        follows=letter,
        addressee=letter.addressee,
        imposing_body=letter.imposing_body,
    )
    RequirementFactory.create(document=added)
    for name in ("documents:detail", "documents:changes"):
        text = Client(headers={"Accept-Language": "en"}).get(reverse(name, args=[added.pk])).content.decode()
        assert "adds to the letter of the year" in text
        assert "fewer" not in text
