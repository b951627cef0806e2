"""A page for each rule, from the same files as the documentation: its examples, which tests keep true."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tillitsrom.reading.check import Rule

_PACKAGED = Path(__file__).with_name("rule_examples")
_DOCS = Path(__file__).resolve().parents[3] / "docs/check"
_FENCE = re.compile(r"^```(\w+) ?(\w*)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
_PARTS = ("Bad example", "Good example", "Silence with a reason")


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a document; `role` is empty for the draft, else "previous" or "against"."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Examples:
    """What breaks the rule, what does not, and how a finding is silenced."""

    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    silence: str


def folder() -> Path:
    """Where the rules' pages lie: beside this file when installed, in the documentation when developed."""
    return _PACKAGED if _PACKAGED.is_dir() else _DOCS


@cache
def examples_of(rule: Rule) -> Examples:
    """The examples of one rule."""
    page = (folder() / f"{rule.code}.md").read_text("utf-8")
    pieces = re.split(rf"^## ({'|'.join(_PARTS)})\n", page, flags=re.MULTILINE)
    said = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    bad, good, silence = (_FENCE.findall(said[part]) for part in _PARTS)
    return Examples(
        tuple(Example(role, text) for _kind, role, text in bad),
        tuple(Example(role, text) for _kind, role, text in good),
        silence[0][2],
    )
