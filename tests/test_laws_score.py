"""The scorer of the laws counts what it says, and the annotated files hold together."""

import json
import os
import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.laws_score import Duty, Stretch, as_duty, as_stretch, home, match, records, score

LAWS = Path(__file__).resolve().parents[1] / "benchmarks" / "laws"
FIRST = Stretch("a.md", 0, 100, "nb")
SECOND = Stretch("b.md", 50, 150, "nn")
SETS = ("development", "aside", "aside-2", "aside-3")
KINDS = {"duty", "prohibition", "reporting"}
BEARERS = {
    "kommune",
    "fylkeskommune",
    "departement",
    "direktorat",
    "statsforvalter",
    "virksomhet",
    "organ",
    "arbeidsgiver",
    "enhver",
    "andre",
}


def duty(start: int, end: int, *, doc: str = "a.md", kind: str = "duty", who: str = "kommune") -> Duty:
    return Duty(doc, start, end, kind, frozenset(who.split("+")), "§ 1")


def test_a_perfect_prediction_has_no_error():
    gold = [
        duty(0, 20),
        duty(30, 60, who="kommune+fylkeskommune"),
        duty(60, 90, doc="b.md", kind="reporting"),
    ]
    rows = score(gold, [FIRST, SECOND], gold)
    assert list(rows) == ["nb", "nn", "ALL"]
    assert rows["ALL"].row("ALL") == (
        "ALL: gold 3 predicted 3 precision 1.000 recall 1.000 F1 1.000 class 1.000 bearer 1.000 section 1.000"
    )
    assert (rows["nb"].gold, rows["nn"].gold) == (2, 1)


def test_what_lies_outside_the_stretches_is_not_held_against_anyone():
    outside = [duty(10, 30, doc="b.md"), duty(10, 30, doc="c.md"), duty(20, 80, doc="b.md")]
    half_in = duty(20, 81, doc="b.md")
    rows = score([duty(0, 20)], [FIRST, SECOND], [*outside, half_in])
    assert rows["nn"].predicted == 1
    assert (rows["nb"].gold, rows["nb"].predicted, rows["nb"].recall) == (1, 0, 0.0)


def test_false_alarms_and_misses_both_cost():
    gold = [duty(0, 20), duty(30, 60)]
    row = score(gold, [FIRST], [duty(0, 20), duty(62, 70), duty(72, 80), duty(82, 90)])["ALL"]
    assert (row.precision, row.recall, round(row.f1, 4)) == (0.25, 0.5, 0.3333)


def test_class_bearers_and_section_are_counted_over_the_matched():
    gold = [duty(0, 20, who="kommune+fylkeskommune"), duty(30, 60)]
    wrong = replace(duty(30, 60, kind="reporting", who="organ"), section="§ 2")
    row = score(gold, [FIRST], [duty(0, 20, who="fylkeskommune+kommune"), wrong])["ALL"]
    assert (row.hit, row.kind, row.bearer, row.section) == (2, 1, 1, 1)
    some = score(gold, [FIRST], [duty(0, 20, who="kommune")])["ALL"]
    assert (some.hit, some.bearer) == (1, 0)


def test_each_gold_duty_is_matched_once_by_the_best_overlap():
    gold = duty(0, 40)
    assert match([gold], [duty(0, 20), duty(0, 38)]) == [(gold, duty(0, 38))]
    assert match([gold], [duty(30, 50)]) == [(gold, duty(30, 50))]
    assert match([gold], [duty(31, 51)]) == []


def test_a_gold_duty_outside_every_stretch_is_refused():
    with pytest.raises(ValueError, match=r"a\.md 200-220"):
        score([duty(200, 220)], [FIRST], [])


def test_a_prediction_may_leave_out_what_it_does_not_know(tmp_path):
    path = tmp_path / "predicted.jsonl"
    path.write_text(json.dumps({"doc": "a.md", "start": 3, "end": 9}) + "\n\n", encoding="utf-8")
    assert [as_duty(r) for r in records(path)] == [Duty("a.md", 3, 9, "", frozenset(), "")]


@pytest.mark.parametrize("name", SETS)
def test_the_annotations_lie_in_their_stretches(name):
    stretches = [as_stretch(r) for r in records(LAWS / f"{name}-stretches.jsonl")]
    duties = [as_duty(r) for r in records(LAWS / f"{name}.jsonl")]
    assert {s.language for s in stretches} == {"nb", "nn"}
    for one in duties:
        assert home(one, stretches)
        assert one.kind in KINDS
        assert one.bearers
        assert one.bearers <= BEARERS
        assert one.section.startswith("§ ")
    assert score(duties, stretches, duties)["ALL"].hit == len(duties)


def test_no_document_is_in_two_sets():
    documents = [{r["doc"] for r in records(LAWS / f"{name}-stretches.jsonl")} for name in SETS]
    assert all(documents)
    assert len(set.union(*documents)) == sum(len(one) for one in documents)


@pytest.mark.parametrize("name", SETS)
def test_every_offset_points_at_a_whole_sentence_or_item_of_its_section(name):
    archive = Path(os.environ.get("TILLITSROM_SHARED", "")) / "data" / "laws.tar.xz"
    if not archive.is_file():
        pytest.skip("TILLITSROM_SHARED does not say where data/laws.tar.xz is")
    duties = [as_duty(r) for r in records(LAWS / f"{name}.jsonl")]
    wanted = {d.doc for d in duties}
    with tarfile.open(archive) as packed:
        texts = {m.name: packed.extractfile(m).read().decode("utf-8") for m in packed if m.name in wanted}
    for one in duties:
        text = texts[one.doc]
        quote = text[one.start : one.end]
        assert quote == quote.strip()
        assert quote
        assert "\n" not in quote
        heading = re.findall(r"^#+ +(.*)$", text[: one.start], re.MULTILINE)[-1]
        assert " ".join(heading.split()).startswith(one.section)
