"""The pages of bodies, meetings and minutes, and their files."""

import hashlib
import io
import re
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import cases, minutes
from tillitsrom.cooperation.models import Body, Case, Contact, Meeting, Minutes
from tillitsrom.cooperation.papers.blocks import Block, Kind, Paper, paper_of
from tillitsrom.cooperation.papers.pdf_a import pdf
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.rulesets.tests.factories import agreement, body
from tillitsrom.web.desk import sections

from .factories import classified
from .meeting_factories import called, minutes_in, planned

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form_of(page: Any, action: str) -> dict[str, str]:
    """What the hidden fields of a form hold."""
    text = page.content.decode()
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', text, re.DOTALL)
    assert found, f"no form to {action}"
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[0]))


def test_a_meeting_from_the_case_to_approved_minutes():
    place = body()
    agreement(place, "in_force")
    case = classified(place)
    client = signed_in(place.manager)
    page = client.get(reverse("cooperation:meeting_plan"), {"sak": case.pk})
    assert page.status_code == 200
    on = timezone.localdate() + timedelta(days=20)
    answer = client.post(
        reverse("cooperation:meeting_plan") + f"?sak={case.pk}",
        {
            "form": "discussion",
            "on": on.isoformat(),
            "place": "Rom 1",
            "starts_at": "12:30",
            "agenda": [case.pk],
        },
    )
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == reverse("cooperation:meeting", args=[meeting.pk])
    url = reverse("cooperation:meeting_advance", args=[meeting.pk, "call"])
    assert client.post(url, {"call-version": meeting.version}).status_code == 302
    Meeting.objects.update(on=timezone.localdate())
    meeting.refresh_from_db()
    _attend(client, place, meeting)
    meeting.refresh_from_db()
    url = reverse("cooperation:meeting_advance", args=[meeting.pk, "hold"])
    assert client.post(url, {"hold-version": meeting.version}).status_code == 302
    answer = client.post(reverse("cooperation:minutes_start", args=[meeting.pk, case.pk]))
    row = Minutes.objects.get()
    assert answer.headers["Location"] == reverse("cooperation:minutes", args=[row.pk])
    client.post(
        reverse("cooperation:minutes_write", args=[row.pk]),
        {"text-version": row.version, "text-text": "Vi slutter."},
    )
    row.refresh_from_db()
    client.post(reverse("cooperation:minutes_advance", args=[row.pk, "send"]), {"version": row.version})
    for person in (place.manager, place.representative):
        own = signed_in(person)
        url = reverse("cooperation:minutes_advance", args=[row.pk, "approve"])
        data = form_of(own.get(reverse("cooperation:minutes", args=[row.pk])), url)
        assert own.post(url, data).status_code == 302
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.status, case.status) == (Minutes.Status.APPROVED, Case.Status.HELD)


