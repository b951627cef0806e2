"""What a later letter takes back: assignments that it says lapse, by their numbers.

Only a numbered assignment can be taken back this way; what is withdrawn in other words is for a person to see.
"""

import re
from dataclasses import dataclass

_NUMBER = r"[A-ZÆØÅ]{0,5}\d{4}[-–]\d{1,3}"
_BACK = (
    r"(?:utgår|utgikk|går ut|gjekk ut|trekkes|trekkjes|trekt|trukket|trekkjast|bortfaller|fell bort|faller bort|"
    r"opphører|opphøyrer|oppheves|opphevast|oppheva|opphevet|avlyses|avlyst|annulleres|annullert)"
)
_NOT = re.compile(r"\b(?:ikke|ikkje)\b", re.IGNORECASE)
_SENTENCE = re.compile(rf"[^.!?\n|]*{_NUMBER}[^.!?\n|]*|[^.!?\n|]+", re.IGNORECASE)
_FOUND = re.compile(_NUMBER, re.IGNORECASE)
_CUE = re.compile(rf"\b{_BACK}\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?:erstatter|erstattar|i stedet for|i staden for)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The numbers of the assignments that a document takes back."""

    numbers: frozenset[str]

    def covers(self, assignment: str | None) -> bool:
        return bool(assignment) and bool(self.numbers & _numbers(assignment or ""))


def withdrawn(text: str) -> Withdrawn:
    """The assignments that the text says lapse ("Oppdrag TB2026-04 utgår"), or that another replaces."""
    found: set[str] = set()
    for sentence in _SENTENCE.findall(text):
        if _CUE.search(sentence) and not _NOT.search(sentence):
            found |= _numbers(sentence)
        found |= {
            _number(m.group()) for m in _FOUND.finditer(sentence) if _BEFORE.search(sentence[: m.start()])
        }
    return Withdrawn(frozenset(found))


def _numbers(text: str) -> set[str]:
    return set(map(_number, _FOUND.findall(text)))


def _number(text: str) -> str:
    return text.upper().replace("–", "-")
