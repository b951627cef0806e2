"""Uploading documents and changing what is known about them: what is kept, and what bad input gets."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tillitsrom.core.openness import GROUND_CHOICES
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register.forms_documents import seen_facts
from tillitsrom.register.models import Document
from tillitsrom.register.tests.factories import DocumentFactory
from tillitsrom.register.tests.form_values import posted, text_of, upload

pytestmark = pytest.mark.django_db

EXEMPT = {"openness": "exempt", "exempt_ground": "x", "exempt_review_on": "2030-01-01"}


def test_one_file_leads_to_its_own_page_and_into_the_queue(signed_in, bodies, queued):
    response = upload(signed_in, bodies, ("tildelingsbrev-2026.md", b"# Brev"))
    document = Document.objects.get()
    assert response.headers["Location"] == reverse("documents:detail", args=[document.pk])
    assert document.title == "Tildelingsbrev 2026"
    assert queued == [document.pk]


def test_of_several_files_the_good_are_kept_and_the_bad_are_named(signed_in, bodies, queued):
    response = upload(signed_in, bodies, ("a.md", b"# A"), ("b.exe", b"MZ"), ("c.md", b""), ("d.md", b"# D"))
    assert response.headers["Location"] == reverse("documents:list")
    assert sorted(Document.objects.values_list("file_name", flat=True)) == ["a.md", "d.md"]
    assert len(queued) == 2
    page = text_of(signed_in.get(response.headers["Location"]))
    assert "b.exe" in page
    assert "c.md" in page


def test_only_bad_files_give_the_form_again_with_what_was_typed(signed_in, bodies, queued):
    response = upload(signed_in, bodies, ("b.exe", b"MZ"), title="Mitt brev", year="2031")
    assert response.status_code == 422
    page = text_of(response)
    assert "b.exe" in page
    assert 'value="Mitt brev"' in page
    assert 'value="2031"' in page
    assert not Document.objects.exists()
    assert queued == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", "tjuefem"),
        ("year", "12"),
        ("addressee", ""),
        ("imposing_body", "999999"),
        ("kind", "love_letter"),
        ("follows", "999999"),
    ],
)
def test_a_wrong_fact_is_told_beside_its_field_and_nothing_is_saved(signed_in, bodies, queued, field, value):
    response = upload(signed_in, bodies, ("a.md", b"# A"), **{field: value, "title": "Beholdt"})
    page = text_of(response)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert 'value="Beholdt"' in page
    assert not Document.objects.exists()


def test_no_file_is_an_error_of_its_own(signed_in, bodies):
    response = upload(signed_in, bodies)
    assert response.status_code == 422
    assert 'id="id_documents_error"' in text_of(response)


def test_an_exemption_asks_for_its_basis_and_a_day_to_come(signed_in, bodies, queued):
    today = timezone.localdate().isoformat()
    page = text_of(upload(signed_in, bodies, ("a.md", b"# A"), openness="exempt", exempt_review_on=today))
    assert 'id="id_exempt_ground_error"' in page
    assert 'id="id_exempt_review_on_error"' in page
    ground = GROUND_CHOICES()[0][0]
    upload(
        signed_in,
        bodies,
        ("a.md", b"# A"),
        openness="exempt",
        exempt_ground=ground,
        exempt_review_on="2099-01-01",
    )
    assert Document.objects.get().exempt_ground == ground


def test_an_open_document_keeps_no_leftover_basis(signed_in, bodies, queued):
    ground = GROUND_CHOICES()[0][0]
    upload(signed_in, bodies, ("a.md", b"# A"), exempt_ground=ground, exempt_review_on="2099-01-01")
    document = Document.objects.get()
    assert (document.exempt_ground, document.exempt_review_on) == ("", None)


def test_bodies_that_are_not_ones_own_are_refused_beside_the_field(signed_in, bodies, queued):
    other = OrganisationFactory.create()
    response = upload(signed_in, (bodies[0], other), ("a.md", b"# A"))
    assert response.status_code == 422
    assert 'id="id_addressee_error"' in text_of(response)


def test_more_files_than_the_limit_are_refused(signed_in, bodies, settings):
    settings.UPLOAD_MAX_FILES = 2
    response = upload(signed_in, bodies, *((f"{i}.md", b"x%d" % i) for i in range(3)))
    assert response.status_code == 422
    assert not Document.objects.exists()


def test_an_employee_is_told_who_may_upload(client, bodies):
    client.force_login(person_with("employee", bodies[1]))
    response = client.get(reverse("documents:upload"))
    assert response.status_code == 403


def test_the_public_is_asked_to_sign_in(client):
    assert client.get(reverse("documents:upload")).status_code == 302


# The gate


def test_facts_are_changed_and_kept_when_they_are_wrong(signed_in, bodies):
    document = DocumentFactory.create(imposing_body=bodies[0], addressee=bodies[1])
    address = reverse("documents:edit", args=[document.pk])
    values = {key: value for key, value in posted(bodies).items() if key != "documents"}
    values["seen"] = seen_facts(document)
    wrong = signed_in.post(address, {**values, "title": "Nytt navn", "year": "x"})
    assert wrong.status_code == 422
    assert 'value="Nytt navn"' in text_of(wrong)
    assert signed_in.post(address, {**values, "title": "Nytt navn", "year": "2025"}).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.year) == ("Nytt navn", 2025)


def test_two_who_change_the_facts_do_not_overwrite_each_other(signed_in, bodies):
    document = DocumentFactory.create(imposing_body=bodies[0], addressee=bodies[1])
    address = reverse("documents:edit", args=[document.pk])
    form = signed_in.get(address).context["form"]
    values = {key: value for key, value in posted(bodies).items() if key != "documents"}
    values |= {"title": "Mitt navn", "seen": form["seen"].value()}
    Document.objects.update(title="En annens navn")
    refused = signed_in.post(address, values)
    assert refused.status_code == 422
    assert 'value="Mitt navn"' in text_of(refused)
    document.refresh_from_db()
    assert document.title == "En annens navn"
    assert (
        signed_in.post(address, values | {"seen": refused.context["form"]["seen"].value()}).status_code == 302
    )
    document.refresh_from_db()
    assert document.title == "Mitt navn"


def test_a_document_does_not_follow_itself_or_a_later_one(signed_in, bodies):
    both = {"imposing_body": bodies[0], "addressee": bodies[1]}
    document, later = DocumentFactory.create(**both), DocumentFactory.create(year=2030, **both)
    address = reverse("documents:edit", args=[document.pk])
    values = {key: value for key, value in posted(bodies).items() if key != "documents"} | {"title": "x"}
    for other in (document, later):
        response = signed_in.post(address, {**values, "follows": other.pk})
        assert 'id="id_follows_error"' in text_of(response)


def test_last_years_letter_is_suggested_to_who_may_say_so(signed_in, bodies):
    both = {"imposing_body": bodies[0], "addressee": bodies[1]}
    before = DocumentFactory.create(year=2025, **both)
    document = DocumentFactory.create(year=2026, **both)
    page = text_of(signed_in.get(reverse("documents:detail", args=[document.pk])))
    assert f"{reverse('documents:edit', args=[document.pk])}?follows={before.pk}" in page


# Changes
