"""What is silenced is told with its reason, and a silence that nothing needs is told too."""

import json
import re
from typing import Any

import pytest

from tillitsrom.reading.check import RULES, Config, Silence, examine
from tillitsrom.reading.check.command import unused
from tillitsrom.reading.check.output import Checked, as_json, sarif
from tillitsrom.reading.check.tests.make import HEAD, read

LETTER = HEAD + "## Styringsparametere\n\n- Antall gjennomførte møter med havnene\n- Antall avholdte kurs\n"
MEETINGS = Silence("TR103", "møter med havnene", "Avtalt i dialogen.")
OLD = Silence("TR103", "stikkprøver", "Sto i fjorårets brev.")
OTHER = Silence("TR502", "juli", "Gjelder en annen regel.")


def checked(*silences: Silence, **more: Any) -> tuple[list[Checked], Config]:
    config = Config(silence=silences, **more)
    reading = read(LETTER)
    result = examine(reading, config=config)
    return [Checked("brev.md", reading, result.findings, result.silenced)], config


def test_a_silenced_finding_is_kept_with_its_silence():
    (one,), _config = checked(MEETINGS)
    (silenced,) = one.silenced
    assert silenced.silence == MEETINGS
    assert "møter" in silenced.finding.quote
    assert not [f for f in one.findings if "møter" in f.quote]
    assert [f for f in one.findings if "kurs" in f.quote]


def test_only_silences_that_were_tried_can_be_unused():
    found, config = checked(MEETINGS, OLD, OTHER)
    assert unused(found, config) == (OLD, OTHER)
    found, config = checked(MEETINGS, OLD, OTHER, select=("TR1",))
    assert unused(found, config) == (OLD,)


def test_json_tells_what_was_silenced_and_why():
    found, _config = checked(MEETINGS)
    (silenced,) = json.loads(as_json(found))["silenced"]
    assert silenced["reason"] == "Avtalt i dialogen."
    assert silenced["code"] == "TR103"


# The parts of the SARIF 2.1.0 standard (OASIS, sections 3.13 to 3.35) that are used: name -> (type, required).
SARIF: dict[str, dict[str, tuple[type, bool]]] = {
    "log": {"$schema": (str, False), "version": (str, True), "runs": (list, True)},
    "run": {"tool": (dict, True), "columnKind": (str, False), "results": (list, False)},
    "driver": {"name": (str, True), "version": (str, False), "semanticVersion": (str, False), "language": (str, False),
               "rules": (list, False)},
    "rule": {"id": (str, True), "name": (str, False), "shortDescription": (dict, False), "fullDescription": (dict, False),
             "help": (dict, False), "defaultConfiguration": (dict, False)},
    "result": {"ruleId": (str, False), "ruleIndex": (int, False), "level": (str, False), "message": (dict, True),
               "locations": (list, False), "properties": (dict, False), "suppressions": (list, False),
               "relatedLocations": (list, False)},
    "location": {"id": (int, False), "message": (dict, False), "physicalLocation": (dict, False)},
    "physicalLocation": {"artifactLocation": (dict, False), "region": (dict, False)},
    "region": {"startLine": (int, False), "endLine": (int, False), "charOffset": (int, False), "charLength": (int, False),
               "snippet": (dict, False)},
    "suppression": {"kind": (str, True), "status": (str, False), "justification": (str, False)},
}  # fmt: skip


def follows(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    allowed = SARIF[kind]
    assert set(value) <= set(allowed), kind
    assert {name for name, (_type, required) in allowed.items() if required} <= set(value), kind
    assert all(isinstance(value[name], allowed[name][0]) for name in value), kind
    return value


def test_sarif_follows_the_standard():
    found, _config = checked(MEETINGS)
    log = follows("log", json.loads(sarif(found)))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = follows("driver", follows("run", run)["tool"]["driver"])
    assert re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Z]{2})?", driver["language"])
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert [follows("rule", rule)["id"] for rule in driver["rules"]] == [rule.code for rule in RULES]
    for result in run["results"]:
        follows("result", result)
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        for place in result["locations"] + result.get("relatedLocations", []):
            physical = follows("physicalLocation", follows("location", place)["physicalLocation"])
            assert re.fullmatch(r"[\w%./~-]+", physical["artifactLocation"]["uri"])
            region = follows("region", physical["region"])
            assert 1 <= region["startLine"] <= region["endLine"]
            end = region["charOffset"] + region["charLength"]
            assert LETTER[region["charOffset"] : end] == region["snippet"]["text"]


def test_sarif_keeps_what_was_silenced_as_suppressed():
    found, _config = checked(MEETINGS)
    results = json.loads(sarif(found))["runs"][0]["results"]
    (quiet,) = [r for r in results if "suppressions" in r]
    (suppression,) = [follows("suppression", s) for s in quiet["suppressions"]]
    assert suppression == {"kind": "external", "status": "accepted", "justification": "Avtalt i dialogen."}
    assert "møter" in quiet["message"]["text"]


@pytest.mark.parametrize(("language", "word"), [("nn", "Kjelde: "), ("en", "Source: ")])
def test_sarif_speaks_the_language_asked_for(language: str, word: str):
    found, _config = checked()
    driver = json.loads(sarif(found, language))["runs"][0]["tool"]["driver"]
    assert driver["language"] == language
    assert all(word in rule["help"]["text"] for rule in driver["rules"])
