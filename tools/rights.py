"""Write `docs/rights.md` from the lifecycle tables: who may take which step, from which state to which.

python tools/rights.py           writes the file
python tools/rights.py --check   says whether the file is up to date
"""

import inspect
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs/rights.md"
HEAD = """# Rights

Made by `python tools/rights.py` from the lifecycle tables in the code; do not edit by hand. What each role in each organisation
gets in each state is tested cell by cell. A step that is not in a table is not possible for anybody.
"""


def text() -> str:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillitsrom.settings.test")
    django.setup()
    from django.utils.translation import override

    from tillitsrom.controls.lifecycle import CONTROL
    from tillitsrom.cooperation.lifecycle import CASE
    from tillitsrom.cooperation.lifecycle_meetings import MEETING, MINUTES
    from tillitsrom.ledger.lifecycle import ENTRY
    from tillitsrom.outcomes.lifecycle import NEW_DUTY, OBSTACLE
    from tillitsrom.outcomes.lifecycle import REQUEST as OWNER_REQUEST
    from tillitsrom.register.lifecycle import CANDIDATE, DOCUMENT, REQUIREMENT
    from tillitsrom.rulesets.lifecycle import LOCAL_AGREEMENT
    from tillitsrom.signals.lifecycle import SIGNAL
    from tillitsrom.signals.lifecycle_calls import CALL, STATEMENT
    from tillitsrom.signals.lifecycle_dialogue import DIALOGUE

    parts = [HEAD]
    with override("en"):
        for name, lifecycle in (
            ("Document", DOCUMENT),
            ("Candidate", CANDIDATE),
            ("Requirement", REQUIREMENT),
            ("Signal", SIGNAL),
            ("Request for dialogue", DIALOGUE),
            ("Call for input", CALL),
            ("Problem statement", STATEMENT),
            ("Local agreement", LOCAL_AGREEMENT),
            ("Request to an owner", OWNER_REQUEST),
            ("Hindrance in law", OBSTACLE),
            ("New reporting duty", NEW_DUTY),
            ("Entry of the ledger", ENTRY),
            ("Case", CASE),
            ("Meeting", MEETING),
            ("Minutes", MINUTES),
            ("Control measure", CONTROL),
        ):
            parts.append(
                f"\n## {name}\n\n| action | from | to | who | asks for |\n| --- | --- | --- | --- | --- |\n"
            )
            for t in lifecycle.transitions:
                rule = (inspect.getdoc(t.rule) or "").split("\n")[0] or t.rule.__name__.replace("_", " ")
                parts.append(
                    f"| {t.action} | {t.source} | {t.target} | `{t.rule.__name__}`: {rule} | {', '.join(t.needs) or '–'} |\n"
                )
    return "".join(parts)


def main() -> int:
    wanted = text()
    if "--check" in sys.argv:
        current = TARGET.read_text("utf-8") if TARGET.exists() else ""
        if current != wanted:
            print("docs/rights.md is not up to date: run python tools/rights.py")
            return 1
        return 0
    TARGET.write_text(wanted, encoding="utf-8")
    print("wrote", TARGET.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
