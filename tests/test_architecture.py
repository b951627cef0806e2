"""House rules that a machine can see: only actions write, no signals, files that can be read in one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tillitsrom

ROOT = Path(tillitsrom.__file__).parent
SLICES = ("core", "people", "notices", "register", "signals", "rulesets", "insights", "portal", "web")
LONGEST = 450

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "set",
    "add",
}
# Objects whose `save`, `set`, `add` or `delete` is no write to a table of ours.
HARMLESS = {
    "form",
    "cache",
    "messages",
    "response",
    "session",
    "cookies",
    "book",
    "catalogue",
    "seen",
    "found",
}
# Modules whose functions are parts of an action elsewhere and run in its transaction.
PARTS = {"succession"}
# Where a write is made on purpose outside an actions module, and why.
EXCEPTIONS = {
    "core/events.py": "writes the log, for the actions",
    "register/jobs.py": "clears the queue of ended jobs, which is no table of ours",
    "people/models.py": "the manager that makes accounts, for commands and tests",
    "notices/delivery.py": "notes how its own attempts to send went",
}
# Signals hide what happens; the one that is left tells of the database's own doings and not of ours.
SIGNALS = {"register/apps.py": "SQLite drops triggers when a migration writes a table anew"}


def modules() -> Iterator[Path]:
    for name in SLICES:
        for file in sorted((ROOT / name).rglob("*.py")):
            inside = file.relative_to(ROOT).parts
            if not {"tests", "migrations"} & set(inside):
                yield file


def label(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def calls(file: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Method calls as (call, the last name before the dot, the method)."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            before = node.func.value
            name = before.attr if isinstance(before, ast.Attribute) else getattr(before, "id", "")
            yield node, name, node.func.attr


def is_write(call: ast.Call, owner: str, method: str) -> bool:
    if owner == "objects" or owner.endswith("_set"):
        return method in WRITES | {"update"}
    unsaved = any(k.arg == "commit" and getattr(k.value, "value", True) is False for k in call.keywords)
    return (
        method in {"save", "delete", "bulk_create", "bulk_update"} and owner not in HARMLESS and not unsaved
    )


@pytest.mark.parametrize("file", modules(), ids=label)
def test_only_actions_write(file):
    if "actions" in file.with_suffix("").parts or label(file) in EXCEPTIONS:
        return
    found = [f"{o}.{m} at line {c.lineno}" for c, o, m in calls(file) if is_write(c, o, m)]
    assert found == [], f"{label(file)} writes; actions do that"


@pytest.mark.parametrize("file", modules(), ids=label)
def test_no_signals(file):
    if label(file) in SIGNALS:
        return
    text = file.read_text("utf-8")
    assert "django.db.models.signals" not in text
    assert "@receiver" not in text


@pytest.mark.parametrize("file", modules(), ids=label)
def test_files_can_be_read_in_one_sitting(file):
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("name", SLICES)
def test_every_action_is_keyword_only_names_its_actor_and_is_whole_or_nothing(name):
    places = [ROOT / name / "actions.py", *(ROOT / name / "actions").glob("*.py")]
    for file in (one for one in places if one.exists()):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(k.arg == "actor" for k in node.args.kwonlyargs):
                assert not node.args.args, f"{node.name} takes its arguments by name only"
                atomic = any("atomic" in ast.unparse(d) for d in node.decorator_list)
                assert atomic or file.stem in PARTS, node.name
