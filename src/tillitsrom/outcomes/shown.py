"""How things of this slice are shown: the tone of a state, and the sentence that says what stands behind a requirement."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import LegalObstacle, NewDuty, Request
from .queries import Behind

TONES: dict[str, str] = {
    Request.Status.SENT: "info",
    Request.Status.UNANSWERED: "danger",
    Request.Status.ANSWERED: "success",
    LegalObstacle.Status.REGISTERED: "warning",
    LegalObstacle.Status.PROMISED: "info",
    LegalObstacle.Status.CHANGED: "success",
    LegalObstacle.Status.KEPT: "neutral",
    NewDuty.Status.IN_EFFECT: "warning",
    NewDuty.Status.LAPSED: "danger",
    NewDuty.Status.ENDED: "success",
    NewDuty.Status.WITHDRAWN: "neutral",
}


def tone_of(status: str) -> str:
    return TONES.get(status, "neutral")


def figure(value: float) -> str:
    return number_format(round(value), use_l10n=True, force_grouping=True)


def hours(low: float | None, high: float | None) -> str:
    """A range with a dash, or one number where the ends are the same."""
    if high is None:
        return ""
    first, last = figure(low if low is not None else high), figure(high)
    return first if first == last else f"{first}–{last}"


def sentence(behind: Behind, bodies: int) -> str:
    """«1 840 timer i året hos 212 ansatte i 9 kommuner.» Where few are known, that is said instead of a figure."""
    if behind.hours_high is None or behind.people is None:
        return _("No figure is shown: it is not costed, or it concerns too few.")
    where = ngettext("in %(n)s organisation", "in %(n)s organisations", bodies) % {"n": figure(bodies)}
    return _("%(hours)s hours a year with %(people)s employees %(where)s.") % {
        "hours": hours(behind.hours_low, behind.hours_high),
        "people": figure(behind.people),
        "where": where,
    }
