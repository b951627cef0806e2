"""The owner of a requirement justifies it from the desk, and who asked reads the answer."""

from playwright.sync_api import expect

from tillitsrom.outcomes.models import Decision, LegalObstacle

from .conftest import OpenPage
from .outcomes import waiting
from .story import Demo


def test_the_owner_justifies_and_who_asked_reads_why(open_page: OpenPage, demo: Demo, complaints: list[str]):
    request = waiting()
    page = open_page(demo.owner)
    page.goto("/eier/")
    page.get_by_role("link", name=request.requirement.text[:60]).first.click()
    page.locator("summary", has_text="Behold det, med en begrunnelse").click()
    form = page.locator(f"form[action='/krav-til-eier/{request.pk}/keep/']")
    form.get_by_label("Hvorfor? Med vanlige ord").fill("Loven krever at vi følger med på dette til sommeren.")
    form.get_by_role("button", name="Behold det, med en begrunnelse").click()
    expect(page.get_by_text("Svaret er sendt til alle som spurte")).to_be_visible()
    assert Decision.objects.filter(request=request, outcome="kept").count() == 1
    assert LegalObstacle.objects.get().status == "kept"

    asker = open_page(demo.manager)
    asker.goto(f"/krav-til-eier/{request.pk}/")
    expect(asker.get_by_text("Loven krever at vi følger med på dette til sommeren.").first).to_be_visible()
    asker.goto("/lovhindre/")
    expect(asker.get_by_text("Loven står ved lag, med en begrunnelse")).to_be_visible()
    assert complaints == []
