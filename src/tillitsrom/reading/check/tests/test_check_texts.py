"""Every rule says all it has to say in three languages."""

import string
from datetime import date

import pytest

from tillitsrom.reading.check import RULES, Phrase, Rule, check
from tillitsrom.reading.check.registry import BY_CODE
from tillitsrom.reading.check.tests.make import HEAD, read
from tillitsrom.reading.check.texts import LANGUAGES, in_language, message, text_of

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


def names(text: str) -> set[str]:
    return {name for _before, name, _form, _conversion in string.Formatter().parse(text) if name}


@every_rule
def test_each_language_says_everything_and_asks_for_the_same_values(rule: Rule):
    said = [text_of(rule, language) for language in LANGUAGES]
    assert all(part.strip() for one in said for part in (one.title, one.what, one.message, one.why))
    assert len({one.title for one in said[1:]} | {one.why for one in said}) >= 4
    assert {frozenset(names(one.message)) for one in said} == {frozenset(names(rule.message))}


def test_an_unknown_language_gets_bokmaal():
    assert text_of(RULES[0], "se") == text_of(RULES[0], "nb")


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("nb", "(1. mai 2026 til 3. mai 2026)"),
        ("nn", "(1. mai 2026 til 3. mai 2026)"),
        ("en", "(1 May 2026 to 3 May 2026)"),
    ],
)
def test_dates_and_phrases_follow_the_language(language: str, wanted: str):
    span = Phrase("span", {"start": date(2026, 5, 1), "end": date(2026, 5, 3)})
    assert wanted in message(BY_CODE["TR501"], {"count": 6, "span": span}, language)


def test_a_finding_can_be_said_in_another_language():
    letter = read(HEAD + "## Styringsparametere\n\n- Antall gjennomførte møter med havnene\n")
    (finding,) = [f for f in check(letter) if f.code == "TR103"]
    assert finding.message.startswith("Tallet teller aktiviteter.")
    assert in_language(finding, BY_CODE["TR103"], "en").message.startswith("The figure counts activities.")
    assert in_language(finding, BY_CODE["TR103"], "nb") == finding
