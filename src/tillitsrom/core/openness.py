"""The legal grounds for exempting something from openness, read from data with source and status (R18)."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground (hjemmel) for non-publication: the section of offentleglova, what it covers, and how sure we are."""

    code: str
    section: str
    text: dict[str, str]
    kind: str
    source: str
    verified: bool

    def __str__(self) -> str:
        language = get_language() or "nb"
        return f"offentleglova {self.section}: {self.text.get(language[:2], self.text['nb'])}"


@cache
def grounds() -> tuple[Ground, ...]:
    """All grounds that may be chosen. Rows that limit other grounds (`kind: limit`) cannot be chosen."""
    raw = yaml.safe_load(
        resources.files("tillitsrom.core").joinpath("data/openness_grounds.yaml").read_text("utf-8")
    )
    return tuple(
        Ground(
            code=row["id"],
            section=row["section"],
            text=row["text"],
            kind=row["kind"],
            source=row["source"],
            verified=row["status"] == "verified",
        )
        for row in raw["grounds"]
    )


def ground(code: str) -> Ground | None:
    return next((g for g in grounds() if g.code == code), None)


def GROUND_CHOICES() -> list[tuple[str, str]]:  # noqa: N802  # a callable constant: Django asks for choices late
    """Choices for forms, in the reader's language; unverified grounds and limits are left out."""
    return [(g.code, str(g)) for g in grounds() if g.verified and g.kind != "limit"]
