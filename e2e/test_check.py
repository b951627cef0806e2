"""A ministry checks a draft before it sends it, and follows a finding to why it matters."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from . import letters, pages
from .conftest import DESKTOP, PHONE, OpenPage
from .story import Demo
from .test_accessibility import faults, look, rules_of, said

FAULTY = (
    "Kommunen skal rapportere antall vedtak for hver enkelt saksbehandler til direktoratet hvert kvartal."
)
DRAFT = f"{letters.UPLOADED}\n{FAULTY}\n\nKommunen skal sende direktoratet en plan innen 31. juni 2027.\n"


def checked(page: Page) -> None:
    page.goto("/sjekk/")
    page.get_by_label("Lim inn teksten").fill(DRAFT)
    choice = page.get_by_label("Sammenlign med")
    choice.select_option(index=1)
    page.get_by_role("button", name="Sjekk utkastet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("feil")


def test_from_the_list_to_a_finding_and_its_reason(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page(demo.everyone)
    page.goto("/dokumenter/")
    page.get_by_role("link", name="Sjekk før du sender").click()
    expect(page.get_by_text("Utkastet blir ikke lagret")).to_be_visible()
    checked(page)
    finding = page.locator(".finding", has_text=FAULTY)
    expect(finding.get_by_text("Feil", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="SARIF").click()
    log = json.loads(download.value.path().read_text("utf-8"))
    assert {"TR201", "TR503"} <= {result["ruleId"] for result in log["runs"][0]["results"]}
    finding.get_by_role("link", name="TR201").click()
    expect(page).to_have_url(re.compile("/sjekk/regler/TR201/$"))
    expect(page.get_by_role("heading", name="Hvorfor")).to_be_visible()
    assert not complaints


def test_a_finding_in_the_review_leads_to_its_candidate(
    open_page: OpenPage, demo: Demo, complaints: list[str]
):
    page = open_page(demo.everyone)
    page.goto(f"/sjekk/dokument/{demo.documents['review'].pk}/")
    link = page.locator(".finding__where").first
    link.click()
    expect(page).to_have_url(re.compile(r"/gjennomgang/\?.*#forslag-\d+$"))
    assert not complaints


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")],
    ids=["desk", "dark", "phone"],
)
def test_everybody_can_use_the_pages_of_the_check(
    open_page: OpenPage, demo: Demo, complaints: list[str], viewport: Any, scheme: Any
):
    page = open_page(demo.everyone, viewport=viewport, color_scheme=scheme, trace=False)
    options = rules_of(scheme)
    sheets = [s for s in [*pages.PUBLIC, *pages.SIGNED_IN] if s.name.startswith("checking:")]
    sheets += [s for s in pages.SIGNED_IN if s.name in ("documents:review", "documents:detail")]
    found = [one for sheet in sheets for one in look(page, sheet, sheet.path(demo), options, sheet.status)]
    checked(page)
    found += [f"the answer – {one}" for one in faults(page, options)]
    page.goto("/sjekk/")
    page.get_by_role("button", name="Sjekk utkastet").click()
    expect(page.get_by_role("alert").or_(page.locator(".ds-error-summary")).first).to_be_visible()
    found += [f"refused – {one}" for one in faults(page, options)]
    assert not found, said(found)
