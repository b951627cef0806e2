"""What the rules say in bokmål, nynorsk and English: the rule itself, and the message of a finding."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tillitsrom.reading.check.model import Finding, Phrase, Rule
from tillitsrom.reading.report import plain

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A rule in one language: its title, what it finds, the message of a finding, and why it matters."""

    title: str
    what: str
    message: str
    why: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("texts.toml").read_text("utf-8"))


def text_of(rule: Rule, language: str = "nb") -> Text:
    """The rule in a language; bokmål where the language is not one of ours."""
    said = _table()[rule.code]
    if language not in LANGUAGES or language == "nb":
        return Text(rule.title, said["what"], rule.message, rule.rationale)
    return Text(**said[language])


def message(rule: Rule, values: Mapping[str, object], language: str = "nb") -> str:
    """The rule's message about one place, on one line."""
    own = language if language in LANGUAGES else "nb"
    return text_of(rule, own).message.format(**_said(values, own))


def in_language(finding: Finding, rule: Rule, language: str) -> Finding:
    """The same finding with its message in another language."""
    return replace(finding, message=message(rule, finding.values, language))


def _said(values: Mapping[str, object], language: str) -> dict[str, object]:
    return {name: _value(value, language) for name, value in values.items()}


def _value(value: object, language: str) -> object:
    phrases = _table()["phrases"][language]
    if isinstance(value, Phrase):
        return phrases[value.key].format(**_said(value.values, language))
    if isinstance(value, date):
        month = phrases["months"].split()[value.month - 1]
        return phrases["day"].format(day=value.day, month=month, year=value.year)
    return plain(value) if isinstance(value, str) else value
