"""The letter of a request: for those who answer by post or by archive. It says who asks and what it takes, and never a person's name."""

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from tillitsrom.signals.letters import Letter

from .models import Request


def to_owner(request: Request) -> Letter:
    """The letter in the sender's own language, as it was when it was sent."""
    with translation.override(request.organisation.language):
        return Letter(
            sender=request.organisation.name,
            to=request.owner.name,
            on=request.sent_on,
            dated=date_format(request.sent_on, "DATE_FORMAT"),
            subject=_("Justify or let lapse: a requirement that you impose"),
            paragraphs=tuple(_paragraphs(request)),
            signed=_("For %(name)s") % {"name": request.organisation.name},
        )


def _paragraphs(request: Request) -> list[str]:
    words = {
        Request.Asks.DROP: _("We ask you to drop this requirement:"),
        Request.Asks.SIMPLIFY: _("We ask you to make this requirement simpler:"),
        Request.Asks.JUSTIFY: _("We ask you to say why this requirement is needed:"),
    }
    texts = [words[Request.Asks(request.asks)], f"«{' '.join(request.requirement.text.split())}»"]
    texts += [f"{_('Why we ask')}: {' '.join(request.why.split())}"]
    if request.section:
        texts.append(_("It rests on %(section)s.") % {"section": request.section})
    if request.hours_high is not None:
        texts.append(
            _("It takes %(low)s–%(high)s hours a year for %(people)s employees.")
            % {
                "low": _figure(request.hours_low or 0),
                "high": _figure(request.hours_high),
                "people": _figure(request.people or 0),
            }
        )
    texts.append(
        _("Please answer by %(date)s. A request without an answer is shown publicly as unanswered.")
        % {"date": date_format(request.due_on, "DATE_FORMAT")}
    )
    return texts


def _figure(value: float) -> str:
    return number_format(round(value), use_l10n=True, force_grouping=True)
