"""The letter to a body outside the system that a signal is passed on to: for printing, and as a Word file.

The letter says what the workplace has said, how many stand behind it and what it takes, and never who.
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Count, F, Q, Sum
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Signal

# A Word file is a zip of XML; the same letter gives the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the organisation's own language, as paragraphs."""

    sender: str
    to: str
    on: date
    dated: str
    subject: str
    paragraphs: tuple[str, ...]
    signed: str


def to_body_outside(signal: Signal) -> Letter:
    """The letter that asks the body outside to answer."""
    with translation.override(signal.organisation.language):
        day = signal.answered_on or timezone.localdate()
        return Letter(
            sender=signal.organisation.name,
            to=signal.transferred_to,
            on=day,
            dated=date_format(day, "DATE_FORMAT"),
            subject=_("Something that takes time from the core task, and that you can change"),
            paragraphs=tuple(_paragraphs(signal)),
            signed=signal.owner.name,
        )


def _paragraphs(signal: Signal) -> list[str]:
    texts = [
        _("At our workplace the following has been reported as something that takes time:"),
        f"«{' '.join(signal.what.split())}»",
        _burden(signal),
    ]
    if signal.requirement is not None:
        texts.append(
            _("It comes from this requirement: «%(text)s»")
            % {"text": " ".join(signal.requirement.text.split())}
        )
    if signal.proposal:
        texts.append(_("The proposal from the workplace is: %(proposal)s") % {"proposal": signal.proposal})
    texts += [
        _("We have looked at it and say: %(reason)s") % {"reason": signal.reason},
        _("We ask you to answer whether this can be removed or made simpler, and if not, why."),
    ]
    return texts


def _burden(signal: Signal) -> str:
    """What it takes in a year for all who have said it; for few, of one person only."""
    same = Q(pk=signal.pk) | (Q(group=signal.group_id) if signal.group_id else Q(pk=signal.pk))
    found = Signal.objects.filter(same).aggregate(
        people=Count("pk") + Sum("me_too_count"),
        low=Sum(F("hours_low") * (1 + F("me_too_count"))),
        high=Sum(F("hours_high") * (1 + F("me_too_count"))),
    )
    people = int(found["people"] or 0)
    if people < settings.SMALLEST_GROUP:
        return _("It is estimated to take %(low)s–%(high)s hours a year for each one who does it.") % _hours(
            signal.hours_low, signal.hours_high
        )
    return ngettext(
        "%(people)s person has said so. Together it is estimated to take them %(low)s–%(high)s hours a year.",
        "%(people)s persons have said so. Together it is estimated to take them %(low)s–%(high)s hours a year.",
        people,
    ) % {"people": people, **_hours(found["low"], found["high"])}


def _hours(low: float, high: float) -> dict[str, str]:
    return {
        "low": number_format(round(low), use_l10n=True, force_grouping=True),
        "high": number_format(max(1, round(high)), use_l10n=True, force_grouping=True),
    }


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def _paragraph(text: str, *, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    clean = "".join(letter for letter in text if letter >= " " or letter == "\t")
    return f'<w:p><w:pPr><w:spacing w:after="160"/></w:pPr><w:r>{style}<w:t xml:space="preserve">{escape(clean)}</w:t></w:r></w:p>'


def docx(letter: Letter) -> bytes:
    """The letter as a Word file with plain paragraphs, ready to be written on."""
    parts = [
        _paragraph(letter.sender, bold=True),
        _paragraph(letter.to),
        _paragraph(letter.dated),
        _paragraph(letter.subject, bold=True),
        *(_paragraph(text) for text in letter.paragraphs),
        _paragraph(letter.signed),
        _paragraph(letter.sender),
    ]
    body = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + "".join(parts)
        + "</w:body></w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", body),
        ):
            package.writestr(zipfile.ZipInfo(name, _ZIP_TIME), text)
    return made.getvalue()
