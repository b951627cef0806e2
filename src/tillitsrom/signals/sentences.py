"""Ready sentences for answers, in plain Norwegian, by what the outcome was. A start to write on from, never the whole answer."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from django.utils.translation import get_language

from .models import Outcome


@dataclass(frozen=True, slots=True)
class Ready:
    """The sentences for one outcome, in one language."""

    outcome: str
    label: str
    sentences: tuple[str, ...]


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    raw = resources.files("tillitsrom.signals").joinpath("data/sentences.yaml").read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(raw)
    return found


def for_reader() -> list[Ready]:
    """The sentences in the language of the page; answers in English begin from the ones in bokmål."""
    language = (get_language() or "nb")[:2]
    return [
        Ready(code, str(Outcome(code).label), tuple(texts.get(language, texts["nb"])))
        for code, texts in _read().items()
    ]
