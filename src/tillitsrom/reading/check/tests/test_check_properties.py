"""Whatever comes in: no crash, and every finding cuts its quote out of the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tillitsrom.reading.check import Severity, check
from tillitsrom.reading.check.output import FORMATS, Checked
from tillitsrom.reading.check.tests.make import HEAD, read

WORDS = st.sampled_from(
    [
        "Direktoratet",
        "skal",
        "må",
        "rapportere",
        "departementet",
        "innen",
        "31.",
        "juni",
        "2026",
        "31.06.2026",
        "hver",
        "saksbehandler",
        "antall",
        "vedtak",
        "per",
        "|",
        "-",
        "#",
        "\n\n",
        "##",
        "Mål",
        "##",
        "Oppdrag",
        "KD2026-01",
        "Frist:",
        "månedlig",
        "rapport",
        "om",
        "tillit",
        "følge",
        "loven",
        "ha",
        "fokus",
        "på",
        "{x}",
        "«»",
        "%",
        "\x00",
        "𝔛",
    ]
)
TEXT = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join))


@settings(max_examples=120, deadline=None)
@given(TEXT, TEXT)
def test_any_text_can_be_checked_and_shown(text: str, other: str):
    reading, last = read(HEAD + text), read(other, "annet.md")
    findings = check(reading, previous=last, others=[last])
    for finding in findings:
        assert finding.quote == reading.document.text[finding.start : finding.end]
        assert finding.message.count("\n") == 0
        assert finding.severity in Severity
    assert list(findings) == sorted(findings, key=lambda f: (f.start, f.code, f.end))
    for written in FORMATS.values():
        assert written([Checked("brev.md", reading, findings)])
