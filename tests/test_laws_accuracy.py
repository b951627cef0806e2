"""How well the reading of laws agrees with people's annotations. The texts of the laws are not part of the repository.

Set TILLITSROM_SHARED to the folder that holds `data/laws.tar.xz`.
"""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.laws_score import Duty, as_duty, as_stretch, records, score

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "benchmarks" / "laws"
ARCHIVE = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data" / "laws.tar.xz"
# What is reached on the studied part is a little higher; a change that costs more than the margin must be seen.
FLOOR, BEARER_FLOOR = 0.96, {"nb": 0.95, "nn": 0.88}


def found_in(folder: Path, name: str) -> Iterator[Duty]:
    text = (folder / name).read_text(encoding="utf-8")
    for r in read_document(Document(name, SourceKind.MARKDOWN, text)).requirements:
        place = {"doc": name, "start": r.start, "end": r.end, "section": r.section}
        yield as_duty({**place, "class": r.requirement_class.value, "bearer": r.bearer})


@pytest.mark.skipif(not ARCHIVE.exists(), reason="needs the laws: set TILLITSROM_SHARED to their folder")
def test_agreement_with_the_studied_sections(tmp_path: Path) -> None:
    stretches = [as_stretch(r) for r in records(HERE / "development-stretches.jsonl")]
    wanted = {stretch.doc for stretch in stretches}
    with tarfile.open(ARCHIVE) as packed:
        for member in packed:
            name = "/".join(member.name.split("/")[-2:])
            if name in wanted:
                member.name = name
                packed.extract(member, tmp_path, filter="data")
    gold = [as_duty(r) for r in records(HERE / "development.jsonl")]
    found = [duty for name in sorted(wanted) for duty in found_in(tmp_path, name)]
    rows = score(gold, stretches, found)
    for language, floor in BEARER_FLOOR.items():
        counts = rows[language]
        assert counts.f1 >= FLOOR, counts.row(language)
        assert counts.kind >= FLOOR * counts.hit, counts.row(language)
        assert counts.section == counts.hit, counts.row(language)
        assert counts.bearer >= floor * counts.hit, counts.row(language)
