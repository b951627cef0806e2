"""Every page, by everyone who may see it, on a desk and on a phone, in light and in dark."""

from collections.abc import Iterable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from . import pages
from .addresses import Sheet
from .conftest import DESKTOP, PHONE, OpenPage
from .story import Demo

LAWFUL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# The narrowest screen that the guidelines name.
NARROW = {"width": 320, "height": 640}
MOST_SCRIPT = 100_000

AXE = """async (options) => {
  const found = await axe.run(document, {...options, resultTypes: ["violations"], elementRef: false, preload: false});
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} – ${node.failureSummary}`));
}"""

# What stands in closed boxes is part of the page too; the header's menus would only cover it.
OPEN_BOXES = (
    """() => document.querySelectorAll("details:not(.tr-menu)").forEach((box) => { box.open = true; })"""
)

FORM_OF_THE_PAGE = """(mostScript) => {
  const wrong = [];
  const headings = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter((one) => one.checkVisibility());
  const levels = headings.map((one) => Number(one.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) wrong.push(`${levels.filter((level) => level === 1).length} h1`);
  levels.slice(1).forEach((level, i) => {
    if (level > levels[i] + 1) wrong.push(`heading jumps from h${levels[i]} to h${level}: ${headings[i + 1].textContent.trim()}`);
  });
  if (levels[0] !== 1 && levels.length) wrong.push(`the first heading is h${levels[0]}`);
  if (!document.title.trim()) wrong.push("no title");
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length) wrong.push(`the same id twice: ${twice.join(", ")}`);
  const styled = document.querySelectorAll("body [style], script:not([src]):not([type]), body style");
  if (styled.length) wrong.push(`inline style or script: ${styled[0].outerHTML.slice(0, 120)}`);
  const scripts = performance.getEntriesByType("resource").filter((one) => one.initiatorType === "script");
  const bytes = scripts.reduce((sum, one) => sum + one.decodedBodySize, 0);
  if (bytes > mostScript) wrong.push(`${bytes} bytes of script`);
  const outside = performance.getEntriesByType("resource").filter((one) => !one.name.startsWith(location.origin) && !one.name.startsWith("data:"));
  if (outside.length) wrong.push(`asks another server: ${outside[0].name}`);
  return wrong;
}"""

