"""Steps that several journeys take, in the words that stand on the pages."""

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tillitsrom.register.models import Document

UPLOADED = "Dokumentet er lastet opp. Nå blir det lest."
PUBLISHED = "Dokumentet er publisert. Kravene gjelder og er åpne for alle."
CHANGED_BY_ANOTHER = "Noen andre har endret"


def upload(
    page: Page, file: Path, *, imposing: str, addressee: str, year: int, follows: str = ""
) -> Document:
    """Send a file through the form and end at its page."""
    page.goto("/dokumenter/")
    page.get_by_role("link", name="Last opp").first.click()
    send(page, file, imposing=imposing, addressee=addressee, year=year, follows=follows)
    expect(page.get_by_text(UPLOADED)).to_be_visible(timeout=60_000)
    return Document.objects.latest("pk")


def send(page: Page, file: Path, *, imposing: str, addressee: str, year: int, follows: str = "") -> None:
    page.get_by_label("Filer").set_input_files(file)
    page.get_by_label("År").fill(str(year))
    page.get_by_label("Den som stiller kravene").select_option(label=imposing)
    page.get_by_label("Mottaker").select_option(label=addressee)
    if follows:
        choice = page.get_by_label("Følger etter")
        choice.select_option(choice.locator("option", has_text=follows).first.get_attribute("value"))
    page.get_by_role("button", name="Last opp og les").click()


def accept_sure(page: Page) -> None:
    """Accept at once all that the page lets one accept at once."""
    level = page.get_by_label("Hvor sikre")
    level.select_option(index=level.locator("option").count() - 1)
    page.get_by_role("button", name="Godta de sikre").click()
    expect(page.get_by_text(re.compile("forslag ble godtatt"))).to_be_visible(timeout=60_000)


def accept_the_rest(page: Page, most: int = 100) -> int:
    """Press a for the candidates that still wait."""
    waiting = page.locator(".tr-candidate:not([data-state])")
    answered = 0
    while answered < most and (left := waiting.count()):
        waiting.first.focus()
        page.keyboard.press("a")
        expect(waiting).to_have_count(left - 1)
        answered += 1
    return answered


def card(page: Page, words: str) -> Locator:
    return page.locator(".tr-candidate", has_text=words)


def downloaded(page: Page, link: str) -> str:
    """The text of a file that a link on the page gives."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=link, exact=True).click()
    return Path(coming.value.path()).read_text("utf-8-sig")


def rows(text: str) -> list[dict[str, object]]:
    loaded = json.loads(text)
    found: list[dict[str, object]] = loaded if isinstance(loaded, list) else next(
        value for value in loaded.values() if isinstance(value, list)
    )  # fmt: skip
    return found


def figures(text: str) -> list[int]:
    """The whole numbers in a text, where spaces that do not break part the thousands."""
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d\u00a0\u202f]*", text)]
