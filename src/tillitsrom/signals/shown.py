"""How a signal is shown: the tone of its state and who may read what of it."""

from datetime import date

from .models import Signal
from .models_calls import InputCall

_TONES = {
    Signal.Status.RECEIVED: "info",
    Signal.Status.REOPENED: "warning",
    Signal.Status.ASSESSED: "info",
    Signal.Status.IN_PROGRESS: "info",
    Signal.Status.WITH_OWNER: "warning",
    Signal.Status.IN_CASE: "warning",
    Signal.Status.ON_TRIAL: "warning",
    Signal.Status.ANSWERED: "success",
}


def tone_of(status: str) -> str:
    return _TONES.get(Signal.Status(status), "neutral")


def call_tone(call: InputCall, today: date) -> str:
    if call.late(today):
        return "danger"
    return {"open": "warning", "answered": "info", "closed": "success"}.get(call.status, "neutral")


def statement_tone(status: str) -> str:
    return {"draft": "neutral", "received": "warning", "taken_up": "info", "answered": "success"}[status]
