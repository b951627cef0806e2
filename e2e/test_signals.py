"""An employee reports on a phone, gets a receipt, finds others who say the same, and follows the answer; also in confidence."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tillitsrom.signals import actions
from tillitsrom.signals.models import Signal

from .conftest import PHONE, OpenPage
from .story import Demo


def fill(page: Page, what: str) -> None:
    """The three answers, as one does on a phone."""
    page.get_by_label("Hva tar tid?").fill(what)
    page.get_by_label("Antall ganger").fill("3")
    page.get_by_label("Hvor lenge hver gang?").select_option(label="5 til 15 minutter")
    page.get_by_label("Hva ville du heller brukt tiden på?").fill("Være ute med elevene")


def test_an_employee_reports_on_a_phone_and_follows_the_answer(
    open_page: OpenPage, demo: Demo, complaints: list[str]
):
    page = open_page(demo.coordinator, viewport=PHONE)
    page.goto("/")
    page.get_by_role("link", name="Meld en tidstyv").first.click()
    fill(page, "Fraværet føres både i Timeglass og i et regneark")
    # While one writes, a colleague's signal is found.
    expect(page.get_by_text("Én annen på arbeidsplassen din sier det samme")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Meldingen din er kommet fram")).to_be_visible()
    page.get_by_role("button", name="Det gjelder meg også").click()
    expect(page.get_by_text("Du er talt med, uten navn.")).to_be_visible()
    assert Signal.objects.get(pk=demo.signals["waiting"].pk).me_too_count == 1
    page.get_by_role("link", name="Følg meldingen").first.click()
    expect(page.get_by_text("Svaret er lovet").or_(page.get_by_text("Lovet svar")).first).to_be_visible()
    signal = Signal.objects.get(sender=demo.coordinator)
    actions.answer(
        actor=demo.manager,
        signal=signal,
        version=signal.version,
        outcome="removed",
        reason="Regnearket er borte.",
    )
    page.reload()
    expect(page.get_by_text("Regnearket er borte.")).to_be_visible()
    page.goto("/varsler/")
    expect(page.get_by_text("er fjernet").first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    assert complaints == []


def test_a_lost_connection_loses_nothing(open_page: OpenPage, demo: Demo):
    page = open_page(demo.employee, viewport=PHONE)
    page.goto("/meld/")
    fill(page, "Nøkkelskapet må signeres ut på papir")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Du har ikke forbindelse")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Du kan sende nå.")).to_be_visible()
    # Also after the page was left and opened again.
    page.goto("/")
    page.goto("/meld/")
    expect(page.get_by_label("Hva tar tid?")).to_have_value("Nøkkelskapet må signeres ut på papir")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Meldingen din er kommet fram")).to_be_visible()
    assert Signal.objects.filter(what__startswith="Nøkkelskapet").count() == 1
    page.goto("/meld/")
    expect(page.get_by_label("Hva tar tid?")).to_have_value("")


def test_in_confidence_without_logging_in_and_back_with_the_code(
    open_page: OpenPage, demo: Demo, complaints: list[Any]
):
    page = open_page(viewport=PHONE)
    page.goto("/meld/")
    page.get_by_label("Hvor arbeider du?").select_option(label="Fjordvik kommune")
    page.get_by_role("button", name="Gå videre").click()
    fill(page, "Vi blir bedt om å føre timer som ikke stemmer")
    page.get_by_role("button", name="Send", exact=True).click()
    code = page.locator(".tr-code code").inner_text()
    assert re.fullmatch(r"(\w{5}-){3}\w{5}", code)
    page.get_by_role("link", name="Les svaret med koden").click()
    page.get_by_label("Koden din").fill(code.lower())
    page.get_by_role("button", name="Vis", exact=True).click()
    page.get_by_label("Skriv en beskjed").fill("Jeg er redd for å si det åpent.")
    page.get_by_role("button", name="Send beskjed").click()
    expect(page.get_by_text("Beskjeden din er lagret.")).to_be_visible()
    assert code not in page.url
    assert complaints == []
