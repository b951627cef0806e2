"""How control measures are shown: the tone of a state, and what is missing in words."""

from django.utils.translation import gettext as _

from .models import ControlMeasure

S = ControlMeasure.Status
TONES: dict[str, str] = {
    S.PROPOSED: "neutral", S.DISCUSSED: "info", S.INFORMED: "info", S.ACTIVE: "success", S.DUE: "warning", S.KEPT: "success",
    S.CHANGED: "warning", S.ENDED: "neutral",
}  # fmt: skip


def tone_of(measure: ControlMeasure) -> str:
    return "danger" if measure.overdue() or measure.unjustified else TONES.get(measure.status, "neutral")


def lacks(measure: ControlMeasure) -> list[str]:
    """What is missing, in the reader's words; empty where the measure is justified."""
    words = {
        "purpose": _("what it is for"), "basis": _("what it rests on"), "assumed_end": _("how long it lasts"),
        "discussed_on": _("that it was discussed"), "next_evaluation": _("when it is evaluated"),
    }  # fmt: skip
    found = [words[name] for name in measure.missing]
    return [*found, _("it has lasted longer than was said")] if measure.ran_out and measure.runs else found
