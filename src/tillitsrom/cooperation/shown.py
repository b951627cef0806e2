"""How a case is shown: the tone of its state."""

from .models import Case, Position

TONES = {
    Case.Status.RAISED: "info",
    Case.Status.CLASSIFIED: "info",
    Case.Status.CALLED: "warning",
    Case.Status.HELD: "warning",
    Case.Status.DECIDED: "success",
    Case.Status.AGREED: "success",
    Case.Status.DISAGREED: "danger",
    Case.Status.CLOSED: "neutral",
    Case.Status.WITHDRAWN: "neutral",
}
STANCE_TONES = {
    Position.Stance.FOR: "success",
    Position.Stance.CONDITIONS: "info",
    Position.Stance.AGAINST: "warning",
    Position.Stance.DISSENT: "danger",
}


def tone_of(status: str) -> str:
    return TONES.get(Case.Status(status), "neutral")
