"""Throw coverage-guided rubbish at the reader: no input may crash it, hang it (over 5 s a MB) or exhaust memory.

    pip install atheris
    python -m benchmarks.fuzz                      60 seconds for each kind of document
    python -m benchmarks.fuzz --kind pdf --seconds 600
    python -m benchmarks.fuzz --corpus folder      keep what was interesting, and go on from it next time

Half of the text inputs are put together from words that steering documents and laws are made of, so that the rules are reached
and not only the parsers. A refusal (`ReadingError`) is an answer; anything else that is raised ends the run and is kept as
crash-… in the folder. Prints the machine, and per kind how many inputs were tried, the slowest, and the memory.
"""

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from benchmarks.reading import machine

from tillitsrom.reading.check.engine import examine
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, ReadingError, SourceKind
from tillitsrom.reading.sources import DEFAULT_LIMITS, Limits, OcrMode, read_bytes

ROOT = Path(__file__).resolve().parents[1]
LETTERS = ROOT / "src/tillitsrom/demo/letters"
KINDS = ("md", "law", "html", "docx", "eml", "pdf")
SECONDS_PER_MB, SECONDS_AT_LEAST, MEMORY_MB = 5.0, 1.0, 1200
WORDS = (
    "Direktoratet skal ", "rapportere til departementet ", "innen 31. juni 2026", "Frist: 1.6.2026.", "\n\n", "\n", "# ",
    "## Mål\n", "- ", "1. ", "a) ", "| ", " | ", "|---|---|\n", "<p>", "</p>", "<br>", "§ 5. ", "§ 5-3 a. ", "Kommunen skal ",
    "må ikke ", "kan ikkje ", "bes om å ", "Styringsparametere:\n", "TB2026-17 | Avd. HOD: KTA | ", "skal:\n", "jf. ", "bl.a. ",
    "«", "»", "**", "…", "\t", "\u00a0", "\u200b", "æøå ", "Lov om rubbish\n", "Tildelingsbrev 2026 – ", ";", ":", ".", " og ",
)  # fmt: skip


def limits() -> Limits:
    return Limits(max_bytes=DEFAULT_LIMITS.max_bytes, max_seconds=30.0)


def document_of(kind: str, data: bytes) -> Document | None:
    """The input as a document of the kind, or None where it is refused."""
    if kind in ("md", "law"):
        text = words(data) if data[:1] < b"\x80" else data.decode("utf-8", "replace")
        return Document(
            "x.md", SourceKind.MARKDOWN, ("Lov om rubbish\n\n§ 1. " if kind == "law" else "") + text
        )
    if kind == "docx":
        data = packed(data)
    try:
        return read_bytes(data, f"x.{kind}", limits(), ocr=OcrMode.NEVER)
    except ReadingError:
        return None


def words(data: bytes) -> str:
    """Each byte is a piece of a document."""
    return "".join(WORDS[byte % len(WORDS)] for byte in data[1:])


def packed(data: bytes) -> bytes:
    """The input as the body of a Word file, so that the parser of its XML is reached."""
    buffer = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>".encode() + data + b"</w:body></w:document>"
        )
    return buffer.getvalue()


class Tally:
    """What one run has seen."""

    def __init__(self, kind: str, file: Path) -> None:
        self.kind, self.file, self.tried, self.slowest, self.size = kind, file, 0, 0.0, 0

    def one(self, data: bytes) -> None:
        started = time.process_time()
        document = document_of(self.kind, data)
        if document is not None:
            reading = read_document(document)
            examine(reading)
            last = 0
            for found in reading.requirements:
                if not 0 <= found.start < found.end <= len(document.text) or found.start < last:
                    raise AssertionError(f"the spans are not in order: {found}")
                if found.quote != document.text[found.start : found.end]:
                    raise AssertionError(f"the quote is not the text: {found}")
                last = found.start
        took = time.process_time() - started
        self.tried += 1
        if took > self.slowest:
            self.slowest, self.size = took, len(data)
        if self.tried % 10 == 1:
            self.tell()
        if took > max(SECONDS_AT_LEAST, SECONDS_PER_MB * len(data) / 1e6):
            raise AssertionError(f"{len(data)} bytes took {took:.1f} s")
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 > MEMORY_MB:
            raise AssertionError(f"more than {MEMORY_MB} MB")

    def tell(self) -> None:
        """Written down as it goes: the fuzzer ends the process without a word."""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.file.write_text(
            f"{self.tried:>8} inputs, slowest {self.slowest:.2f} s ({self.size:,} bytes), {memory:.0f} MB"
        )


def seeds(kind: str, folder: Path) -> None:
    """Whole documents to begin from."""
    for number, path in enumerate(sorted(LETTERS.glob("*.md"))[:4]):
        text = path.read_text(encoding="utf-8")[:1_500]
        if kind == "html":
            text = "<html><body><h1>" + text.replace("\n\n", "</p><p>") + "</p></body></html>"
        elif kind == "eml":
            text = "Subject: brev\nContent-Type: text/plain; charset=utf-8\n\n" + text
        elif kind == "docx":
            text = f"<w:p><w:r><w:t>{text[:500]}</w:t></w:r></w:p>"
        elif kind == "pdf":
            text = f"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n{text[:300]}\ntrailer<</Root 1 0 R>>\n%%EOF"
        (folder / f"{kind}-{number}").write_text(text, encoding="utf-8")


def run(kind: str, seconds: int, kept: Path) -> None:
    """One kind in this process; libFuzzer ends it when the time is over."""
    import atheris

    tally = Tally(kind, kept.with_suffix(".tally"))
    atheris.instrument_all()
    arguments = [
        sys.argv[0],
        str(kept),
        f"-max_total_time={seconds}",
        "-max_len=20000",
        "-timeout=60",
        "-verbosity=0",
    ]
    arguments += [f"-artifact_prefix={kept}/", f"-rss_limit_mb={MEMORY_MB + 500}"]

    atheris.Setup(arguments, tally.one)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--kind", choices=KINDS, action="append", help="only this kind; may be given more than once"
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each kind")
    parser.add_argument("--corpus", type=Path, help="a folder to keep interesting inputs in")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options: Any = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("The fuzzer is not installed: pip install atheris")
        return 2
    if options.inside:
        run(options.kind[0], options.seconds, options.corpus)
        return 0
    print(machine(), flush=True)
    failed = 0
    for kind in options.kind or KINDS:
        with tempfile.TemporaryDirectory() as scratch:
            kept = (options.corpus or Path(scratch)) / kind
            kept.mkdir(parents=True, exist_ok=True)
            seeds(kind, kept)
            command = [sys.executable, "-m", "benchmarks.fuzz", "--inside", "--kind", kind]
            command += ["--seconds", str(options.seconds), "--corpus", str(kept)]
            done = subprocess.run(
                command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, stderr=subprocess.PIPE
            )
            told = kept.with_suffix(".tally")
            print(f"  {kind:<5} {told.read_text() if told.exists() else 'nothing was tried'}", flush=True)
            if done.returncode or not told.exists():
                failed += 1
                print(f"  {kind:<5} FAILED\n{done.stderr.decode('utf-8', 'replace')[-3000:]}", flush=True)
    print("Nothing crashed, hung or grew." if not failed else f"{failed} kinds FAILED.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
