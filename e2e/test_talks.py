"""One party asks another for problem statements, which come as drafts, are given as the answer, and each get theirs."""

from playwright.sync_api import Page, expect

from tillitsrom.signals.models import InputCall, Signal

from .conftest import PHONE, OpenPage
from .story import Demo


def ask(page: Page) -> InputCall:
    """Ask the union for two problem statements, from the page of the signals."""
    page.goto("/meldinger/")
    page.get_by_role("link", name="Innspill", exact=True).click()
    page.get_by_role("link", name="Be om innspill").click()
    page.get_by_label("Hvem spør du?").select_option(label="Fagforbundet Fjordvik, Fjordvik")
    page.get_by_label("Hva spør du om, i én setning?").fill("Hva kan vi slutte med?")
    page.get_by_label("Hvorfor spør du").fill("Vi skal velge to ting før jul.")
    page.get_by_label("Hvor mange problemstillinger, minst?").fill("2")
    page.get_by_label("Og høyst?").fill("2")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Spørsmålet er sendt")).to_be_visible()
    return InputCall.objects.get(question="Hva kan vi slutte med?")


def test_a_manager_asks_a_union_and_answers_each_statement(
    open_page: OpenPage, demo: Demo, complaints: list[str]
):
    asker = open_page(demo.manager)
    call = ask(asker)

    writer = open_page(demo.everyone, viewport=PHONE)
    writer.goto("/")
    writer.get_by_role("link", name="Hva kan vi slutte med?").first.click()
    for problem in ("Ukebrevet skrives på tre steder", "Møtet om listen er lengre enn listen"):
        writer.get_by_role("link", name="Skriv en problemstilling").click()
        writer.get_by_label("Hva er problemet?").fill(problem)
        writer.get_by_label("Hvem møter det?").fill("Kontaktlærere")
        writer.get_by_role("button", name="Lagre utkastet").click()
        expect(writer.get_by_text("lagret som utkast")).to_be_visible()
    asker.goto(f"/innspill/{call.pk}/")
    expect(asker.get_by_text("2 er skrevet så langt.")).to_be_visible()
    expect(asker.get_by_text("Ukebrevet skrives på tre steder")).to_have_count(0)
    writer.locator("summary", has_text="Gi svaret").click()
    writer.get_by_role("button", name="Gi svaret").click()
    expect(writer.get_by_text("Besvart, gjennomgås")).to_be_visible()
    assert writer.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    asker.reload()
    first, second = (asker.get_by_role("region", name=f"Nummer {number}") for number in (1, 2))
    first.locator("summary", has_text="Lag en melding av den").click()
    first.get_by_label("Hvor lenge hver gang?").select_option(label="5 til 15 minutter")
    first.get_by_role("button", name="Lag en melding av den").click()
    expect(first.get_by_text("Ble en melding")).to_be_visible()
    assert Signal.objects.get(what="Ukebrevet skrives på tre steder").sender == demo.everyone
    second.locator("summary", has_text="Svar, med en begrunnelse").click()
    second.get_by_label("Hva svarer du?").fill("Møtet er avlyst fra nå av.")
    second.get_by_role("button", name="Svar, med en begrunnelse").click()
    expect(second.get_by_text("Møtet er avlyst fra nå av.")).to_be_visible()
    writer.goto("/varsler/")
    expect(
        writer.get_by_text("En problemstilling i «Hva kan vi slutte med?» er besvart.").first
    ).to_be_visible()
    assert complaints == []
