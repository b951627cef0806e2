"""The pages of signals: the form and its receipt, the answer by code, the desk, one signal and its letter."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import User
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory
from tillitsrom.signals import actions, codes
from tillitsrom.signals.actions import clockwork
from tillitsrom.signals.models import Message, Signal

from .factories import FORM, Workplace, sent, sent_confidentially, workplace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


@pytest.fixture
def place() -> Workplace:
    return workplace()


def browser(person: User | None = None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if person is not None:
        client.force_login(person, backend="tillitsrom.people.backends.EmailBackend")
    return client


def filled(place: Workplace, **values: Any) -> dict[str, Any]:
    return {
        "key": codes.new_key(), "organisation": place.organisation.pk, "what": FORM, "occasions": 1, "period": "day",
        "span": 1, "rather": "Gå tur", "unit": place.unit.pk, "way": "open", **values,
    }  # fmt: skip


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_three_answers_and_a_button_are_enough(place):
    client = browser(place.employee)
    page = text_of(client.get("/meld/"))
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    sent_form = {"key": key[1], "what": FORM, "occasions": "1", "period": "day", "span": "1", "way": "open"}
    response = client.post("/meld/", {**sent_form, "organisation": place.organisation.pk})
    assert "Your signal has arrived" in text_of(response)
    signal = Signal.objects.get()
    assert (signal.sender, signal.minutes_low, signal.minutes_high) == (place.employee, 5, 15)


def test_what_is_missing_is_said_and_what_was_written_is_kept(place):
    response = browser(place.employee).post("/meld/", filled(place, span="", what="Noe langt om et skjema"))
    assert response.status_code == 422
    assert "Noe langt om et skjema" in text_of(response)
    assert not Signal.objects.exists()


def test_sending_twice_gives_the_same_receipt(place):
    client, form = browser(place.employee), filled(place)
    client.post("/meld/", form)
    assert client.post("/meld/", form).status_code == 200
    assert Signal.objects.count() == 1


def test_open_and_confidential_look_the_same_from_outside(place):
    """The web log holds path, status and size: none of them tells which it was. Nor does a cookie."""
    client = browser(place.employee)
    client.get("/meld/")
    sessions = list(Session.objects.values())
    answers = [client.post("/meld/", filled(place, way=way)) for way in ("open", "confidential")]
    assert len({(a.status_code, len(a.content), a.headers["Content-Type"]) for a in answers}) == 1
    assert "sessionid" not in answers[1].cookies
    assert list(Session.objects.values()) == sessions


def test_a_confidential_sending_writes_one_row_and_nothing_else(place):
    client = browser(place.employee)
    client.get("/meld/")
    before = (Event.objects.count(), Notice.objects.count(), list(Session.objects.values()))
    response = client.post("/meld/", filled(place, way="confidential"))
    assert (Event.objects.count(), Notice.objects.count(), list(Session.objects.values())) == before
    code = re.search(r"<code>([^<]+)</code>", text_of(response))
    assert code is not None
    assert "no-store" in response.headers["Cache-Control"]


def test_it_can_be_sent_without_logging_in_but_not_under_a_name(place):
    client = browser()
    assert "Where do you work?" in text_of(client.get("/meld/"))
    page = text_of(client.get(f"/meld/?organisation={place.organisation.pk}"))
    assert "Openly, with my name" not in page
    assert client.post("/meld/", filled(place, way="open")).status_code == 422
    assert client.post("/meld/", filled(place, way="confidential")).status_code == 200
    assert Signal.objects.get().confidential
    assert client.get("/meldinger/").headers["Location"] == "/meld/"


def test_too_many_from_one_machine_are_stopped(place, monkeypatch):
    monkeypatch.setattr("tillitsrom.signals.views.report.PER_HOUR", 2)
    monkeypatch.setattr("tillitsrom.signals.views.reply.TRIES_A_MINUTE", 2)
    client = browser()
    statuses = [client.post("/meld/", filled(place, way="confidential")).status_code for _n in range(3)]
    assert statuses == [200, 200, 429]
    assert [client.post("/meld/svar/", {"code": "X"}).status_code for _n in range(3)] == [422, 422, 429]


def test_the_code_shows_the_answer_and_carries_the_talk(place):
    found = sent_confidentially(place)
    Signal.objects.filter(pk=found.signal.pk).update(
        week=found.signal.week - timedelta(weeks=1), opens_on=found.signal.week
    )
    clockwork.open_the_week()
    signal = Signal.objects.get()
    actions.answer(
        actor=place.top, signal=signal, version=signal.version, outcome="kept", reason="Tilsynet krever det."
    )
    client = browser()
    assert client.post("/meld/svar/", {"code": "ABCDE"}).status_code == 422
    page = client.post("/meld/svar/", {"code": found.code})
    assert "Tilsynet krever det." in text_of(page)
    for _twice in range(2):
        page = client.post("/meld/svar/", {"code": found.code, "text": "Hvem i tilsynet?", "reopen": "1"})
    assert "Your message is stored" in text_of(page)
    message = Message.objects.get()
    assert (message.confidential, message.sent_at, message.reopens) == (True, None, True)
    assert not Session.objects.exists()


def test_others_who_say_the_same_are_shown_while_one_writes_and_in_a_fixed_size(place):
    first = sent(place)
    client = browser(place.colleague)
    found = client.post("/meld/likt/", {"what": FORM, "organisation": place.organisation.pk})
    assert "says the same" in text_of(found)
    assert place.employee.name not in text_of(found)
    nothing = client.post("/meld/likt/", {"what": "Helt andre ting", "organisation": place.organisation.pk})
    assert len(found.content) == len(nothing.content)
    done = client.post(f"/meldinger/{first.pk}/ogsa-meg/", headers={"HX-Request": "true"})
    assert "You are counted" in text_of(done)
    assert client.post(f"/meldinger/{first.pk}/ogsa-meg/", {"undo": "1"}).status_code == 302
    first.refresh_from_db()
    assert first.me_too_count == 0
    receipt = client.post("/meld/", filled(place))
    assert "says the same" in text_of(receipt)


def test_requirements_are_found_by_words_and_proposed_from_the_text(place):
    from tillitsrom.register import search
    from tillitsrom.register.actions.review import searchable

    requirement = RequirementFactory.create(
        document=DocumentFactory.create(addressee=place.organisation, status="published"),
        quote="Sykehjemmet skal fylle ut skjema for medisin.",
    )
    search.index([(requirement.pk, searchable(requirement))])
    client = browser(place.employee)
    by_word = client.post(
        "/meld/krav/", {"requirement_words": "medisin", "organisation": place.organisation.pk}
    )
    by_text = client.post(
        "/meld/krav/", {"what": "Skjemaet om medisin tar tid", "organisation": place.organisation.pk}
    )
    nothing = client.post(
        "/meld/krav/", {"requirement_words": "finnesikke", "organisation": place.organisation.pk}
    )
    assert "Sykehjemmet skal fylle ut" in text_of(by_word)
    assert "Sykehjemmet skal fylle ut" in text_of(by_text)
    assert "No requirement with these words" in text_of(nothing)
    without_script = client.post("/meld/", filled(place, find="1", requirement_words="medisin"))
    assert "Sykehjemmet skal fylle ut" in text_of(without_script)
    client.post("/meld/", filled(place, requirement=requirement.pk))
    assert Signal.objects.get().requirement == requirement
    page = text_of(browser().get(f"/krav/{requirement.pk}/"))
    assert f"/meld/?krav={requirement.pk}" in page
    assert "A few have reported" in page
    assert "Sykehjemmet" in text_of(client.get(f"/meld/?krav={requirement.pk}"))


def test_the_desk_shows_what_waits_oldest_promise_first_and_no_names(place):
    late, later = sent(place, what="Første skjema"), sent(place, what="Andre skjema")
    Signal.objects.filter(pk=late.pk).update(promised_on=timezone.localdate() - timedelta(days=1))
    page = text_of(browser(place.manager).get("/meldinger/"))
    assert page.index("Første skjema") < page.index("Andre skjema")
    assert "Late" in page
    assert place.employee.name not in page
    assert "Andre skjema" in text_of(browser(place.manager).get("/meldinger/?vis=venter"))
    mine = text_of(browser(place.employee).get("/meldinger/"))
    assert "Waits for your answer" not in mine
    assert later.title in text_of(browser(place.employee).get("/meldinger/mine/"))
    assert "Første skjema" in text_of(browser(place.manager).get("/"))


def test_a_step_that_may_not_be_taken_says_why(place):
    signal = sent(place)
    actions.me_too(actor=place.colleague, signal=signal)
    client = browser(place.colleague)
    page = text_of(client.get(f"/meldinger/{signal.pk}/"))
    assert "Only the owner of the signal and the managers above may do this." in page
    assert place.employee.name not in page
    assert client.post(f"/meldinger/{signal.pk}/steg/assess/", {"assess-lane": "clarify"}).status_code == 403
    assert client.post(f"/meldinger/{signal.pk}/ord/", {"text": "Hei"}).status_code == 403
    assert browser(workplace().manager).get(f"/meldinger/{signal.pk}/").status_code == 404


def test_two_handlers_at_once_and_what_the_second_wrote_is_kept(place):
    signal = sent(place)
    first, second = browser(place.manager), browser(place.top)
    first.post(f"/meldinger/{signal.pk}/steg/assess/", {"assess-version": 1, "assess-lane": "clarify"})
    answer = {"answer-version": 1, "answer-outcome": "kept", "answer-reason": "En lang begrunnelse"}
    stopped = second.post(f"/meldinger/{signal.pk}/steg/answer/", answer)
    assert stopped.status_code == 409
    assert "En lang begrunnelse" in text_of(stopped)
    signal.refresh_from_db()
    assert (signal.status, signal.version) == ("assessed", 2)
    assert (
        second.post(f"/meldinger/{signal.pk}/steg/answer/", {**answer, "answer-version": 2}).status_code
        == 302
    )
    assert (
        second.post(f"/meldinger/{signal.pk}/steg/answer/", {**answer, "answer-version": 3}).status_code
        == 409
    )
    assert second.post(f"/meldinger/{signal.pk}/steg/nothing/").status_code == 404


def test_talk_put_together_and_take_apart(place):
    first, second = sent(place), sent(place, place.colleague)
    client = browser(place.manager)
    page = text_of(client.get(f"/meldinger/{second.pk}/"))
    assert "Shares the words" in page
    client.post(f"/meldinger/{second.pk}/samle/", {"version": 1, "other": first.pk})
    assert "Answered together with" in text_of(client.get(f"/meldinger/{second.pk}/"))
    second.refresh_from_db()
    client.post(f"/meldinger/{second.pk}/skill/", {"version": second.version})
    second.refresh_from_db()
    assert second.group is None
    client.post(f"/meldinger/{second.pk}/ord/", {"text": "Hvilket skjema?"})
    assert "Hvilket skjema?" in text_of(browser(place.colleague).get(f"/meldinger/{second.pk}/"))
    assert client.post(f"/meldinger/{second.pk}/ord/", {"text": ""}).status_code == 422


def test_passing_on_to_a_body_outside_makes_a_letter_without_names(place):
    from docx import Document as WordFile

    signal = sent(place, proposal="Bruk journalen")
    client = browser(place.manager)
    given = {
        "transfer-version": 1,
        "transfer-transferred_to": "Tilsynet & co <Oslo>",
        "transfer-reason": "De krever det.",
    }
    assert client.get(f"/meldinger/{signal.pk}/brev/").status_code == 404
    client.post(f"/meldinger/{signal.pk}/steg/transfer/", given)
    page = text_of(client.get(f"/meldinger/{signal.pk}/brev/"))
    assert "Tilsynet &amp; co &lt;Oslo&gt;" in page
    file = client.get(f"/meldinger/{signal.pk}/brev.docx")
    words = "\n".join(p.text for p in WordFile(BytesIO(file.content)).paragraphs)
    assert "Tilsynet & co <Oslo>" in words
    assert "Bruk journalen" in words
    assert place.employee.name not in words
    assert zipfile.ZipFile(BytesIO(file.content)).testzip() is None
    assert browser(place.employee).get(f"/meldinger/{signal.pk}/brev/").status_code == 403


def test_giving_to_another_body_finds_who_leads_it(place):
    other, signal = workplace(), sent(place)
    data = {
        "pass_on-version": 1,
        "pass_on-owner": f"o{other.organisation.pk}",
        "pass_on-note": "Dette er deres.",
    }
    assert browser(place.manager).post(f"/meldinger/{signal.pk}/steg/pass_on/", data).status_code == 302
    signal.refresh_from_db()
    assert signal.owner == other.top
    assert browser(other.top).get(f"/meldinger/{signal.pk}/").status_code == 200
