"""What of a document's text a reader may see: exempt sentences are kept back, and so is the file that holds them (R18).

Every place that shows text of a document, and not of a requirement that came through its own gate, asks here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.core.models import Openness
from tillitsrom.core.openness import Ground, ground
from tillitsrom.people.models import Actor
from tillitsrom.people.rules import standing

from .models import Document, Requirement

MASK = "█"
# As long as a word is: the length of what is hidden must not tell which words they are.
_WORD = MASK * 6 + " "
_PIECE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_LINE = re.compile(r"[^\n]+")
_MARKUP = re.compile(r"[#*_|\\\s]+")
# So far in front of its sentence a number of an assignment is looked for.
_NUMBER_WITHIN = 200
# So much longer than its heading a line may be, for the heading's own number.
_NUMBER_OF_HEADING = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """An exempt requirement's place in the text, and the number that stands in front of it."""

    start: int
    end: int
    ground: str
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """All that is kept back of one document from one reader. Empty for those whom the document concerns."""

    sentences: tuple[Sentence, ...] = ()
    headings: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.sentences)

    @property
    def count(self) -> int:
        return len(self.sentences)

    @property
    def grounds(self) -> list[Ground]:
        """The legal bases, each once, in the order of the text."""
        codes = dict.fromkeys(sentence.ground for sentence in self.sentences)
        return [found for code in codes if (found := ground(code))]

    def masked(self, text: str, first: int = 0) -> str:
        """The text, or the piece of it that begins at `first`, as long as before and with what is exempt filled in."""
        pieces = list(text)
        for start, end in self._spans(text, first):
            for line in _PIECE.finditer(text, max(0, start), max(0, min(end, len(text)))):
                size = line.end() - line.start()
                pieces[line.start() : line.end()] = (_WORD * (size // len(_WORD) + 1))[:size]
        return "".join(pieces)

    def _spans(self, text: str, first: int) -> Iterator[tuple[int, int]]:
        for sentence in self.sentences:
            start, end = sentence.start - first, sentence.end - first
            yield start, end
            if sentence.assignment and 0 < start <= len(text):
                at = text.rfind(sentence.assignment, max(0, start - _NUMBER_WITHIN), start)
                if at >= 0:
                    yield at, at + len(sentence.assignment)
        if self.headings:
            for line in _LINE.finditer(text):
                if self._is_hidden_heading(line[0]):
                    yield line.start(), line.end()

    def _is_hidden_heading(self, line: str) -> bool:
        words = _MARKUP.sub(" ", line).strip()
        return any(
            words.endswith(heading) and len(words) - len(heading) <= _NUMBER_OF_HEADING
            for heading in self.headings
        )


NOTHING = Withheld()


def concerns(actor: Actor, document: Document) -> bool:
    """Whether the actor belongs to the body that sent the document or to the one that received it."""
    return bool(standing(actor).organisations & {document.addressee_id, document.imposing_body_id})


def withheld(actor: Actor, document: Document) -> Withheld:
    """What is kept back from the actor. A heading or a number that an open requirement also has is not exempt."""
    if concerns(actor, document):
        return NOTHING
    exempt = list(
        Requirement.objects.filter(document=document.pk, openness=Openness.EXEMPT)
        .order_by("start", "pk")
        .values_list("start", "end", "exempt_ground", "heading", "assignment")
    )
    if not exempt:
        return NOTHING
    rest = document.requirements.filter(openness=Openness.OPEN).exclude(_holds_what_is_exempt())
    open_ones = list(rest.order_by().values_list("heading", "assignment").distinct())
    shown = {value for row in open_ones for value in row}
    return Withheld(
        tuple(
            Sentence(start, end, code, "" if number in shown else number)
            for start, end, code, _h, number in exempt
        ),
        frozenset(h for h in (_MARKUP.sub(" ", row[3]).strip() for row in exempt) if h and h not in shown),
    )


def text_for(actor: Actor, document: Document) -> str:
    """The document's text as the actor may read it; offsets hold."""
    return withheld(actor, document).masked(document.text)


def may_download(actor: Actor, document: Document) -> Decision:
    """The file cannot be masked, so it stays with those it concerns while anything in it is exempt."""
    if not withheld(actor, document):
        return allow(_("You may read the whole document."))
    return deny(
        _(
            "The original file holds sentences that are exempt from openness. Read the text here instead; "
            "what is exempt is blacked out in it."
        )
    )


def _holds_what_is_exempt() -> Exists:
    """That an exempt requirement stands in the same sentence, wholly or partly."""
    return Exists(
        Requirement.objects.filter(
            document=OuterRef("document"),
            openness=Openness.EXEMPT,
            start__lt=OuterRef("end"),
            end__gt=OuterRef("start"),
        )
    )


def closed(requirements: QuerySet[Requirement]) -> QuerySet[Requirement]:
    """Those of the requirements that the public never sees: exempt, or in one sentence with one that is."""
    return requirements.filter(Q(openness=Openness.EXEMPT) | _holds_what_is_exempt())
