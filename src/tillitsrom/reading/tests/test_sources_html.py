"""HTML: the document of a page, without its menus."""

import pytest

from tillitsrom.reading.model import ReadingError, SourceKind
from tillitsrom.reading.sources import read_bytes, read_source
from tillitsrom.reading.tests.make import shared

PAGE = """<!DOCTYPE html><html lang="nb"><head><title>Brev - regjeringen.no</title><style>p{}</style></head><body>
<header><nav><ul><li>Meny</li></ul></nav></header>
<main><nav class="breadcrumbs">Du er her</nav><h1>Tildelingsbrev</h1>
<p>Direktoratet <strong>skal</strong><br>rapportere.<script>alert(1)</script></p>
<h2>Oppdrag</h2><p>Direktoratet bes om å:</p>
<ul><li>utrede saken<ul><li>med kostnader</li></ul></li><li><p>sende forslag</p></li></ul>
<ol type="a"><li>først</li><li>så</li></ol>
<table><thead><tr><th>Når</th><th>Hva</th></tr></thead><tbody><tr><td>1. mai</td><td>Rapport | tall</td></tr></tbody></table>
<form><label>Søk <input></label></form></main>
<footer>Kontakt oss</footer></body></html>"""


def test_the_main_content_becomes_markdown() -> None:
    document = read_bytes(PAGE.encode(), "brev.html")
    assert document.kind is SourceKind.HTML
    assert document.title == "Tildelingsbrev"
    assert document.text == (
        "# Tildelingsbrev\n\nDirektoratet skal rapportere.\n\n## Oppdrag\n\nDirektoratet bes om å:\n\n"
        "- utrede saken\n  - med kostnader\n- sende forslag\n- a. først\n- b. så\n\n"
        "| Når | Hva |\n|---|---|\n| 1. mai | Rapport / tall |\n"
    )


@pytest.mark.parametrize("name", ["a.htm", "a.html", "a.xml", "a"])
def test_the_content_says_that_it_is_html(name: str) -> None:
    assert read_bytes(PAGE.encode(), name).kind is SourceKind.HTML


def test_the_declared_character_set_is_followed() -> None:
    page = "<html><head><meta charset='iso-8859-1'></head><body><p>Årsrapport på nytt</p></body></html>"
    assert read_bytes(page.encode("latin-1"), "a.html").text == "Årsrapport på nytt\n"


def test_cells_keep_their_lists_and_their_columns() -> None:
    page = (
        "<html><body><table><tr><td>TB2026-1</td><td>Skilt</td><td>HOD</td></tr>"
        "<tr><td colspan='3'><p>Direktoratet skal:</p><ul><li>telle</li><li>male</li></ul></td></tr>"
        "<tr><td colspan='2'>Sum</td><td><p>en</p><p>to</p></td></tr></table></body></html>"
    )
    assert read_bytes(page.encode(), "a.html").text == (
        "| TB2026-1 | Skilt | HOD |\n|---|---|---|\n\nDirektoratet skal:\n\n- telle\n- male\n\n"
        "| Sum |  | en<br>to |\n|---|---|---|\n"
    )


def test_lines_broken_by_hand_are_kept_apart_where_something_new_begins() -> None:
    page = "<html><body><p>Direktoratet skal\nutrede<br>saken.<br>Frist: 1. mai<br>- alene</p></body></html>"
    assert (
        read_bytes(page.encode(), "a.html").text
        == "Direktoratet skal utrede saken.\n\nFrist: 1. mai\n\n- alene\n"
    )


def test_a_bold_line_is_a_heading() -> None:
    page = (
        "<html><body><h2>Oppdrag</h2><p><strong>TB2026-4 Skilting</strong></p>"
        "<p><b>TB2026-5 Broer</b><br>Direktoratet skal telle broer.</p><p><b>Viktig:</b> les dette.</p></body></html>"
    )
    assert read_bytes(page.encode(), "a.html").text == (
        "## Oppdrag\n\n### TB2026-4 Skilting\n\n### TB2026-5 Broer\n\nDirektoratet skal telle broer.\n\n"
        "**Viktig:** les dette.\n"
    )


def test_a_page_without_text_is_said_to_be_empty() -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(b"<html><body><script>render()</script></body></html>", "a.html")
    assert caught.value.code == "empty"


def test_nothing_is_fetched_or_included() -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>&x; skal</p></body></html>'
    assert "skal" in read_bytes(page, "a.html").text


def test_real_laws_are_read_without_their_table_of_contents() -> None:
    for path in sorted(shared("data", "html").iterdir()):
        text = read_source(path).text
        assert text.startswith("# Lov om ")
        assert "\n### § 1" in text
        assert "Datokode" not in text
        assert "Endret ved" not in text


def test_what_stands_around_the_text_on_a_ministrys_page_is_left_out() -> None:
    page = """<!DOCTYPE html><html><head><title>Brev - departementet.no</title></head><body>
    <div id="cookieConsent"><p>Du må godta informasjonskapsler.</p></div>
    <div role="banner"><p>Du skal logge inn.</p></div>
    <div class="article-body"><h1>Tildelingsbrev</h1>
    <nav class="toc"><ul><li>Direktoratet skal ikke lese dette.</li></ul></nav>
    <p class="ingress">Direktoratet skal følge brevet.</p><div class="social-share">Del dette med en venn</div>
    <ol start="3"><li>utrede</li></ol><ol type="a"><li>foreslå</li></ol><div class="relatedContent"><p>Les mer.</p></div></div>
    <div class="page-footer"><p>Vi skal svare innen tre uker.</p></div></body></html>"""
    assert read_bytes(page.encode(), "a.html").text == (
        "# Tildelingsbrev\n\nDirektoratet skal følge brevet.\n\n- 3. utrede\n- a. foreslå\n"
    )


def test_a_page_that_calls_all_of_itself_a_menu_is_read() -> None:
    page = '<html><body><div class="menu"><p>Direktoratet skal rapportere.</p></div></body></html>'
    assert read_bytes(page.encode(), "a.html").text == "Direktoratet skal rapportere.\n"


def test_a_law_keeps_its_sections_and_letters() -> None:
    page = """<html><body><main><h2>Kapittel 1. Plikter</h2><h3>§ 5. <span>Plan</span></h3><article>Kommunen skal:</article>
    <ul class="defaultList"><li data-name="a.">lage plan</li><li data-name="b.">følge den
    <ul class="defaultList"><li data-name="-">også om natten</li></ul></li></ul></main></body></html>"""
    assert read_bytes(page.encode(), "lov.html").text == (
        "## Kapittel 1. Plikter\n\n### § 5. Plan\n\nKommunen skal:\n\n"
        "- a. lage plan\n- b. følge den\n  - også om natten\n"
    )