SIDEWAYS = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const shown = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility());
  const wide = shown.filter((one) => one.getBoundingClientRect().right > root.clientWidth);
  const named = wide.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
  return [`scrolls sideways at ${root.clientWidth} px (${root.scrollWidth}): ${named.join(", ")}`];
}"""


def rules_of(scheme: str) -> dict[str, Any]:
    """All rules in light; in dark only those that colours can break, for nothing else differs."""
    if scheme == "dark":
        return {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    return {"runOnly": {"type": "tag", "values": LAWFUL}}


def look(page: Page, sheet: Sheet | str, path: str, options: dict[str, Any], status: int = 200) -> list[str]:
    """Open a page and say all that is wrong with it."""
    response = page.goto(path)
    answered = response.status if response else 0
    wrong = [] if answered == status else [f"answered {answered} where {status} was expected"]
    return [f"{sheet} {path} – {one}" for one in [*wrong, *faults(page, options)]]


def faults(page: Page, options: dict[str, Any]) -> list[str]:
    page.evaluate(OPEN_BOXES)
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE, options)
    found += page.evaluate(FORM_OF_THE_PAGE, MOST_SCRIPT)
    size = page.viewport_size
    if size and size["width"] < 700:
        found += page.evaluate(SIDEWAYS)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # the width and height of a screen
        found += page.evaluate(SIDEWAYS)
        page.set_viewport_size(size)
    return found


def walk(page: Page, demo: Demo, sheets: Iterable[Sheet], scheme: str) -> list[str]:
    options = rules_of(scheme)
    return [one for sheet in sheets for one in look(page, sheet, sheet.path(demo), options, sheet.status)]


def said(found: list[str]) -> str:
    return "\n" + "\n".join(found)


VARIANTS = pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")],
    ids=["desk-light", "desk-dark", "phone-light"],
)


def test_every_page_is_looked_at():
    """A page that nobody thought of is found here, not by the one who cannot use it."""
    looked_at = {sheet.name for sheet in [*pages.PUBLIC, *pages.SIGNED_IN]}
    assert set(pages.names()) == looked_at | set(pages.NO_PAGE)
    assert not looked_at & set(pages.NO_PAGE)


@VARIANTS
def test_public_pages(open_page: OpenPage, demo: Demo, complaints: list[str], viewport: Any, scheme: Any):
    page = open_page(viewport=viewport, color_scheme=scheme, trace=False)
    found = walk(page, demo, pages.PUBLIC, scheme)
    assert not found + complaints, said(found + complaints)


@VARIANTS
def test_pages_of_those_who_are_logged_in(
    open_page: OpenPage, demo: Demo, complaints: list[str], viewport: Any, scheme: Any
):
    page = open_page(demo.everyone, viewport=viewport, color_scheme=scheme, trace=False)
    found = walk(page, demo, pages.SIGNED_IN, scheme)
    assert not found + complaints, said(found + complaints)


def test_pages_of_those_who_may_do_less(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page(demo.employee, viewport=PHONE, trace=False)
    found = walk(page, demo, pages.RESTRICTED, "light")
    assert not found + complaints, said(found + complaints)


def refused_forms(demo: Demo) -> list[tuple[str, str, dict[str, str]]]:
    """Forms that are sent as they stand, or with something wrong: where, the button, and what is typed."""
    assert demo.costed is not None
    person, body = demo.employee.pk, demo.municipality.pk
    return [
        ("/dokumenter/ny/", "Last opp og les", {"År": "26"}),
        (f"/dokumenter/{demo.documents['exempt'].pk}/fakta/", "Lagre", {"Tittel": ""}),
        (f"/krav/{demo.costed.pk}/rediger/", "Lagre opplysningene", {"Frist": "i morgen"}),
        ("/passord/bytt/", "Lagre", {}),
        ("/administrasjon/virksomheter/ny/", "Lagre", {"organisasjonsnummer": "123456789"}),
        ("/administrasjon/personer/ny/", "Lagre", {"e-postadresse": demo.owner.email}),
        (f"/administrasjon/virksomheter/{body}/enheter/ny/", "Lagre", {}),
        (f"/administrasjon/personer/{person}/roller/ny/?organisation={body}", "Lagre", {}),
        ("/meg/slett/", "Slett", {}),
    ]


def test_forms_that_are_refused(open_page: OpenPage, demo: Demo, complaints: list[str]):
    """The page that says what is wrong is as easy to use as the one that asked, and is read from its first error."""
    page = open_page(demo.everyone, viewport=PHONE, trace=False)
    found: list[str] = []
    for path, button, typed in refused_forms(demo):
        page.goto(path)
        for label, text in typed.items():
            page.get_by_role("main").get_by_label(label).fill(text)
        # The browser's own checks would stop the form before it came to ours.
        page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
        page.get_by_role("main").get_by_role("button", name=button).last.click()
        expect(page.locator(".ds-error-summary, .ds-validation-message").first, path).to_be_visible()
        found += [f"{path} – {one}" for one in faults(page, rules_of("light"))]
    assert not found + complaints, said(found + complaints)


def test_a_key_that_was_made(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page(demo.coordinator, viewport=PHONE, trace=False)
    page.goto("/meg/")
    page.get_by_text("Lag en ny nøkkel").click()
    page.get_by_role("main").get_by_label("navn").last.fill("Regneark for styringsdialogen")
    page.get_by_label("Lese det jeg kan lese").check()
    page.get_by_role("button", name="Lag nøkkelen").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = faults(page, rules_of("light"))
    page.goto("/meg/")
    expect(page.get_by_role("main")).to_contain_text("Regneark for styringsdialogen")
    found += faults(page, rules_of("light"))
    assert not found + complaints, said(found + complaints)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_an_empty_system(open_page: OpenPage, complaints: list[str], live_server: Any, viewport: Any):
    """Before anything is in it, each page says what would be here."""
    page = open_page(viewport=viewport, trace=False)
    options = rules_of("light")
    found = [
        one for sheet in pages.PUBLIC if sheet.name in pages.EMPTY_PUBLIC and not sheet.state
        for one in look(page, sheet, sheet.path(None), options)  # type: ignore[arg-type]  # no story is needed
    ]  # fmt: skip
    assert not found + complaints, said(found + complaints)


@VARIANTS
def test_menus_that_are_open(
    open_page: OpenPage, demo: Demo, complaints: list[str], viewport: Any, scheme: Any
):
    page = open_page(demo.everyone, viewport=viewport, color_scheme=scheme)
    page.goto("/om/")
    menus = page.locator("details.tr-menu > summary:visible")
    # On a phone the doors that do not fit stand behind a menu of their own.
    assert menus.count() == (4 if viewport == PHONE else 3)
    found: list[str] = []
    for number in range(menus.count()):
        menus.nth(number).click()
        page.evaluate(AXE_SCRIPT)
        found += page.evaluate(AXE, rules_of("light"))
        page.keyboard.press("Escape")
    assert not found + complaints, said(found + complaints)


PLANTED = """() => document.querySelector("main").insertAdjacentHTML("beforeend",
  '<img src="/static/web/mark.svg"><h6 id="main">Hopp</h6><input id="navnlos"><p class="tr-planted">Svak</p><div class="tr-planted-wide">bred</div>')
  || document.querySelectorAll(".tr-planted, .tr-planted-wide").forEach((one) => {
    one.attributeStyleMap.set("color", "#ccc"); one.attributeStyleMap.set("min-width", "1500px");
  })"""


def test_faults_are_found(open_page: OpenPage, demo: Demo):
    """The looking itself is looked at: planted faults of each kind are seen."""
    page = open_page(viewport=PHONE, trace=False)
    page.goto("/tilgjengelighet/")
    page.evaluate(PLANTED)
    found = said(faults(page, rules_of("light")))
    for sign in ("image-alt", "label", "color-contrast", "heading jumps", "same id twice", "scrolls sideways", "inline style"):  # fmt: skip
        assert sign in found, found
