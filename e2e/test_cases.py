"""A representative raises a case from a signal on a phone, sets its form, and is answered; the employer cannot decide before they meet."""

from playwright.sync_api import Page, expect

from tillitsrom.cooperation.models import Case
from tillitsrom.signals.models import Signal

from .conftest import PHONE, OpenPage
from .story import Demo

QUESTION = "Skal vi slutte å føre fraværet to ganger?"


def narrow(page: Page) -> bool:
    """Whether nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_representative_raises_a_case_on_a_phone(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page(demo.everyone, viewport=PHONE)
    page.goto(f"/saker/ny/?melding={demo.signals['waiting'].pk}")
    expect(page.get_by_role("heading", name="Reis en sak")).to_be_visible()
    page.get_by_label("Hva er spørsmålet?").fill(QUESTION)
    assert narrow(page)
    page.get_by_role("button", name="Reis saken").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(QUESTION)
    case = Case.objects.get(origin="signals")
    assert list(case.signals.all()) == [demo.signals["waiting"]]
    assert Signal.objects.get(pk=demo.signals["waiting"].pk).status == "in_case"
    # The form, with its reason.
    page.get_by_role("link", name="Sett formen").click()
    page.get_by_role("button", name="Neste").click()
    page.get_by_role("button", name="Sett formen").click()
    expect(page.get_by_text("Formen er satt.")).to_be_visible()
    # What the party means.
    page.locator("summary", has_text="Gi partens syn").click()
    page.get_by_label("For, på vilkår").check()
    page.get_by_label("Med partens egne ord").fill("Ja, hvis rektor er med på det.")
    page.get_by_role("button", name="Gi partens syn").click()
    expect(page.get_by_text("Ja, hvis rektor er med på det.")).to_be_visible()
    assert narrow(page)
    # The employer is told, and sees why nothing can be decided yet.
    employer = open_page(demo.manager, viewport=PHONE)
    employer.goto("/varsler/")
    expect(employer.get_by_text("har reist sak").first).to_be_visible()
    employer.goto(f"/saker/{case.pk}/")
    expect(employer.get_by_text("Neste trekk: arbeidsgiver")).to_be_visible()
    employer.locator("summary", has_text="Hva du ikke kan gjøre").click()
    expect(
        employer.get_by_text(
            "Partene må møtes om saken først. Beslutningen kommer aldri før møtet.", exact=True
        )
    ).to_be_visible()
    assert not complaints
