"""A manager calls a meeting and writes minutes, both approve; two who write at once see both texts."""

from playwright.sync_api import Page, expect

from tillitsrom.cooperation.models import Case, Meeting, Minutes

from .conftest import PHONE, OpenPage
from .story import Demo

QUESTION = "Skal vi ha færre skjema i garderoben?"


def narrow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_from_the_call_to_minutes_that_both_have_approved(
    open_page: OpenPage, demo: Demo, complaints: list[str]
):
    page = open_page(demo.manager)
    coming = Meeting.objects.get(status="planned")
    page.goto(f"/moter/{coming.pk}/")
    page.locator("summary", has_text="Innkall partene").click()
    page.get_by_label("Hvorfor kommer innkallingen sent?").fill("Budsjettet kom i går.")
    page.get_by_role("button", name="Innkall partene").click()
    expect(page.get_by_text("Innkalt for sent")).to_be_visible()
    expect(page.get_by_text("Budsjettet kom i går.").first).to_be_visible()
    # The minutes are saved by themselves while one writes.
    draft = Minutes.objects.get(status="drafted")
    page.goto(f"/referat/{draft.pk}/")
    page.get_by_label("Hva som ble sagt og avtalt").fill("Vi fjerner tre av fem skjema.")
    expect(page.get_by_text("Lagret kl.").first).to_be_visible()
    other = open_page(demo.everyone, viewport=PHONE)
    other.goto(f"/referat/{draft.pk}/")
    assert narrow(other)
    page.goto(f"/referat/{draft.pk}/")
    page.get_by_role("button", name="Send til godkjenning").click()
    expect(page.get_by_text("Sendt til godkjenning").first).to_be_visible()
    page.get_by_role("button", name="Godkjenn referatet").click()
    other.goto("/")
    other.get_by_role("link", name=QUESTION).first.click()
    other.goto(f"/referat/{draft.pk}/")
    expect(other.get_by_text("Vi fjerner tre av fem skjema.").first).to_be_visible()
    other.get_by_role("button", name="Godkjenn referatet").click()
    expect(other.get_by_text("Godkjent av alle").first).to_be_visible()
    draft.refresh_from_db()
    assert draft.status == "approved"
    assert narrow(other)
    with other.expect_download() as coming_file:
        other.get_by_role("link", name="PDF/A").click()
    assert coming_file.value.path().read_bytes().startswith(b"%PDF-1.7")
    assert Case.objects.get(question=QUESTION).status == "held"
    assert complaints == []


def test_two_who_write_at_once_both_see_both_texts(open_page: OpenPage, demo: Demo):
    draft = Minutes.objects.get(status="drafted")
    first, second = open_page(demo.manager), open_page(demo.everyone)
    for page in (first, second):
        page.goto(f"/referat/{draft.pk}/")
    first.locator("textarea[name=text-text]").fill("Lederens ord.")
    expect(first.get_by_text("Lagret kl.").first).to_be_visible()
    second.locator("textarea[name=text-text]").fill("Den tillitsvalgtes ord.")
    expect(second.get_by_text("To skrev i den samme teksten samtidig")).to_be_visible()
    expect(second.get_by_text("Lederens ord.").first).to_be_visible()
    draft.refresh_from_db()
    assert draft.text == "Lederens ord."
    second.locator("textarea[name=text-text]").fill("Lederens ord.\nDen tillitsvalgtes ord.")
    # Saving by itself does not write over it: one says oneself that the two are put together.
    second.get_by_role("button", name="Jeg har satt dem sammen: lagre min").click()
    expect(second.get_by_text("Teksten er lagret.")).to_be_visible()
    draft.refresh_from_db()
    assert draft.text == "Lederens ord.\nDen tillitsvalgtes ord."
