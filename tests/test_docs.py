"""What the documentation says is so: links, files, functions, commands, settings, decisions, the table of rights."""

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from django.core.management import get_commands, load_command_class

from tillitsrom.cli import cli

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src/tillitsrom"
PAGES = sorted(
    md
    for md in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/*.md")]
    if "letters" not in md.parts or md.name == "README.md"
)
NAMES = [str(md.relative_to(ROOT)) for md in PAGES]
pages = pytest.mark.parametrize("md", PAGES, ids=NAMES)

# A path in the docs begins with one of these, at the root of the repository or in the package.
TOPS = {p.name for p in [*ROOT.iterdir(), *PACKAGE.iterdir()] if not p.name.startswith((".", "_"))}
# Made on the machine where it runs, so not in the repository.
MADE = {"var", "node_modules", "documents"}
ENDINGS = (".py", ".md", ".yaml", ".toml", ".txt", ".json", ".mjs", ".css", ".html", ".js", ".po", "/")


def read(md: Path | str) -> str:
    return (ROOT / md).read_text("utf-8")


def lines_of_code(text: str) -> Iterator[str]:
    """The lines of fenced blocks, and what stands in backticks in running text."""
    fenced = False
    for line in text.splitlines():
        if line.strip().startswith("```"):
            fenced = not fenced
        elif fenced:
            yield line.strip()
        else:
            yield from re.findall(r"`([^`]+)`", line)


# --- links -----------------------------------------------------------------------------------------------------------


def anchors(md: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+)$", md.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pages
def test_every_link_in_the_repository_leads_somewhere(md: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", md.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = target.partition("#")
        found = md.parent / path if path else md
        assert found.exists(), f"{md.name} links to {target}"
        assert not anchor or anchor in anchors(found), f"{md.name} links to {target}"


# --- files and functions ---------------------------------------------------------------------------------------------


def paths_in(text: str) -> Iterator[str]:
    for code in lines_of_code(text):
        for word in code.split():
            path = word.strip("(),.;:'\"")
            if re.fullmatch(r"[\w./-]+", path) and path.endswith(ENDINGS):
                first = path.split("/")[0]
                if first in TOPS - MADE and ("/" in path or (ROOT / path).exists()):
                    yield path


def place(md: Path, path: str) -> Path | None:
    """Where a path leads: from the root, the package, the templates of the shell, or beside the page."""
    for base in (ROOT, PACKAGE, PACKAGE / "web/templates", md.parent):
        if (base / path).exists():
            return base / path
    return None


@pages
def test_every_file_that_is_named_is_there(md: Path):
    missing = [path for path in paths_in(md.read_text("utf-8")) if place(md, path) is None]
    assert not missing


def test_that_missing_files_would_be_found():
    text = "Read `reading/nothing.py`, then `register/rules.py`, and run `python tools/nothing.py --check`."
    assert [p for p in paths_in(text) if place(ROOT / "README.md", p) is None] == [
        "reading/nothing.py",
        "tools/nothing.py",
    ]


def defined(file: Path) -> set[str]:
    """Functions and classes of a file, methods as `Class.method`."""
    found: set[str] = set()
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


def tour_names() -> Iterator[tuple[str, str]]:
    """(file, name) wherever the tour says `file.py`, `name` or `file.py`, `name` and `other`."""
    pattern = r"`([\w/]+\.py)`,? \(?(`[\w.]+`(?:(?:, | and |, and )`[\w.]+`)*)"
    for file, names in re.findall(pattern, read("docs/tour.md")):
        for name in re.findall(r"`([\w.]+)`", names):
            if not name.endswith(".py"):
                yield file, name


def test_the_tour_names_functions_that_exist():
    found = list(tour_names())
    assert len(found) > 30
    wrong = [(file, name) for file, name in found if name not in defined(PACKAGE / file)]
    assert not wrong


def test_the_sentence_of_the_tour_stands_in_its_letter_and_is_found():
    quote = re.search(r"^> (.+)$", read("docs/tour.md"), re.MULTILINE)
    assert quote
    from tillitsrom.reading.extract import read_document
    from tillitsrom.reading.sources import read_source

    reading = read_document(read_source(PACKAGE / "demo/letters/2026-styringsbrev-fjordvik.md"))
    [found] = [r for r in reading.requirements if r.quote == quote[1]]
    tour = read("docs/tour.md")
    assert (found.heading, found.deadline) == ("Fravær", None)
    assert f"an *{found.requirement_class}*" in tour
    assert f"by the rule `{found.rule}` and with confidence {found.confidence}" in tour


# --- commands --------------------------------------------------------------------------------------------------------


def commands(text: str, program: str) -> Iterator[list[str]]:
    for code in lines_of_code(text):
        line = code.split("  ")[0].split(" # ")[0]
        if line.startswith(f"{program} "):
            yield shlex.split(line.replace("…", ""))[1:]


def options_of(command: click.Command) -> set[str]:
    return {name for p in command.params for name in p.opts} | {"--help"}


def given(words: list[str]) -> set[str]:
    return {word.split("=")[0] for word in words if word.startswith("--")}


def trouble(words: list[str]) -> str | None:
    """What is wrong with a command line of `tillitsrom`."""
    name, rest = (words or ["--help"])[0], words[1:]
    if name.startswith("--"):
        return None if name in {"--help", "--version"} else f"no option {name}"
    if name not in cli.commands:
        return f"no command {name}"
    command = cli.commands[name]
    if isinstance(command, click.Group) and rest:
        if rest[0] not in command.commands:
            return f"no command {name} {rest[0]}"
        command, rest = command.commands[rest[0]], rest[1:]
    if name not in {"manage", "serve", "demo"}:
        unknown = given(rest) - options_of(command)
        return f"{name} has no {unknown}" if unknown else None
    django, rest = (rest[0], rest[1:]) if name == "manage" and rest else (name, rest)
    if django in {"manage", "COMMAND"}:
        return None
    known = get_commands()
    if django not in known:
        return f"no management command {django}"
    loaded = load_command_class(str(known[django]), django)
    parser = loaded.create_parser("tillitsrom", django)
    unknown = given(rest) - set(parser._option_string_actions)
    return f"{django} has no {unknown}" if unknown else None


@pages
def test_every_command_line_is_one(md: Path):
    found = list(commands(md.read_text("utf-8"), "tillitsrom"))
    wrong = [(words, what) for words in found if (what := trouble(words))]
    assert not wrong


def test_that_wrong_command_lines_would_be_found():
    assert trouble(["red", "x.pdf"])
    assert trouble(["read", "x.pdf", "--formt", "csv"])
    assert trouble(["manage", "axes_reset_everything"])
    assert trouble(["demo", "--if-full"])
    assert trouble(["corpus", "bild", "x"])
    assert trouble(["corpus", "build", "x", "--ut", "y"])


@pytest.mark.parametrize("program", ["./start", "./test"])
@pages
def test_the_two_commands_exist_and_take_what_is_said(md: Path, program: str):
    said = {word for words in commands(md.read_text("utf-8"), program) for word in given(words)}
    if not said and program not in md.read_text("utf-8"):
        pytest.skip("does not speak of it")
    assert os.access(ROOT / program, os.X_OK)
    shown = subprocess.run([str(ROOT / program), "--help"], capture_output=True, text=True, check=True)
    assert said <= set(re.findall(r"--[\w-]+", shown.stdout))


def test_the_example_in_the_readme_is_what_the_command_makes(tmp_path: Path):
    letter = re.search(r"```markdown\n(.*?)```", read("README.md"), re.DOTALL)
    table = re.search(r"```\n(brev\.md, .*?)```", read("README.md"), re.DOTALL)
    assert letter
    assert table
    (tmp_path / "brev.md").write_text(letter[1], "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tillitsrom.cli", "read", "brev.md"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "100", "PATH": os.defpath},
    )
    assert done.stdout == table[1]


# --- settings, decisions, rights -------------------------------------------------------------------------------------


def settings_rows() -> dict[str, str]:
    """Variable → default, from the table of settings."""
    rows = re.findall(
        r"^\| `(TILLITSROM_\w+)` \|[^|]+\| ([^|]+) \|$", read("docs/operations.md"), re.MULTILINE
    )
    return dict(rows)


@cache
def read_variables() -> set[str]:
    """The variables that settings and commands of the package read."""
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        if "tests" not in file.parts:
            tree = ast.parse(file.read_text("utf-8"))
            found |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"TILLITSROM_\w+", node.value)
            }
    return found


def test_every_setting_stands_in_the_table_and_every_row_is_a_setting():
    assert set(settings_rows()) == read_variables()


def test_settings_without_a_default_are_said_to_be_required():
    required = set(
        re.findall(r'env\.\w+\("(TILLITSROM_\w+)"\)', read("src/tillitsrom/settings/production.py"))
    )
    assert {name for name, default in settings_rows().items() if default == "required"} == required


def test_numbers_in_the_table_of_settings_are_those_of_the_code():
    code = dict(
        re.findall(
            r'env\.int\("(TILLITSROM_\w+)", default=([\d* ]+)\)', read("src/tillitsrom/settings/base.py")
        )
    )
    assert len(code) >= 6
    for name, value in code.items():
        said = settings_rows()[name].replace(" MiB", " * 1024 * 1024")
        assert ast.literal_eval(_product(said)) == ast.literal_eval(_product(value)), name


def _product(text: str) -> str:
    result = 1
    for factor in text.split("*"):
        result *= int(factor)
    return str(result)


@pages
def test_variables_that_are_named_are_read_somewhere(md: Path):
    tools = "".join(read(p) for p in ROOT.glob("tools/*.py")) + "".join(
        read(p) for p in ROOT.glob("benchmarks/*.py")
    )
    named = set(re.findall(r"\bTILLITSROM_\w+", md.read_text("utf-8")))
    assert named <= read_variables() | set(re.findall(r"\bTILLITSROM_\w+", tools))


def test_every_decision_is_listed_with_its_title():
    listed = re.findall(
        r"^\| \[(\d{4})\]\(([\w-]+\.md)\) \| (.+) \|$", read("docs/decisions/README.md"), re.MULTILINE
    )
    files = sorted(p for p in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    titles = [
        (p.name[:4], p.name, p.read_text("utf-8").splitlines()[0].removeprefix(f"# {p.name[:4]} "))
        for p in files
    ]
    assert listed == titles


@pytest.mark.parametrize(
    "file", sorted((ROOT / "docs/decisions").glob("[0-9]*.md")), ids=lambda file: file.name
)
def test_a_decision_says_what_why_and_what_else(file: Path):
    text = file.read_text("utf-8")
    assert re.search(r"^\d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert "**Chosen.**" in text
    assert "**Why.**" in text


def test_every_page_of_the_documentation_is_listed():
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", read("docs/README.md")))
    assert {p.name for p in (ROOT / "docs").glob("*.md")} - {"README.md"} == listed


def test_the_table_of_rights_is_current():
    done = subprocess.run(
        [sys.executable, "tools/rights.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_code_of_a_rule_or_figure_is_explained():
    said = set(re.findall(r"\b[RI]\d{1,2}\b", read("docs/concepts.md")))
    used: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        used |= set(re.findall(r"\((?:[RI]\d{1,2}(?:, |–)?)+\)", file.read_text("utf-8")))
    assert {code for group in used for code in re.findall(r"[RI]\d{1,2}", group)} <= said


def test_every_slice_says_what_it_is():
    silent = [
        p.parent.name
        for p in PACKAGE.glob("*/__init__.py")
        if not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert not silent


@pytest.mark.parametrize("file", sorted(PACKAGE.glob("*/__init__.py")), ids=lambda file: file.parent.name)
def test_what_stands_in_a_reading_order_is_there(file: Path):
    order = re.search(
        r"Reading order: (.+?)\.\n", ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "", re.DOTALL
    )
    for name in re.findall(r"[\w/.]+", re.sub(r"\(documented in [^)]*\)", "", order[1])) if order else ():
        beside = [file.parent / name, file.parent / f"{name}.py", file.parent / "actions" / f"{name}.py"]
        assert any(path.exists() for path in beside), name