def _attend(client, place, meeting):
    url = reverse("cooperation:meeting_attend", args=[meeting.pk])
    assert client.get(url).status_code == 200
    data = {"version": meeting.version, "form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    for number, (person, party) in enumerate(place.signers[:2]):
        data |= {
            f"form-{number}-name": person.name,
            f"form-{number}-side": party.side,
            f"form-{number}-party": party.pk,
            f"form-{number}-present": "on",
        }
    assert client.post(url, data).status_code == 302
    assert meeting.attendance.count() == 2


def test_writing_at_once_shows_both_texts_and_lets_one_put_them_together():
    place = body()
    row = minutes_in(place, "drafted", classified(place))
    seen = row.version
    minutes.write(actor=place.manager, minutes=row, version=seen, text="Sjefens linje.")
    client = signed_in(place.representative)
    url = reverse("cooperation:minutes_write", args=[row.pk])
    answer = client.post(url, {"text-version": seen, "text-text": "Min linje."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sjefens linje." in page
    assert "Min linje." in page
    fragment = client.post(
        url, {"text-version": seen, "text-text": "Min linje."}, headers={"HX-Request": "true"}
    )
    words = fragment.content.decode()
    assert "Sjefens linje." in words
    assert f'value="{seen}"' in words, "saving by itself must not write over the other text next time"
    row.refresh_from_db()
    assert row.text == "Sjefens linje."
    client.post(url, {"text-version": [seen, row.version], "text-text": "Begge linjer."})
    row.refresh_from_db()
    assert row.text == "Begge linjer."


def test_saving_by_itself_answers_with_the_next_version():
    place = body()
    row = minutes_in(place, "drafted", classified(place))
    client = signed_in(place.manager)
    url = reverse("cooperation:minutes_view", args=[row.pk, place.employer.pk])
    prefix = f"view-{place.employer.pk}"
    data = {f"{prefix}-version": 0, f"{prefix}-text": "Vi vil slutte."}
    answer = client.post(url, data, headers={"HX-Request": "true"})
    assert f'name="{prefix}-version" value="1"' in answer.content.decode()
    answer = client.post(url, {**data, f"{prefix}-text": "Noe annet."})
    assert answer.status_code == 409
    assert "Vi vil slutte." in answer.content.decode()


def test_the_reason_for_a_late_call_is_asked_for_and_shown():
    place = body()
    meeting = planned(place, classified(place), on=timezone.localdate() + timedelta(days=2))
    client = signed_in(place.manager)
    url = reverse("cooperation:meeting_advance", args=[meeting.pk, "call"])
    assert client.post(url, {"call-version": meeting.version}).status_code == 422
    answer = client.post(
        url, {"call-version": meeting.version, "call-late_reason": "Det haster."}, follow=True
    )
    assert "Det haster." in answer.content.decode()


def test_an_exempt_case_on_the_agenda_is_not_named_to_a_colleague():
    place = body()
    case = classified(place)
    meeting = called(place, case)
    Case.objects.update(openness="exempt", exempt_ground="OFFL-15-1", exempt_review_on=meeting.on)
    colleague = person_with(Role.EMPLOYEE, place.organisation)
    for name in ("meeting", "meeting_ics"):
        page = signed_in(colleague).get(reverse(f"cooperation:{name}", args=[meeting.pk])).content.decode()
        assert case.question not in page
    answer = signed_in(place.representative).get(reverse("cooperation:meeting", args=[meeting.pk]))
    assert case.question in answer.content.decode()


def test_the_calendar_file_has_the_day_and_the_agenda():
    place = body()
    case = classified(place)
    meeting = called(place, case)
    text = (
        signed_in(place.manager).get(reverse("cooperation:meeting_ics", args=[meeting.pk])).content.decode()
    )
    assert f"{meeting.on:%Y%m%d}" in text
    assert case.number in text.replace("\r\n ", "")


def test_bodies_and_seats_by_the_forms():
    place = body()
    client = signed_in(place.representative)
    url = reverse("cooperation:body_new", args=[place.organisation.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": ""}).status_code == 422
    client.post(url, {"name": "IDF-møtet", "kind": "idf", "line": "decision", "valid_from": "2026-01-01"})
    row = Body.objects.get()
    seat = reverse("cooperation:seat_new", args=[row.pk])
    client.post(seat, {"side": "employees", "title": "Tillitsvalgt", "valid_from": "2026-01-01"})
    page = client.get(reverse("cooperation:body", args=[row.pk])).content.decode()
    assert "Tillitsvalgt" in page
    assert client.get(reverse("cooperation:bodies")).status_code == 200
    one = row.seats.get()
    assert client.post(reverse("cooperation:seat_end", args=[row.pk, one.pk])).status_code == 302
    one.refresh_from_db()
    assert one.valid_to == timezone.localdate()


def test_a_talk_is_logged_by_the_form():
    place = body()
    case = classified(place)
    client = signed_in(place.manager)
    url = reverse("cooperation:contact_new", args=[place.organisation.pk])
    assert client.get(url, {"sak": case.pk}).status_code == 200
    data = {"on": "2026-01-02", "parties": [place.union.pk], "about": "Ringte om datoen", "case": case.pk}
    assert client.post(url, data).headers["Location"] == reverse("cooperation:case", args=[case.pk])
    assert Contact.objects.get().case == case
    assert "Ringte om datoen" in client.get(reverse("cooperation:contacts")).content.decode()


@pytest.mark.parametrize(("status", "offered"), [("drafted", True), ("sent", False)])
def test_noting_who_came_is_offered_until_the_minutes_are_sent(status, offered):
    place = body()
    row = minutes_in(place, status, classified(place))
    page = signed_in(place.manager).get(reverse("cooperation:meeting", args=[row.meeting_id]))
    assert (reverse("cooperation:meeting_attend", args=[row.meeting_id]) in page.content.decode()) is offered


@pytest.mark.parametrize("name", ["meetings", "bodies", "contacts"])
def test_the_rooms_beside_the_cases_lie_behind_the_same_door(name):
    text = signed_in(body().manager).get(reverse(f"cooperation:{name}")).content.decode()
    assert re.search(r'<a class="tr-door" href="/saker/" aria-current="true">', text)
    assert text.count('class="tr-door" href="/saker/" aria-current') == 1


@pytest.mark.parametrize("name", ["meeting", "meeting_edit", "meeting_agenda"])
def test_others_do_not_find_the_meeting(name):
    place = body()
    row = planned(place)
    stranger = person_with(Role.MANAGER, OrganisationFactory.create())
    assert signed_in(stranger).get(reverse(f"cooperation:{name}", args=[row.pk])).status_code == 404


def test_the_desk_says_which_minutes_wait_and_which_meeting_comes():
    place = body()
    minutes_in(place, "sent", classified(place))
    planned(place)
    keys = {one.key for one in sections(place.representative, timezone.localdate())}
    assert "minutes_waiting" in keys
    keys = {one.key for one in sections(place.manager, timezone.localdate())}
    assert {"minutes_waiting", "meetings_coming"} <= keys


# --- files ---------------------------------------------------------------------------------------------------------


def test_a_pdf_keeps_what_pdf_a_asks_for():
    long = "Vi ble enige om å slutte. " * 60
    blocks = (
        Block(Kind.TITLE, "Referat: Skal vi slutte?"),
        *(Block(Kind.PARAGRAPH, long) for _n in range(9)),
    )
    made = pdf(Paper("Referat", "nb-NO", timezone.localdate(), blocks))
    assert made == pdf(Paper("Referat", "nb-NO", timezone.localdate(), blocks)), (
        "the same text, the same file"
    )
    for needed in (
        b"/OutputIntents", b"/GTS_PDFA1", b"/DestOutputProfile", b"<pdfaid:part>2</pdfaid:part>",
        b"<pdfaid:conformance>B</pdfaid:conformance>", b"/Lang (nb-NO)", b"/StructTreeRoot", b"/MarkInfo", b"/ID",
    ):  # fmt: skip
        assert needed in made
    for forbidden in (b"/Encrypt", b"/JavaScript", b"/Helvetica", b"/AA ", b"/EmbeddedFile", b"/SMask"):
        assert forbidden not in made
    fonts = made.count(b"/Type /FontDescriptor")
    assert fonts == made.count(b"/FontFile2") == 2
    with pypdfium2.PdfDocument(made) as document:
        assert len(document) > 1
        text = document[0].get_textpage().get_text_range()
    assert text.startswith("Referat: Skal vi slutte?")
    assert "Vi ble enige om å slutte." in text.replace("\r\n", " ")


def test_letters_that_the_font_lacks_are_still_readable_and_words_without_end_fit():
    blocks = (Block(Kind.PARAGRAPH, "Sámi čđŋšŧž 漢 \x00"), Block(Kind.PARAGRAPH, "a" * 400))
    with pypdfium2.PdfDocument(pdf(Paper("x", "nb-NO", timezone.localdate(), blocks))) as document:
        text = document[0].get_textpage().get_text_range()
    assert "Sámi čđ" in text
    assert "n" in text, "a letter that the font lacks is written as its nearest"
    assert text.count("a") == 400


@pytest.mark.parametrize(("name", "start"), [("pdf", b"%PDF-1.7"), ("docx", b"PK"), ("text", b"Referat")])
def test_the_files_of_minutes(name, start):
    place = body()
    row = minutes_in(place, "approved", classified(place))
    answer = signed_in(place.manager).get(reverse(f"cooperation:minutes_{name}", args=[row.pk]))
    assert answer.content.startswith(start)
    assert "attachment" in answer.headers["Content-Disposition"]
    if name == "text":
        assert hashlib.sha256(answer.content).hexdigest() == rules.digest(row)


def test_the_word_file_has_headings_and_the_approvals():
    from docx import Document

    place = body()
    row = minutes_in(place, "approved", classified(place))
    answer = signed_in(place.manager).get(reverse("cooperation:minutes_docx", args=[row.pk]))
    found = Document(io.BytesIO(answer.content))
    words = [one.text for one in found.paragraphs]
    style = found.paragraphs[0].style
    assert style is not None
    assert style.name == "Heading 1"
    assert any(place.union.name in one and rules.digest(row) not in one for one in words)
    assert any(rules.digest(row) in one for one in words)
    assert not any(place.representative.name in block.text for block in paper_of(row).blocks)


def test_the_public_gets_the_minutes_when_the_case_is_closed_and_not_before():
    place = body()
    case = classified(place)
    row = minutes_in(place, "approved", case)
    url = reverse("cooperation:minutes", args=[row.pk])
    assert Client().get(url).status_code == 404
    case.refresh_from_db()
    case = cases.decide(
        actor=place.manager,
        case=case,
        version=case.version,
        decision="Vi slutter.",
        reason="Det står i journalen.",
    )
    cases.close(actor=place.manager, case=case, version=case.version)
    page = Client().get(url)
    assert page.status_code == 200
    assert place.representative.name not in page.content.decode()
    assert rules.minutes_visible_to(AnonymousUser()).get() == row
