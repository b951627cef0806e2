"""The pages of calls for input: asking, drafting, answering, going through; what is wrong is said, and others find nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.signals.actions import calls, statements
from tillitsrom.signals.models import InputCall, Signal, Statement

from .call_story import OFTEN, Story, asked, delivered, story, written

pytestmark = pytest.mark.django_db


def _text(answer) -> str:
    return str(answer.content.decode())


def test_asking(client):
    tale = story()
    client.force_login(tale.place.colleague)
    assert "Bare ledere og tillitsvalgte" in _text(client.get(reverse("signals:calls")))
    assert client.get(reverse("signals:call_ask")).status_code == 403
    client.force_login(tale.asker)
    url = reverse("signals:call_ask")
    page = client.get(url)
    offered = [
        code for _body, there in page.context["form"].fields["of"].choices[1:] for code, _name in there
    ]
    # Unions, and nobody of the asker's own side at the same workplace.
    assert f"{tale.place.organisation.pk}-0-{tale.union.pk}" in offered
    assert not [
        code for code in offered if code.startswith(f"{tale.place.organisation.pk}-") and code.endswith("-0")
    ]
    place = tale.place.organisation.pk
    posted = {
        "by": f"{place}-{tale.place.unit.pk}-0", "of": f"{place}-0-{tale.union.pk}", "question": "Hva tar tid?",
        "why": "Vi vil begynne et sted.", "fewest": 5, "most": 6, "due_on": timezone.localdate() + timedelta(days=9),
    }  # fmt: skip
    for wrong in (
        {"of": ""},
        {"of": "x"},
        {"question": ""},
        {"most": 2},
        {"due_on": "i morgen"},
        {"due_on": "2020-01-01"},
    ):
        assert client.post(url, {**posted, **wrong}).status_code == 422, wrong
    assert not InputCall.objects.exists()
    answer = client.post(url, posted)
    call = InputCall.objects.get()
    assert answer.url == reverse("signals:call", args=[call.pk])
    assert "Hva tar tid?" in _text(client.get(reverse("signals:calls")))
    assert "Hva tar tid?" in _text(client.get("/"))
    client.force_login(tale.owner)
    assert "Hva tar tid?" in _text(client.get("/"))
    for outsider in (tale.place.colleague, tale.other):
        client.force_login(outsider)
        assert client.get(answer.url).status_code == 404
        assert "Hva tar tid?" not in _text(client.get(reverse("signals:calls")))


def test_writing_and_answering(client):
    tale = story()
    call = asked(tale)
    client.force_login(tale.owner)
    page, new = reverse("signals:call", args=[call.pk]), reverse("signals:statement_new", args=[call.pk])
    assert "Ingen er skrevet ennå" in _text(client.get(page))
    words = {"problem": "Dobbel føring", "who": "Lærere", "remedy": ""}
    assert client.post(new, {**words, "who": ""}).status_code == 422
    assert client.post(new, words).status_code == 302
    row = Statement.objects.get()
    change = reverse("signals:statement", args=[call.pk, row.pk])
    assert "Dobbel føring" in _text(client.get(change))
    stopped = client.post(change, {**words, "problem": "Noe helt annet", "version": 9})
    assert stopped.status_code == 409
    # What was typed and what stands there now, and it can be sent again.
    assert "Noe helt annet" in _text(stopped)
    assert "Dobbel føring" in _text(stopped)
    assert stopped.context["form"]["version"].value() == "1"
    assert client.post(change, {**words, "problem": "Trippel føring", "version": 1}).status_code == 302
    client.force_login(tale.asker)
    assert "Trippel føring" not in _text(client.get(page))
    assert client.get(change).status_code == 404
    client.force_login(tale.owner)
    answer = reverse("signals:call_advance", args=[call.pk, "answer"])
    version = InputCall.objects.get().version
    assert client.post(answer, {"answer-version": version}).status_code == 403
    fewer = reverse("signals:call_advance", args=[call.pk, "answer_fewer"])
    assert (
        client.post(fewer, {"answer_fewer-version": 1, "answer_fewer-few_reason": "Nok"}).status_code == 409
    )
    assert client.post(fewer, {"answer_fewer-version": version}).status_code == 422
    done = {"answer_fewer-version": version, "answer_fewer-few_reason": "Dette er det viktigste."}
    assert client.post(fewer, done).status_code == 302
    assert client.post(fewer, done).status_code == 409
    client.force_login(tale.asker)
    shown = _text(client.get(page))
    assert "Trippel føring" in shown
    assert "Dette er det viktigste." in shown


def _step(tale: Story, row: Statement, action: str) -> str:
    return reverse("signals:statement_advance", args=[row.call_id, row.pk, action])


def test_going_through_the_answer(client):
    tale = story()
    call, rows = delivered(tale, 3)
    client.force_login(tale.asker)
    page = reverse("signals:call", args=[call.pk])
    first, second, third = rows

    def sent(row: Statement, action: str, **values: object) -> dict[str, object]:
        return {
            f"{action}-{row.pk}-{name}": value for name, value in {"version": row.version, **values}.items()
        }

    assert client.post(_step(tale, first, "answer"), sent(first, "answer")).status_code == 422
    assert client.post(_step(tale, first, "odd"), sent(first, "odd")).status_code == 404
    assert client.post(_step(tale, first, "change"), sent(first, "change")).status_code == 404
    stale = {**sent(first, "answer", answer="Vi slutter."), f"answer-{first.pk}-version": 9}
    stopped = client.post(_step(tale, first, "answer"), stale)
    assert stopped.status_code == 409
    assert "Vi slutter." in _text(stopped)
    assert f'name="answer-{first.pk}-version" value="{first.version}"' in _text(stopped)
    assert (
        client.post(_step(tale, first, "answer"), sent(first, "answer", answer="Vi slutter.")).status_code
        == 302
    )
    assert "Vi slutter." in _text(client.get(page))
    how = {"occasions": 1, "period": "week", "span": 1, "unit": tale.place.unit.pk}
    assert client.post(_step(tale, second, "take_up"), sent(second, "take_up")).status_code == 422
    assert client.post(_step(tale, second, "take_up"), sent(second, "take_up", **how)).status_code == 302
    assert reverse("signals:detail", args=[Signal.objects.get().pk]) in _text(client.get(page))
    missing = client.post(_step(tale, third, "in_case"), sent(third, "in_case", case_number="1999/1"))
    assert missing.status_code == 422
    client.force_login(tale.owner)
    assert "Vi slutter." in _text(client.get(page))
    assert client.post(_step(tale, third, "answer"), sent(third, "answer", answer="Nei")).status_code == 403


def test_a_draft_is_removed(client):
    tale = story()
    row = written(tale, asked(tale), 1)[0]
    client.force_login(tale.mate)
    assert client.post(_step(tale, row, "remove"), {f"remove-{row.pk}-version": 1}).status_code == 302
    assert not Statement.objects.exists()


def test_the_asker_gives_more_time_withdraws_and_notes_that_nothing_came(client):
    tale = story()
    call = asked(tale)
    client.force_login(tale.asker)
    url = reverse("signals:call_advance", args=[call.pk, "move"])
    assert client.post(url, {"move-version": 1, "move-due_on": "2020-01-01"}).status_code == 422
    later = timezone.localdate() + timedelta(days=30)
    assert client.post(url, {"move-version": 1, "move-due_on": later}).status_code == 302
    assert client.post(reverse("signals:call_advance", args=[call.pk, "odd"]), {}).status_code == 404
    past = timezone.localdate() - timedelta(days=1)
    InputCall.objects.filter(pk=call.pk).update(asked_on=past, due_on=past)
    calls.lift_late_calls()
    page = _text(client.get(reverse("signals:call", args=[call.pk])))
    assert "For sent" in page
    version = InputCall.objects.get().version
    lapse = reverse("signals:call_advance", args=[call.pk, "lapse"])
    gone = {"lapse-version": version, "lapse-ending": "Vi spør igjen til våren."}
    assert client.post(lapse, gone).status_code == 302
    assert "Vi spør igjen til våren." in _text(client.get(reverse("signals:call", args=[call.pk])))


def test_a_signal_that_the_reader_may_not_see_is_not_linked(client):
    tale = story()
    call, rows = delivered(tale)
    statements.take_up(actor=tale.asker, statement=rows[0], version=rows[0].version, how=OFTEN)
    elsewhere = OrganisationFactory.create()
    InputCall.objects.filter(pk=call.pk).update(organisation=elsewhere, unit=None)
    client.force_login(person_with(Role.MANAGER, elsewhere))
    page = _text(client.get(reverse("signals:call", args=[call.pk])))
    assert "Den behandles der den som skrev, arbeider." in page
    assert reverse("signals:detail", args=[Signal.objects.get().pk]) not in page


@pytest.mark.parametrize("name", ["calls", "dialogues", "report"])
def test_the_rooms_beside_the_signals_lie_behind_the_same_door(client, name):
    client.force_login(story().asker)
    text = _text(client.get(reverse(f"signals:{name}")))
    assert text.count('class="tr-door" href="/meldinger/" aria-current') == 1
