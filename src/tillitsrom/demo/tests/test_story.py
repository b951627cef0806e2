"""The whole story of the demo, from its signals to the ledger: what a reader is to find, and that it hangs together."""

import pytest
from django.utils import timezone, translation

from tillitsrom.cooperation.models import Approval, Case, Minutes, Position
from tillitsrom.demo import loader
from tillitsrom.ledger.desk import on_us
from tillitsrom.ledger.models import Entry
from tillitsrom.notices.models import Notice
from tillitsrom.outcomes.models import Request
from tillitsrom.people.models import User
from tillitsrom.signals.models import Outcome, Signal

pytestmark = pytest.mark.django_db


def _form_is_removed_and_its_hours_are_confirmed() -> None:
    """Signals from the nursing home, one case, minutes that both approved, a decision, 1,300 hours in the ledger."""
    entry = Entry.objects.get(title__contains="Observasjonsskjema")
    assert entry.status == "verified"
    assert entry.given_low is not None
    assert entry.given_high is not None
    assert 1300 <= entry.given_low <= entry.given_high < 1500
    decision = entry.decision
    assert decision.outcome == Outcome.REMOVED
    signals = Signal.objects.filter(decisions=decision)
    assert {(one.status, one.outcome) for one in signals} == {("answered", "removed")}
    assert len(signals) == 2
    assert all(one.answered_on == decision.decided_on <= one.promised_on for one in signals)
    case = decision.case
    assert case is not None
    assert case.status == Case.Status.CLOSED
    minutes = Minutes.objects.get(case=case)
    assert minutes.status == Minutes.Status.APPROVED
    assert minutes.approved_on is not None
    assert minutes.approved_on <= decision.decided_on
    assert Approval.objects.filter(minutes=minutes).count() == 2


def _one_is_refused_one_unanswered_one_disputed() -> None:
    refused = Signal.objects.get(outcome=Outcome.KEPT)
    assert refused.reason
    silent = Request.objects.filter(
        status=Request.Status.UNANSWERED, owner__name="Direktoratet for oppvekst og omsorg"
    )
    waiting = silent.get()
    assert waiting.requirement.signals.get().status == Signal.Status.WITH_OWNER
    assert waiting.unanswered_on is not None
    assert waiting.unanswered_on > waiting.due_on
    negotiation = Case.objects.get(form="negotiation")
    assert negotiation.status == Case.Status.DISAGREED
    assert Position.objects.filter(case=negotiation, stance=Position.Stance.DISSENT).exists()


def test_the_story_ends_as_it_is_told():
    loader.load(lambda _line: None)
    _form_is_removed_and_its_hours_are_confirmed()
    _one_is_refused_one_unanswered_one_disputed()
    # What waits on the elected body is there for the politician, and comes first.
    politician = User.objects.get(email="arne.haugen@fjordvik.example")
    with translation.override("en"):
        tags = [str(row.tag) for row in next(iter(on_us(politician, timezone.localdate()))).rows]
    assert tags == ["Comes before a body with elected politicians", "Should have been decided"]
    # A case that still waits, with minutes for one to approve, is there to go on with.
    assert Minutes.objects.get(status=Minutes.Status.SENT).case.status == Case.Status.HELD
    assert not Notice.objects.exclude(mail=Notice.Mail.NONE).exists()
