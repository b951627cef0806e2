"""A draft that breaks rules of each severity, with sentences that stand nowhere else."""

import io

import docx

SENTENCES = (
    "Direktoratet skal rapportere antall vedtak for hver enkelt saksbehandler ved fyret til departementet hvert kvartal.",
    "Antall gjennomførte møter med sjømerkerådet",
    "Direktoratet skal ha fokus på blinkende lykter i skjærgården.",
)
DRAFT = f"""# Tildelingsbrev 2027 til Kystdirektoratet

Dato: 12. januar 2027

## Styringsparametere

- {SENTENCES[1]}

## Føringer

{SENTENCES[2]}

## Rapportering

{SENTENCES[0]}

Direktoratet skal sende departementet en plan innen 31. juni 2027.
"""


def docx_of(text: str) -> bytes:
    """The draft as a Word file."""
    document = docx.Document()
    for line in text.splitlines():
        if line.startswith("#"):
            document.add_heading(line.lstrip("# "), line.index(" "))
        elif line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        elif line:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
