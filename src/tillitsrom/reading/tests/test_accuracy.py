"""How well the reader agrees with people's annotations. The letters are not part of the repository.

Set TILLITSROM_SHARED to the folder that holds `data/annotations.jsonl`, `data/letters/` and `data/score.py`.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind

ROOT = Path(__file__).resolve().parents[4]
DATA = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data"
# What is reached is a little higher; a change that costs more than the margin must be seen.
FLOORS = {"F1": 0.97, "class": 0.97, "deadline": 0.97}


@pytest.mark.skipif(
    not (DATA / "annotations.jsonl").exists(),
    reason="needs the annotated letters: set TILLITSROM_SHARED to their folder",
)
def test_agreement_with_the_annotations(tmp_path: Path) -> None:
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for path in sorted((DATA / "letters").iterdir()):
            reading = read_document(
                Document(path.name, SourceKind.MARKDOWN, path.read_text(encoding="utf-8"))
            )
            for found in reading.requirements:
                item = {
                    "doc": path.name,
                    "start": found.start,
                    "end": found.end,
                    "class": found.requirement_class.value,
                }
                out.write(json.dumps({**item, "deadline": found.deadline}) + "\n")
    paths = (DATA / "score.py", DATA / "annotations.jsonl", predicted, DATA / "letters")
    command = [sys.executable, *map(str, paths)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    total = result.stdout.splitlines()[-1]
    for name, floor in FLOORS.items():
        value = re.search(rf"{name} (\d\.\d+)", total)
        assert value, total
        assert float(value.group(1)) >= floor, total
