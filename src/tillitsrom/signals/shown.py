"""How a signal is shown: the tone of its state and who may read what of it."""

from .models import Signal

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
