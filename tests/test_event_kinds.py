"""The kinds of event that the code writes are those that are registered: no more, no fewer."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

import tillitsrom
from tillitsrom.core.events import KINDS, EventKind
from tillitsrom.outcomes.lifecycle import NEW_DUTY, REQUEST
from tillitsrom.register.lifecycle import CANDIDATE, DOCUMENT, REQUIREMENT
from tillitsrom.signals.lifecycle import SIGNAL
from tillitsrom.signals.lifecycle_calls import CALL
from tillitsrom.signals.lifecycle_dialogue import DIALOGUE

ROOT = Path(tillitsrom.__file__).parent
WRITERS = {"record", "record_many", "_save"}
LIFECYCLES = {
    "document": DOCUMENT, "candidate": CANDIDATE, "requirement": REQUIREMENT, "signal": SIGNAL, "dialogue": DIALOGUE, "call": CALL,
    "request": REQUEST, "new_duty": NEW_DUTY,
}  # fmt: skip
# Slices that write through a function of their own, which is told the second half of the kind.
TOLD = {
    "case": "cooperation",
    "meeting": "cooperation",
    "minutes": "cooperation",
    "control": "controls",
    "obstacle": "outcomes",
}


def written() -> set[str]:
    """Kinds that stand in the code; for `f"document.{action}"`, one for each action of that lifecycle."""
    found: set[str] = set()
    for file in ROOT.rglob("*.py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                for argument in node.args:
                    found |= _kinds(argument)
    return found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _kinds(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
        return {node.value}
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        prefix = str(node.values[0].value).rstrip(".")
        if prefix in TOLD:
            words = _words(TOLD[prefix])
            kinds = {kind for kind in KINDS if kind.startswith(f"{prefix}.")}
            return {kind for kind in kinds if any(said in words for said in _ways(kind))}
        return {f"{prefix}.{action}" for action in LIFECYCLES[prefix].actions}
    return set()


def _ways(kind: str) -> tuple[str, ...]:
    """How a kind may stand in the code: whole, without its prefix, or as the beginning of what is put together."""
    rest = kind.split(".", 1)[1]
    beginning, dot, _end = rest.rpartition(".")
    return (kind, rest, beginning + dot) if dot else (kind, rest)


def _words(name: str) -> set[str]:
    """Every string that stands in the actions of a slice, and every choice, such as `Result.KEEP`, as it is kept."""
    found: set[str] = set()
    for file in (ROOT / name / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.Attribute) and node.attr.isupper():
                found.add(node.attr.lower())
    return found


def test_what_is_written_is_registered():
    assert written() - set(KINDS) == set()


def test_what_is_registered_is_written():
    assert set(KINDS) - written() == set()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_sentence_can_be_said(kind: EventKind, language):
    """Its placeholders are named, also in the translations, and what is personal is among them."""

    class Anything(dict[str, str]):
        def __missing__(self, key: str) -> str:
            asked.add(key)
            return "x"

    asked: set[str] = set()
    with translation.override(language):
        assert str(kind.sentence) % Anything()
    assert set(kind.personal) <= asked
