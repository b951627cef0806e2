"""The pictures of the README, taken of the demo that everyone gets, and a look at whether the demo fills its pages.

TILLITSROM_WRITE_SCREENSHOTS=1 pytest e2e/test_screenshots.py    writes docs/images/*.png anew
"""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tillitsrom.demo import loader
from tillitsrom.people.models import User
from tillitsrom.register.models import Document, Requirement

from .conftest import OpenPage

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
WRITING = os.environ.get("TILLITSROM_WRITE_SCREENSHOTS") == "1"
LARGEST = 200_000
PICTURE = {"width": 1280, "height": 860}
FILLED = ("/", "/dokumenter/", "/krav/", "/krav/?costed=yes", "/frister/?view=list&month=2026-01", "/innsikt/",
          "/virksomheter/")  # fmt: skip


@pytest.fixture
def story(live_server: Any) -> Document:
    """The demo; the document that waits for its review."""
    loader.load(lambda _words: None)
    return Document.objects.filter(status=Document.Status.IN_REVIEW).latest("pk")


def reviewer(document: Document) -> User:
    found = User.objects.filter(
        memberships__organisation=document.addressee_id, memberships__role__in=["manager", "coordinator"]
    )
    return found.earliest("pk")


def show(page: Page, selector: str) -> None:
    """Bring a part of the page to the top, with a little air over it."""
    page.evaluate(
        "top => window.scrollTo(0, document.querySelector(top).getBoundingClientRect().top + scrollY - 24)",
        selector,
    )


def picture(page: Page, name: str) -> None:
    """Take the picture; keep it only where it was asked for."""
    page.evaluate("document.fonts.ready")
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    small = io.BytesIO()
    # Pages have few colours: a palette of them is a third of the size, and looks the same.
    taken.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(small, "png", optimize=True)
    data = small.getvalue()
    assert len(data) < LARGEST, f"{name} is {len(data)} bytes"
    if WRITING:
        IMAGES.mkdir(parents=True, exist_ok=True)
        (IMAGES / f"{name}.png").write_bytes(data)


def test_the_pictures_of_the_readme(open_page: OpenPage, story: Document, complaints: list[str]):
    page = open_page(reviewer(story), viewport=PICTURE, color_scheme="light", trace=False)
    page.goto(f"/dokumenter/{story.pk}/gjennomgang/")
    for _ in range(9):
        page.keyboard.press("j")
    expect(page.locator(".tr-candidate.is-current")).to_be_visible()
    expect(page.locator(".tr-mark.is-current").first).to_be_in_viewport()
    show(page, ".review-choices")
    picture(page, "review")

    page = open_page(viewport=PICTURE, color_scheme="light", trace=False)
    for address in FILLED:
        page.goto(address)
        expect(page.locator(".tr-empty"), address).to_have_count(0)
    page.goto("/innsikt/")
    expect(page.locator("figure.tr-chart").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 1180})
    show(page, "#change")
    picture(page, "insight")

    costed = Requirement.objects.filter(status="kept", hours_high__isnull=False).order_by("-hours_high")
    page.goto(f"/krav/{costed[0].pk}/")
    expect(page.get_by_role("heading", name="Hva det koster i året")).to_be_visible()
    assert not complaints
