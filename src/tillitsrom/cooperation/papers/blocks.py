"""What a document of minutes is made of: headings and paragraphs, the same for every kind of file."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import override

from tillitsrom.cooperation import minutes_text, rules_meetings
from tillitsrom.cooperation.models import Minutes
from tillitsrom.core.days import in_figures


class Kind(StrEnum):
    """What a block is: the names are those of the structure in a PDF."""

    TITLE = "H1"
    HEADING = "H2"
    PARAGRAPH = "P"


@dataclass(frozen=True, slots=True)
class Block:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. `made_on` is the day it stands for, so that the same minutes give the same file."""

    title: str
    language: str
    made_on: date
    blocks: tuple[Block, ...]


def paper_of(minutes: Minutes) -> Paper:
    """The minutes with who approved them and the fingerprint of the text. Names of persons are not in it."""
    with override("nb"):
        return _paper(minutes)


def _paper(minutes: Minutes) -> Paper:
    text = minutes.sealed or minutes_text.compose(minutes)
    lines = text.strip().split("\n")
    found = [Block(Kind.TITLE, f"{lines[0]}: {minutes.case.question}")]
    headings = {"Hva ble sagt og avtalt", "Partenes syn"}
    for line in lines[1:]:
        if line.strip():
            found.append(Block(Kind.HEADING if line in headings else Kind.PARAGRAPH, line.strip()))
    if minutes.sealed:
        found += _answers(minutes)
    else:
        found.append(Block(Kind.PARAGRAPH, _("This is a draft. It has not been sent to the parties.")))
    made = minutes.approved_on or minutes.sent_on or minutes.meeting.on
    return Paper(found[0].text, "nb-NO", made, tuple(found))


def _answers(minutes: Minutes) -> list[Block]:
    found = [Block(Kind.HEADING, _("Signatures") if minutes.signed else _("Approvals"))]
    digest = rules_meetings.digest(minutes)
    done = {one.party_id: one.at for one in minutes.approvals.all() if one.approved and one.digest == digest}
    for party in minutes.asked.order_by("side", "name"):
        at = done.get(party.pk)
        words = _("%(party)s: has not answered.") % {"party": party.name}
        if at is not None:
            said = _("%(party)s: signed %(day)s.") if minutes.signed else _("%(party)s: approved %(day)s.")
            words = said % {"party": party.name, "day": in_figures(at.date())}
        found.append(Block(Kind.PARAGRAPH, words))
    found.append(
        Block(Kind.PARAGRAPH, _("Fingerprint of the text (SHA-256): %(digest)s") % {"digest": digest})
    )
    return found
