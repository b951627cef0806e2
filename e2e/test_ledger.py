"""A resident reads the ledger signed out; one who does the work answers on a phone in three taps; the parties confirm."""

from playwright.sync_api import expect

from tillitsrom.ledger.models import AfterMeasure, Entry

from .conftest import PHONE, OpenPage
from .story import Demo


def test_a_resident_reads_the_ledger_signed_out(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page(None)
    page.goto("/")
    page.get_by_role("link", name="Tid tilbake").first.click()
    expect(page.get_by_role("heading", name="Tid gitt tilbake", level=1)).to_be_visible()
    expect(page.get_by_text("timer i året").first).to_be_visible()
    expect(
        page.get_by_text("1 målt, 0 anslått").or_(page.get_by_text("Én linje: 1 målt")).first
    ).to_be_visible()
    page.get_by_role("link", name="Fravær ført i regneark").click()
    expect(
        page.get_by_text("Det er med i summen").or_(page.get_by_text("Med i summen")).first
    ).to_be_visible()
    expect(page.get_by_text("5 av").first).to_be_visible()
    for person in (demo.manager, demo.everyone):
        expect(page.get_by_text(person.name)).to_have_count(0)
    assert complaints == []


def test_an_answer_on_a_phone_takes_three_taps(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page(demo.employee, viewport=PHONE)
    measure = AfterMeasure.objects.get(status="open")
    page.goto(f"/tid-gitt-tilbake/sporsmal/{measure.pk}/")
    page.get_by_label("Ingen: jeg gjør det ikke lenger").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Takk")).to_be_visible()
    measure.refresh_from_db()
    assert (measure.tally, measure.answers) == ({"0": 1}, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []


def test_the_employer_confirms_from_the_desk(open_page: OpenPage, demo: Demo):
    page = open_page(demo.manager)
    page.goto("/")
    page.get_by_role("link", name="Signatur for nøkler").first.click()
    page.get_by_text("Bekreft", exact=True).first.click()
    page.get_by_role("button", name="Bekreft", exact=True).click()
    expect(page.get_by_text("Utført: Bekreft.")).to_be_visible()
    assert Entry.objects.get(title="Signatur for nøkler").employer_confirmed_on is not None
