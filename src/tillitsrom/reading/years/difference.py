"""What two wordings have in common and where they part, word by word."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_TOKENS = 4_000


class Side(StrEnum):
    """Which of the wordings a piece stands in."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"


class Piece(NamedTuple):
    """A run of characters and which wording it stands in."""

    side: Side
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """The two wordings as one: the pieces of OLD and BOTH give the old, those of NEW and BOTH the new.

    Whole words are told apart, never parts of them. Changed words with only a space between them are told as one change,
    so that the eye meets a phrase struck out and a phrase put in. Wordings of more than some thousand words are told as
    wholly different, which bounds the time.
    """
    a, b = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(a) + len(b) > _MOST_TOKENS and a != b:
        return [Piece(side, text) for side, text in ((Side.OLD, old), (Side.NEW, new)) if text]
    runs = [
        (operation == "equal", "".join(a[a1:a2]), "".join(b[b1:b2]))
        for operation, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    ]
    pieces: list[Piece] = []
    out = come = ""
    for place, (same, was, now) in enumerate(runs):
        if same and not (was.isspace() and 0 < place < len(runs) - 1):
            pieces += _changed(out, come)
            pieces.append(Piece(Side.BOTH, was))
            out = come = ""
        else:
            out, come = out + was, come + now
    return pieces + _changed(out, come)


def _changed(out: str, come: str) -> list[Piece]:
    return [Piece(side, text) for side, text in ((Side.OLD, out), (Side.NEW, come)) if text]
