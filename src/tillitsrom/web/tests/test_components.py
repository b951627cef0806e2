"""Components escape, point at each other, and leave out what was not given."""

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from tillitsrom.web.templatetags.tillitsrom import number, page_numbers, range_of, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shell")]


@pytest.fixture
def html(client: Client) -> str:
    return client.get("/parts/?class=goal&sort=class&page=3").content.decode()


def test_text_from_a_variable_is_escaped_in_attributes_and_slots() -> None:
    html = render_to_string("web_tests/escape.html", {"title": "<script>x</script>", "body": "<b>"})
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 2
    assert html.count("&lt;b&gt;") == 2


def test_a_slot_that_was_not_given_does_not_take_the_pages_variable(html: str) -> None:
    assert "leaked" not in html


def test_a_button_is_a_link_when_it_leads_somewhere(html: str) -> None:
    assert '<a class="ds-button" href="/x"' in html
    assert '<button class="ds-button" type="submit" data-color="danger" name="go" value="1">' in html


def test_a_class_is_told_by_letter_and_name(html: str) -> None:
    assert '<span class="tr-letter" aria-hidden="true">M</span>Mål</span>' in html


def test_a_mark_adds_no_white_space_to_the_text(html: str) -> None:
    assert '<p id="before">a <mark class="tr-mark"' in html
    assert "sentence</mark>.</p>" in html


def test_a_field_points_at_its_help_and_its_error(html: str) -> None:
    assert 'aria-describedby="q-description q-error"' in html
    assert 'id="q-error">Wrong</p>' in html
    assert '<option value="goal" selected>Goals</option>' in html


def test_paging_keeps_the_filters(html: str) -> None:
    assert 'href="?class=goal&amp;sort=class&amp;page=4" rel="next"' in html
    assert "21–30 av 100" in html


def test_a_sorted_column_says_so_and_turns_around(html: str) -> None:
    assert 'aria-sort="ascending"' in html
    assert 'href="?class=goal&amp;sort=-class"' in html


def test_a_chart_stands_with_its_sentence_and_its_table(html: str) -> None:
    assert "<p>More this year.</p>" in html
    assert '<th scope="row">2026</th><td data-numeric>2</td>' in html
    assert 'href="/krav/?year=2026"' in html
    assert "tall (CSV)" in html
    assert "bilde (PNG)" not in html


def test_numbers_are_written_as_in_the_language() -> None:
    with translation.override("nb"):
        assert number(1840) == "1\xa0840"
        assert number(1840.5) == "1\xa0840,5"
        assert number(-2) == "−2"
        assert number(None) == ""
        assert range_of(1200, 2400) == "1\xa0200–2\xa0400"
        assert range_of(7, 7) == "7"
        assert range_of(None, 7) == "7"
        assert signed(27) == "+27"
        assert signed(0) == "0"
    with translation.override("en"):
        assert number(1840) == "1,840"


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [(1, 1, [1]), (1, 9, [1, 2, None, 9]), (5, 9, [1, None, 4, 5, 6, None, 9]), (9, 9, [1, None, 8, 9])],
)
def test_page_numbers(current: int, last: int, shown: list[int | None]) -> None:
    assert page_numbers(Paginator(range(last), 1).page(current)) == shown
