"""What people come to do, from the first page to the last."""

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tillitsrom.register.models import Candidate, Document, Requirement

from . import letters, steps
from .conftest import PHONE, OpenPage
from .story import PASSWORD, Demo

TITLE = "Styringsbrev til Fjordvik kommune for 2028"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter that is not in the register yet."""
    path = tmp_path / "styringsbrev-2028.md"
    path.write_text(letters.UPLOADED.replace("2027", "2028"), "utf-8")
    return path


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def test_log_in_by_keyboard_alone(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Hopp til innholdet"
    page.keyboard.press("Enter")
    assert focused(page) == "main"
    page.goto("/meg/")
    page.keyboard.type(demo.coordinator.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/meg/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Min profil")
    assert not complaints


def test_a_wrong_password_says_so_and_keeps_the_address(open_page: OpenPage, demo: Demo):
    page = open_page()
    page.goto("/logg-inn/")
    page.get_by_label("E-postadresse").fill(demo.coordinator.email)
    page.get_by_label("Passord").fill("feil")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("group", name="rette")).to_contain_text("hører ikke sammen")
    expect(page.get_by_label("E-postadresse")).to_have_value(demo.coordinator.email)


def test_from_a_letter_to_a_kept_requirement(
    open_page: OpenPage, demo: Demo, letter: Path, complaints: list[str]
):
    page = open_page(demo.coordinator)
    document = steps.upload(
        page, letter, imposing="Oppvekstdirektoratet", addressee="Fjordvik kommune", year=2028
    )
    assert document.title == TITLE
    page.get_by_role("link", name="gjennomgangen").click()
    review_by_keys(page)
    page.get_by_role("button", name="Publiser dokumentet").click()
    expect(page.get_by_text(steps.PUBLISHED)).to_be_visible()
    assert_reviewed(document)
    number = find_and_describe(page)
    question_and_keep(open_page, demo, number)
    seen_in_figures(open_page(), number)
    assert not complaints


def review_by_keys(page: Page) -> None:
    """Accept, edit, split, reject, undo and merge, each with its key; then the sure ones at once."""
    keys = page.keyboard
    keys.press("?")
    expect(page.get_by_text("slå sammen med neste", exact=True)).to_be_visible()
    keys.press("j")
    keys.press("a")
    expect(steps.card(page, "hjelp tidlig")).to_have_attribute("data-state", "accepted")
    mapped = steps.card(page, "kartlegge leseferdighetene")
    expect(mapped).to_be_focused()
    keys.press("e")
    page.get_by_label("Type krav").select_option(label="Aktivitet")
    page.get_by_label("Frist").fill("2028-05-15")
    page.get_by_role("button", name="Lagre og godta").click()
    expect(mapped).to_have_attribute("data-state", "accepted")
    expect(mapped).to_contain_text("15. mai 2028")
    expect(steps.card(page, "lage en")).to_be_focused()
    keys.press("s")
    page.get_by_role("button", name=re.compile("Del før .*sende planen")).click()
    second = steps.card(page, "sende planen til direktoratet")
    expect(second).not_to_contain_text("lage en")
    second.focus()
    keys.press("r")
    expect(second).to_have_attribute("data-state", "rejected")
    keys.press("u")
    expect(second).not_to_have_attribute("data-state", re.compile("."))
    keys.press("r")
    expect(second).to_have_attribute("data-state", "rejected")
    steps.card(page, "bekymringsmeldinger").focus()
    keys.press("m")
    page.get_by_role("button", name="Slå sammen", exact=True).click()
    expect(steps.card(page, "bekymringsmeldinger")).to_contain_text("nettverket for barnevernsledere")
    page.get_by_role("button", name="Godta de sikre").click()
    expect(page.get_by_text(re.compile("forslag ble godtatt"))).to_be_visible()
    assert steps.accept_the_rest(page) >= 2


def assert_reviewed(document: Document) -> None:
    """What the keys did stands in the register."""
    rows = Requirement.objects.filter(document=document)
    mapped = rows.get(text__contains="kartlegge leseferdighetene")
    assert (mapped.requirement_class, mapped.deadline) == ("activity", "2028-05-15")
    assert not rows.filter(text__contains="sende planen").exists()
    assert "nettverket" in rows.get(text__contains="bekymringsmeldinger").text
    assert not document.candidates.filter(status=Candidate.Status.PENDING).exists()
    assert document.candidates.get(status=Candidate.Status.REJECTED).quote.startswith("og sende planen")


def find_and_describe(page: Page) -> int:
    """Search with one form of a word, find another, and say what the requirement costs."""
    page.get_by_role("searchbox", name="Søk i krav").first.fill("rapportering spesialundervisning")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("rapporterer antall elever med vedtak.*2028")).click()
    page.get_by_role("link", name="Si hvor lang tid det tar").click()
    page.get_by_label("Minutter hver gang, minst").fill("30")
    page.get_by_label("Minutter hver gang, høyst").fill("20")
    page.get_by_label("Ganger i året for hver person").fill("2,5")
    page.get_by_label("Hvor mange som gjør dette").fill("240")
    page.get_by_role("button", name="Lagre opplysningene").click()
    wrong = page.get_by_role("group", name="rette")
    expect(wrong).to_be_focused()
    expect(wrong.get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("Ganger i året for hver person")).to_have_value("2,5")
    page.get_by_label("Minutter hver gang, høyst").fill("60")
    page.get_by_label("Hvordan vi kjenner tidsbruken").select_option(label="Anslått")
    page.get_by_role("button", name="Lagre opplysningene").click()
    expect(page.get_by_text("Opplysningene om kravet er lagret.")).to_be_visible()
    expect(page.locator(".tr-stats")).to_contain_text("300–600")
    return int(page.url.rstrip("/").rsplit("/", 1)[1])


def question_and_keep(open_page: OpenPage, demo: Demo, number: int) -> None:
    """An employee questions it; its owner looks at it and keeps it, with a reason that all can read."""
    page = open_page(demo.employee, viewport=PHONE)
    page.goto(f"/krav/{number}/")
    expect(page.get_by_text("Bare den som stiller kravet")).to_be_visible()
    step(page, "Still spørsmål ved kravet", "Tallene finnes i et register fra før.")
    page = open_page(demo.owner)
    page.goto(f"/krav/{number}/")
    expect(page.get_by_role("main")).to_contain_text("Tallene finnes i et register fra før.")
    step(page, "Ta opp til vurdering")
    keep = page.locator("details", has=page.get_by_text("Behold med begrunnelse", exact=True).first)
    keep.locator("summary").click()
    keep.get_by_role("button", name="Behold med begrunnelse").click()
    expect(page.get_by_role("group", name="rette").get_by_role("link")).to_have_count(2)
    again = date.today() + timedelta(days=300)  # noqa: DTZ011  # any day that has not been
    keep.get_by_label("Hvorfor?").fill("Registeret kommer for sent til at vi kan hjelpe i tide.")
    keep.get_by_label("Når skal dette vurderes på nytt?").fill(again.isoformat())
    keep.get_by_role("button", name="Behold med begrunnelse").click()
    expect(page.get_by_role("main")).to_contain_text("Beholdt med begrunnelse")


def step(page: Page, name: str, reason: str = "") -> None:
    box = page.locator("details", has=page.get_by_text(name, exact=True).first).last
    box.locator("summary").click()
    if reason:
        box.get_by_label("Hvorfor?").fill(reason)
    box.get_by_role("button", name=name).click()
    expect(page.get_by_text(f"Utført: {name}")).to_be_visible()


def seen_in_figures(page: Page, number: int) -> None:
    """Anybody sees it in the figures, in the list and in the file."""
    page.goto("/innsikt/")
    expect(page.get_by_role("main")).to_contain_text("2028")
    expect(page.locator(f'a[href$="/krav/{number}/"]').first).to_be_visible()
    page.goto("/krav/?year=2028&status=kept")
    found = list(csv.reader(io.StringIO(steps.downloaded(page, "CSV")), delimiter=";"))
    line = next(row for row in found if any("rapporterer antall elever" in cell for cell in row))
    assert "Beholdt med begrunnelse" in line or "kept" in line
    assert len(found) == 2


def test_without_script(open_page: OpenPage, demo: Demo, letter: Path):
    """The same core by forms and links alone."""
    page = open_page(demo.coordinator, java_script_enabled=False)
    document = steps.upload(
        page, letter, imposing="Oppvekstdirektoratet", addressee="Fjordvik kommune", year=2028
    )
    page.get_by_role("link", name="gjennomgangen").click()
    steps.card(page, "hjelp tidlig").get_by_role("button", name="Godta").click()
    steps.card(page, "råd når planen").get_by_role("button", name="Avvis").click()
    page.get_by_role("button", name="Angre siste svar").click()
    steps.card(page, "bekymringsmeldinger").get_by_role("link", name="Rediger").click()
    page.get_by_label("Frist").fill("i morgen")
    page.get_by_role("button", name="Lagre og godta").click()
    expect(page.get_by_label("Frist")).to_have_value("i morgen")
    page.get_by_label("Frist").fill("2028-12-31")
    page.get_by_role("button", name="Lagre og godta").click()
    steps.card(page, "lage en").get_by_role("link", name="Del", exact=True).click()
    page.get_by_role("button", name=re.compile("Del før")).first.click()
    page.goto(f"/dokumenter/{document.pk}/gjennomgang/")
    page.get_by_role("link", name="Legg til et krav vi ikke fant").click()
    page.get_by_label("Setningen slik den står").fill("Dette står ikke i brevet.")
    page.get_by_role("button", name="Legg til som forslag").click()
    expect(page.get_by_label("Setningen slik den står")).to_have_value("Dette står ikke i brevet.")
    page.get_by_label("Setningen slik den står").fill("Derfor er brevet kortere enn før.")
    page.get_by_role("button", name="Legg til som forslag").click()
    expect(steps.card(page, "kortere enn før")).to_be_visible()
    steps.accept_sure(page)
    while (waiting := page.locator(".tr-candidate:not([data-state])")).count():
        waiting.first.get_by_role("button", name="Godta").click()
    page.get_by_role("button", name="Publiser dokumentet").click()
    expect(page.get_by_text(steps.PUBLISHED)).to_be_visible()
    rows = Requirement.objects.filter(document=document)
    assert rows.get(text__contains="bekymringsmeldinger").deadline == "2028-12-31"
    assert rows.count() == document.candidates.filter(status=Candidate.Status.ACCEPTED).count() == 11


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_two_who_review_the_same(open_page: OpenPage, demo: Demo, script: bool):
    """The second is told, and what the first said stands."""
    address = f"/dokumenter/{demo.documents['review'].pk}/gjennomgang/"
    first, second = (open_page(one, java_script_enabled=script) for one in (demo.coordinator, demo.manager))
    for page in (first, second):
        page.goto(address)
    words = "kartlegge leseferdighetene"
    steps.card(first, words).get_by_role("button", name="Avvis").click()
    if script:
        expect(steps.card(first, words)).to_have_attribute("data-state", "rejected")
    steps.card(second, words).get_by_role("button", name="Godta").click()
    told = steps.card(second, words).get_by_role("alert")
    expect(told).to_contain_text(steps.CHANGED_BY_ANOTHER)
    expect(steps.card(second, words)).to_have_attribute("data-state", "rejected")
    candidate = Candidate.objects.get(document=demo.documents["review"], quote__contains=words)
    assert candidate.status == Candidate.Status.REJECTED
    assert not Requirement.objects.filter(candidate=candidate).exists()


def test_two_who_describe_the_same(open_page: OpenPage, demo: Demo):
    """The second sees what the first saved beside what they wrote themself."""
    assert demo.costed is not None
    first, second = open_page(demo.coordinator), open_page(demo.manager)
    for page, who in ((first, "Barneverntjenesten"), (second, "Lederne")):
        page.goto(f"/krav/{demo.costed.pk}/rediger/")
        page.get_by_label("Hvem som får det").fill(who)
    first.get_by_role("button", name="Lagre opplysningene").click()
    expect(first.get_by_text("Opplysningene om kravet er lagret.")).to_be_visible()
    second.get_by_role("button", name="Lagre opplysningene").click()
    expect(second.get_by_role("main")).to_contain_text("Barneverntjenesten")
    expect(second.get_by_label("Hvem som får det")).to_have_value("Lederne")
    demo.costed.refresh_from_db()
    assert demo.costed.recipient == "Barneverntjenesten"


def test_a_visitor_who_has_not_logged_in(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page()
    page.goto("/")
    page.get_by_role("searchbox").first.fill("øvelser varsling")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).not_to_contain_text("varsling av ansatte")
    page.get_by_label("Søk", exact=False).last.fill("rapportering ventetid")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("ventetiden i barnevernet")).click()
    expect(page.get_by_role("link", name="Logg inn for å")).to_be_visible()
    page.get_by_role("link", name="Åpne data").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for file in ("/krav/eksport.csv", "/krav/eksport.json", "/dokumenter/eksport.csv", "/katalog.ttl"):
        answer = page.request.get(file)
        assert answer.ok, file
        assert "varsling" not in answer.text()
        assert "beredskap" not in answer.text()
    assert demo.exempt is not None
    hidden = demo.documents["exempt"].pk
    for address in (f"/krav/{demo.exempt.pk}/", f"/dokumenter/{hidden}/", f"/dokumenter/{hidden}/tekst/",
                    f"/dokumenter/{hidden}/fil/", f"/dokumenter/{demo.documents['review'].pk}/"):  # fmt: skip
        assert page.request.get(address).status == 404, address
    page.goto("/unntatt/")
    expect(page.get_by_role("main")).to_contain_text("§ 14")
    expect(page.get_by_role("main")).not_to_contain_text("beredskap")
    assert not complaints


def test_an_administrator_adds_a_body_and_a_person(open_page: OpenPage, demo: Demo, complaints: list[str]):
    page = open_page(demo.administrator)
    page.goto("/administrasjon/")
    page.get_by_role("link", name="Legg til en virksomhet").click()
    page.get_by_label("navn", exact=False).first.fill("Solvik sykehjem")
    number = page.get_by_label("organisasjonsnummer")
    number.fill("974 760 674")
    page.get_by_label("forvaltningsnivå").select_option(index=6)
    page.get_by_role("button", name="Lagre").click()
    beside = page.locator(f"#{number.get_attribute('id')}_error")
    expect(beside).to_contain_text("er ikke et gyldig organisasjonsnummer")
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("navn", exact=False).first).to_have_value("Solvik sykehjem")
    number.fill("974 760 665")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Solvik sykehjem")
    page.goto("/administrasjon/personer/ny/")
    page.get_by_label("navn", exact=False).first.fill("Nils Ny")
    page.get_by_label("e-postadresse").fill("nils@solvik.example")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nils Ny")
    page.get_by_role("link", name="Gi en rolle").click()
    page.get_by_label("Virksomhet").select_option(label="Solvik sykehjem")
    page.get_by_role("button", name="Neste").click()
    page.get_by_label("rolle").select_option(label="Leder")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Rollen er lagret.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Solvik sykehjem")
    assert not complaints


def encrypted_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt="hemmelig")
    canvas.drawString(100, 700, "Kommunen skal rapportere.")
    canvas.save()
    return buffer.getvalue()


BAD_FILES: list[Any] = [
    pytest.param("bilde.pdf", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "noe annet enn navnet sier", id="renamed"),
    pytest.param("låst.pdf", encrypted_pdf(), "beskyttet med passord", id="encrypted"),
    pytest.param("ødelagt.pdf", b"%PDF-1.7\n" + b"\x00\x01tull" * 400, "skadet", id="damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), BAD_FILES)
def test_a_file_that_cannot_be_read(
    open_page: OpenPage, demo: Demo, tmp_path: Path, name: str, data: bytes, said: str
):
    """The page says why, in plain words, and what can be done; the document is still there."""
    (tmp_path / name).write_bytes(data)
    page = open_page(demo.coordinator)
    page.goto("/dokumenter/ny/")
    steps.send(
        page, tmp_path / name, imposing="Oppvekstdirektoratet", addressee="Fjordvik kommune", year=2028
    )
    expect(page.get_by_role("main")).to_contain_text(said)
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_visible()
    page.get_by_text("Trekk dokumentet tilbake").first.click()
    page.get_by_role("button", name="Trekk dokumentet tilbake").click()
    expect(page.get_by_text("Dokumentet er trukket tilbake.").first).to_be_visible()


def test_a_kind_of_file_that_is_not_taken(open_page: OpenPage, demo: Demo, tmp_path: Path):
    """Said beside the field, with what was typed kept."""
    (tmp_path / "regneark.xls").write_bytes(b"tall")
    page = open_page(demo.coordinator)
    page.goto("/dokumenter/ny/")
    steps.send(
        page, tmp_path / "regneark.xls", imposing="Oppvekstdirektoratet", addressee="Fjordvik kommune", year=2031
    )  # fmt: skip
    expect(page.locator(".tr-errors")).to_contain_text("regneark.xls")
    expect(page.get_by_label("År")).to_have_value("2031")
    assert not Document.objects.filter(year=2031).exists()
