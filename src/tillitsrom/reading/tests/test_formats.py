"""The same letter as Markdown, Word, PDF and HTML gives the same requirements."""

import html

import pytest

from tillitsrom.reading.model import Document, Reading
from tillitsrom.reading.report import plain
from tillitsrom.reading.sources import read_bytes
from tillitsrom.reading.tests.make import LETTER, blocks, docx_of, pdf_of

extract = pytest.importorskip("tillitsrom.reading.extract")

ASSIGNMENTS = "\n".join(
    f"""
### Oppdrag 2026-{n:02} {title}

Direktoratet skal {task} og legge fram en vurdering for departementet. Departementet viser til at saken er viktig for \
kommunene, og at den har vært drøftet i flere møter de siste årene.

Direktoratet skal i arbeidet:

- involvere dem som arbeider med {title.lower()} tidlig, slik at løsningen svarer på behov som de faktisk har
- vurdere hva {title.lower()} vil koste de neste årene

Frist: {n}. november 2026.
"""
    for n, (title, task) in enumerate(
        [
            ("Skredvarsling", "utrede en felles tjeneste for varsling av snøskred i bratte dalsider"),
            ("Broer", "kartlegge tilstanden til hengebroene på de merkede rutene"),
            ("Ledhunder", "lage en veileder om ferdsel med hund i områder med beitedyr"),
            ("Fjellskole", "prøve ut en fjellskole for femteklassinger i tre kommuner"),
            ("Skilting", "foreslå en felles standard for skilt på stier og ved parkeringsplasser"),
            ("Beredskap", "øve på redning ved stort sykefravær sammen med de lokale lagene"),
            ("Statistikk", "samle tall for ulykker på merkede stier i ett register"),
            ("Naturvern", "vurdere om stier bør legges om av hensyn til sårbar natur"),
        ],
        start=11,
    )
)
LONG = LETTER + "\n## 6. Flere oppdrag\n" + ASSIGNMENTS


def html_of(markdown: str) -> bytes:
    pieces = []
    for kind, content in blocks(markdown):
        if kind == "list":
            pieces.append("<ul>" + "".join(f"<li>{html.escape(text)}</li>" for text in content) + "</ul>")
        elif kind == "table":
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in content)
            pieces.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            pieces.append(f"<{kind}>{html.escape(content)}</{kind}>")
    return ("<!DOCTYPE html><html><body><main>" + "".join(pieces) + "</main></body></html>").encode()


def found(document: Document) -> set[tuple[str, str, str | None, str | None]]:
    reading: Reading = extract.read_document(document)
    return {
        (r.requirement_class.value, plain(r.quote), r.deadline, r.assignment) for r in reading.requirements
    }


@pytest.mark.parametrize(
    ("name", "make"), [("brev.docx", docx_of), ("brev.pdf", pdf_of), ("brev.html", html_of)]
)
def test_the_format_makes_no_difference(name: str, make) -> None:
    expected = found(read_bytes(LONG.encode(), "brev.md"))
    actual = found(read_bytes(make(LONG), name))
    assert len(expected) >= 30
    assert 2 * len(expected & actual) / (len(expected) + len(actual)) >= 0.98, expected ^ actual
