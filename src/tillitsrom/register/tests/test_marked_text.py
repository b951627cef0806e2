"""The marked text: everything escaped, every mark where it belongs, and fast on a long document."""

import re
import time

import pytest

from tillitsrom.register.marked_text import Mark, boundaries, marked, plain


def mark(text: str, quote: str, key: int = 1, kind: str = "goal", state: str = "pending") -> Mark:
    start = text.index(quote)
    return Mark(key, start, start + len(quote), kind, state, f"#forslag-{key}")


def bare(html: str) -> str:
    """The html without the marks' own letters and names."""
    return re.sub(r"<span[^>]*>.*?</span>", "", html)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", bare(html)).split())


def test_headings_items_tables_and_paragraphs():
    text = "# Brev\n\nFørste linje\nandre linje\n\n- en\n- to\n\n| a | b |\n| --- | --- |\n| c | d |\n"
    assert marked(text, []) == (
        "<h3>Brev</h3><p>Første linje\nandre linje</p><ul><li>en</li><li>to</li></ul>"
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    )


def test_headings_never_jump_over_a_level():
    html = marked("#### Dypt\n\n# Høyt\n\n### Dypt igjen", [])
    assert re.findall(r"<h(\d)>", html) == ["3", "3", "4"]


def test_what_the_document_says_is_never_html():
    text = "Etaten skal <script>alert(1)</script> & \"svare\" 'nå' <img src=x onerror=y>.\n\n| <b>x</b> | <svg/onload=1> |"
    html = marked(text, [mark(text, "<script>alert(1)</script>")])
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert "&lt;script&gt;" in html


def test_light_markup_is_taken_away():
    assert marked('**Frist:** <a href="#b">snart</a><br>nå', []) == "<p>Frist: snart<br>nå</p>"
    assert plain("**Frist:**\n<b>snart</b>") == "Frist: snart"


def test_a_mark_has_its_letter_its_name_its_state_and_its_link():
    text = "Etaten skal lage en plan."
    html = marked(text, [mark(text, "skal lage", 7, "assignment", "accepted")])
    assert 'id="mark-7"' in html
    assert 'data-of="7" data-class="assignment" data-state="accepted" href="#forslag-7"' in html
    assert 'class="tr-letter" aria-hidden="true"' in html
    assert words(html) == text


def test_a_mark_over_several_blocks_is_cut_and_has_one_identity():
    text = "Etaten skal:\n\n- lage en plan\n- følge den\n\nSlutt."
    start, end = text.index("skal"), text.index("følge") + 5
    html = marked(text, [Mark(3, start, end, "goal", "pending", "#x")])
    assert html.count('id="mark-3"') == 1
    assert html.count('data-of="3"') == 3
    assert "<ul><li><a" in html


def test_a_mark_inside_another_can_still_be_reached():
    text = "Etaten skal lage en plan og følge den."
    html = marked(text, [mark(text, "skal lage en plan", 1), mark(text, "en plan", 2)])
    assert 'id="mark-2"' in html
    assert words(html) == text


def test_overlapping_marks_keep_every_word_once():
    text = "Etaten skal lage en plan og følge den."
    html = marked(text, [mark(text, "skal lage en plan", 1), mark(text, "en plan og følge", 2)])
    assert words(html) == text


def test_pages_begin_where_they_begin():
    text = "Side en.\n\nSide to."
    html = marked(text, [], [[1, 0, 10], [2, 10, 18]])
    assert (
        html.index('id="side-1"')
        < html.index("Side en.")
        < html.index('id="side-2"')
        < html.index("Side to.")
    )


@pytest.mark.parametrize("text", ["", "\n\n", "|", "||", "#", "- ", "a\r\nb\x0cc", "| a", "¹⁄₂ \u2028x"])
def test_odd_texts_do_not_break_it(text):
    assert isinstance(marked(text, []), str)


def test_a_long_document_takes_a_moment():
    sentence = "Etaten skal lage en plan for oppfølging av arbeidet og melde fra om resultatene av det. "
    text = "\n\n".join(sentence * 4 for _ in range(900))
    step = len(text) // 500
    marks = [Mark(i, i * step, i * step + 80, "goal", "pending", "#") for i in range(500)]
    began = time.perf_counter()
    html = marked(text, marks)
    assert len(text) > 300_000
    assert html.count('id="mark-') == 500
    assert time.perf_counter() - began < 1.0


def test_boundaries_stand_between_clauses_and_words():
    text = "Innledning. Etaten skal lage en plan, melde fra, og svare. Den må følges."
    start = text.index("Etaten")
    points = boundaries(text, start, len(text))
    assert [text[p:].split()[0] for p in points] == ["melde", "og", "Den"]
    by_word = boundaries(text, start, len(text), words=True)
    assert [text[p:].split()[0] for p in by_word] == text[start:].split()[1:]
    assert boundaries(text, 0, 5) == []
