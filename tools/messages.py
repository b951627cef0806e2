"""Compiles the catalogues of every slice, and checks that they say all that the pages ask for and nothing more.

    python tools/messages.py           compile every locale/*/LC_MESSAGES/django.po to .mo, print what is there
    python tools/messages.py --check   fail on missing, fuzzy, malformed, stale or contradicting translations; changes nothing

The check for stale entries extracts anew with Django's makemessages in a temporary copy, and so needs gettext's tools;
without them it says so and checks the rest.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "tillitsrom"
LANGUAGES = ("nb", "nn")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")

Key = tuple[str | None, str]


def slices() -> list[Path]:
    """Every slice: each may have words of its own, and then it needs catalogues."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def compile_all() -> int:
    """Write .mo files beside the .po files."""
    for path in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        catalogue = polib.pofile(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        done, live = len(catalogue.translated_entries()), [one for one in catalogue if not one.obsolete]
        print(f"{path.relative_to(PACKAGE)}: {done} of {len(live)} translated")
    return 0


def placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def faults_of(path: Path) -> list[str]:
    """What is wrong inside one catalogue."""
    found = []
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            found.append(f"obsolete: {entry.msgid!r}")
        elif "fuzzy" in entry.flags:
            found.append(f"fuzzy: {entry.msgid!r}")
        elif not entry.translated():
            found.append(f"missing: {entry.msgid!r}")
        else:
            texts = [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())
            allowed = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
            found += [
                f"placeholders differ: {entry.msgid!r}" for text in texts if placeholders(text) - allowed
            ]
            found += [
                f"placeholders lost: {entry.msgid!r}" for text in texts[-1:] if allowed - placeholders(text)
            ]
    return found


def keys_of(path: Path) -> set[Key]:
    return {(one.msgctxt, one.msgid) for one in polib.pofile(str(path)) if not one.obsolete}


def told_differently(language: str) -> list[str]:
    """What two slices translate differently. Django shows one of the two everywhere, so a context must part them."""
    told: dict[Key, dict[str, str]] = defaultdict(dict)
    for path in sorted(PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        for one in polib.pofile(str(path)):
            if not one.obsolete:
                told[one.msgctxt, one.msgid][path.parents[2].name] = one.msgstr
    return [
        f"{language}: {key[1]!r} is told differently: {words}"
        for key, words in told.items()
        if len(set(words.values())) > 1
    ]


def asked_for(slice_dir: Path) -> set[Key]:
    """The messages that the code and templates of a slice use, extracted now."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / slice_dir.name
        shutil.copytree(
            slice_dir,
            copy,
            ignore=shutil.ignore_patterns("locale", "tests", "static", "assets", "__pycache__", "*.pyc"),
        )
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "-l", "nb", "--no-location", "-v", "0"]
        subprocess.run(command, cwd=copy, check=True, env=_plain_environment())  # our own fixed command
        made = copy / "locale" / "nb" / "LC_MESSAGES" / "django.po"
        return keys_of(made) if made.exists() else set()


def _plain_environment() -> dict[str, str]:
    """Without our settings: makemessages needs none, and must not start the system."""
    return {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}


def check() -> int:
    """Print every fault; 1 when there is any."""
    faults = []
    can_extract = shutil.which("xgettext") is not None
    if not can_extract:
        print("gettext's tools are not installed: not checked for stale or lacking entries", file=sys.stderr)
    for slice_dir in slices():
        asked = asked_for(slice_dir) if can_extract else None
        for language in LANGUAGES:
            path = slice_dir / "locale" / language / "LC_MESSAGES" / "django.po"
            name = path.relative_to(PACKAGE)
            if not path.exists():
                faults += (
                    [f"{name}: there is no catalogue"] if asked or (slice_dir / "locale").exists() else []
                )
                continue
            faults += [f"{name}: {fault}" for fault in faults_of(path)]
            if asked is not None:
                have = keys_of(path)
                faults += [f"{name}: lacks {text!r}" for _context, text in sorted(asked - have, key=str)]
                faults += [f"{name}: stale {text!r}" for _context, text in sorted(have - asked, key=str)]
    faults += [fault for language in LANGUAGES for fault in told_differently(language)]
    print(
        "\n".join(faults)
        or f"{len(slices())} slices, {len(LANGUAGES)} languages: all is translated, nothing is stale"
    )
    return 1 if faults else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="check instead of compiling")
    return check() if parser.parse_args().check else compile_all()


if __name__ == "__main__":
    sys.exit(main())
