"""Every rule has its page, and what the page shows is so."""

import re
import tomllib
from pathlib import Path

import pytest

from tillitsrom.reading.check import RULES, Config, Rule, check
from tillitsrom.reading.check.config import parse_config
from tillitsrom.reading.check.tests.make import read

PAGES = Path(__file__).resolve().parents[5] / "docs/check"
HEADINGS = ["What", "Why", "Source", "Bad example", "Good example", "Silence with a reason"]
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the documentation is not here")
every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


def sections(rule: Rule) -> dict[str, str]:
    page = (PAGES / f"{rule.code}.md").read_text("utf-8")
    # Headings inside fenced examples are not the page's own.
    parts = re.split(
        r"^## (What|Why|Source|Bad example|Good example|Silence with a reason)\n", page, flags=re.M
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def findings_of(rule: Rule, example: str, config: Config | None = None) -> set[str]:
    fences = re.findall(r"^```markdown ?(\w*)\n(.*?)\n```$", example, re.M | re.S)
    texts = {name or "draft": text for name, text in fences}
    assert "draft" in texts
    previous = read(texts["previous"], "2025.md") if "previous" in texts else None
    others = [read(texts["against"], "andre.md")] if "against" in texts else []
    findings = check(read(texts["draft"]), previous=previous, others=others, config=config or Config())
    return {f.code for f in findings}


@every_rule
def test_the_page_has_what_a_page_must_have(rule: Rule):
    page = (PAGES / f"{rule.code}.md").read_text("utf-8")
    assert page.startswith(f"# {rule.code}: ")
    assert list(sections(rule)) == HEADINGS
    assert all(text.strip() for text in sections(rule).values())


@every_rule
def test_the_bad_example_breaks_the_rule_and_the_good_one_does_not(rule: Rule):
    assert rule.code in findings_of(rule, sections(rule)["Bad example"])
    assert rule.code not in findings_of(rule, sections(rule)["Good example"])


@every_rule
def test_the_silence_on_the_page_is_valid_and_silences_the_bad_example(rule: Rule):
    block = re.search(r"```toml\n(.*?)```", sections(rule)["Silence with a reason"], re.S)
    assert block
    config = parse_config(tomllib.loads(block[1])["check"])
    assert rule.code not in findings_of(rule, sections(rule)["Bad example"], config)


def test_the_table_names_every_rule_and_no_other():
    table = (PAGES / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| \[(TR\d{3})\]\((TR\d{3})\.md\) \| `([\w-]+)` \| (\w+) \|", table, re.M)
    assert rows == [(r.code, r.code, r.name, r.severity.value) for r in RULES]
    assert {p.stem for p in PAGES.glob("TR*.md")} == {r.code for r in RULES}


def test_the_configuration_that_is_shown_is_valid():
    block = re.search(r"```toml\n(.*?)```", (PAGES / "README.md").read_text("utf-8"), re.S)
    assert block
    assert parse_config(tomllib.loads(block[1])["check"]).cap_goals == 5
