"""The kinds of notice, each with the sentence that the reader sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tillitsrom.core.decisions import Reason

KINDS: dict[str, "NoticeKind"] = {}


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice.

    `sentence` has named placeholders that the notice's data fills. `batched` kinds never go out at once: they wait for the
    daily digest even where the reader has asked for e-mail at once, because the hour itself could tell who wrote.
    """

    code: str
    sentence: "Reason"
    batched: bool = False


def register(*kinds: NoticeKind) -> None:
    """Make kinds known. The same code twice is a mistake."""
    for kind in kinds:
        if kind.code in KINDS:
            raise ValueError(f"notice kind {kind.code!r} is registered twice")
        KINDS[kind.code] = kind


class _Lenient(dict[str, Any]):
    """Data of an older version still makes a sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, data: Mapping[str, Any]) -> str:
    """The notice as a sentence in the language that is active."""
    kind = KINDS.get(code)
    return code if kind is None else str(kind.sentence) % _Lenient(data)
