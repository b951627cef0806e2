"""Real steering documents, from upload to figures and files."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tillitsrom.register.actions import review
from tillitsrom.register.models import Document, Requirement

from . import steps
from .conftest import OpenPage
from .story import Demo


def shared(*parts: str) -> list[Path]:
    """Real letters, where the environment says in which folder they lie; they are not ours to spread."""
    folder = os.environ.get("TILLITSROM_SHARED", "")
    return sorted(Path(folder, *parts[:-1]).glob(parts[-1])) if folder else []


REAL = [
    *shared("data", "letters", "2026-hod-helsedirektoratet-supplerende-2.md"),
    *shared("data", "pdf", "*.pdf"),
]


@pytest.mark.skipif(not REAL, reason="TILLITSROM_SHARED names no folder with real letters")
@pytest.mark.parametrize("file", REAL, ids=lambda path: path.name)
def test_a_real_letter(open_page: OpenPage, demo: Demo, file: Path, complaints: list[str]):
    """From upload through acceptance to list, figures and file, as on the first day."""
    page = open_page(demo.coordinator)
    document = steps.upload(
        page, file, imposing="Oppvekstdirektoratet", addressee="Fjordvik kommune", year=2029
    )
    document.refresh_from_db()
    assert document.status == Document.Status.IN_REVIEW, document.failure_code
    page.goto(f"/dokumenter/{document.pk}/gjennomgang/")
    steps.accept_sure(page)
    steps.accept_the_rest(page, most=5)
    # A person goes on like this to the last one; here the rest are taken at once.
    review.accept_all(actor=demo.coordinator, document=document, confidence=0.0)
    page.reload()
    page.get_by_role("button", name="Publiser dokumentet").click()
    expect(page.get_by_text(steps.PUBLISHED)).to_be_visible(timeout=30_000)
    count = Requirement.objects.filter(document=document).count()
    assert count
    page.goto(f"/krav/?document={document.pk}")
    heading = page.get_by_role("heading", level=2).first.inner_text()
    assert sum(steps.figures(heading)) == count
    assert len(steps.rows(steps.downloaded(page, "JSON"))) == count
    page.goto("/innsikt/")
    expect(page.get_by_role("main")).to_contain_text("2029")
    assert not complaints
