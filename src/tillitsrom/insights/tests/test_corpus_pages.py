"""The corpus pages: only where a corpus is configured, the same numbers everywhere, and nothing in an address becomes SQL."""

import csv
import io
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client
from pytest_django import Settings

from tillitsrom.corpus.query import Corpus
from tillitsrom.corpus.tests.folder import built, letters, mixed
from tillitsrom.insights.corpus import charts, store
from tillitsrom.insights.corpus.queries import Asked, Choice

pytestmark = pytest.mark.django_db
PAGES = ("/innsikt/korpus/", "/innsikt/korpus/krav/")
FILES = ("/innsikt/korpus/krav.csv", "/innsikt/korpus/dokumenter.csv", "/innsikt/korpus/figur/barere.csv")
NAMES = tuple(charts.CHARTS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("korpus")
    mixed(folder / "inn")
    (folder / "inn" / "skadet.pdf").write_bytes(b"%PDF-1.7\nikke mer")
    (folder / "inn" / "kode.md").write_text(
        "# Brev med <script>alert(1)</script>\n\nDirektoratet skal rydde <tillit> & tid.\n", "utf-8"
    )
    built(folder / "inn", folder / "k.parquet")
    return folder / "k.parquet"


@pytest.fixture
def corpus(made: Path, settings: Settings) -> Corpus:
    settings.CORPUS = str(made)
    opened = store.the_corpus()
    assert opened is not None
    return opened


def rows_of(client: Client, address: str) -> list[list[str]]:
    text = client.get(address).getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_without_a_corpus_there_is_no_such_page_and_no_way_to_it(
    client: Client, settings: Settings, address: str
) -> None:
    settings.CORPUS = ""
    assert client.get(address).status_code == 404
    assert "/innsikt/korpus/" not in client.get("/innsikt/").content.decode()


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_with_one_it_is_open_to_all_and_only_for_reading(
    client: Client, corpus: Corpus, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.getvalue()
    assert client.post(address).status_code == 405
    assert "/innsikt/korpus/" in client.get("/innsikt/").content.decode()


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_a_corpus_that_cannot_be_opened_is_said_and_stands_in_the_log(
    client: Client, settings: Settings, tmp_path: Path, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CORPUS = str(tmp_path / "borte.parquet")
    answer = client.get(address)
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.content.decode()
    assert "borte.parquet" in caplog.text


def test_a_new_corpus_in_the_same_place_is_seen_at_once(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.CORPUS = str(tmp_path / "k.parquet")
    built(letters(tmp_path / "inn", 2), tmp_path / "k.parquet")
    before = client.get("/innsikt/korpus/").context["totals"]
    built(letters(tmp_path / "inn", 5), tmp_path / "k.parquet")
    after = client.get("/innsikt/korpus/").context["totals"]
    assert (before.documents, after.documents) == (2, 5)
    assert after.requirements > before.requirements


@pytest.mark.parametrize(
    "choice", [Choice(), Choice(bearer="kommune"), Choice(kind="assignment"), Choice(q="SKAL")]
)
def test_every_figure_opens_a_list_with_exactly_the_counted_number(
    client: Client, corpus: Corpus, choice: Choice
) -> None:
    asked = Asked(corpus, choice)
    opened = 0
    for make in charts.CHARTS.values():
        chart = make(asked)
        if chart is None:
            continue
        for link, label in re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', chart.body):
            listed = client.get(unescape(link)).context["totals"].requirements
            assert listed == int(re.findall(r"(\d+)$", unescape(label).strip())[0]), label
            opened += 1
    assert opened


def test_the_figures_agree_with_sql(corpus: Corpus) -> None:
    asked = Asked(corpus, Choice())
    [(n, documents)] = corpus.rows("SELECT count(*), count(DISTINCT path) FROM requirements WHERE counted")
    assert (asked.totals.requirements, asked.totals.in_documents) == (n, documents)
    assert asked.totals.skipped == 1
    assert dict(asked.per_class) == dict(
        corpus.rows("SELECT class, count(*) FROM requirements WHERE counted GROUP BY class")
    )
    assert "authority" not in asked.per_class
    assert corpus.rows("SELECT count(*) > 0 FROM requirements WHERE class = 'authority'") == [(True,)]
    assert (
        sum(sum(counts.values()) for counts in asked.cube.values())
        == corpus.rows("SELECT count(*) FROM requirements WHERE counted AND year IS NOT NULL")[0][0]
    )
    assert sum(one.requirements for one in asked.documents(None)) == n


@pytest.mark.parametrize("name", NAMES)
def test_page_and_files_show_the_same_numbers(client: Client, corpus: Corpus, name: str) -> None:
    page = client.get("/innsikt/korpus/").content.decode()
    table = page.split(f'id="{name}-table"')[1].split("</table>")[0].split("<tbody>")[1]
    on_page = re.findall(r"\d+", unescape(re.sub(r"<[^>]+>", "|", table)))
    in_file = re.findall(
        r"\d+", "|".join("|".join(row) for row in rows_of(client, f"/innsikt/korpus/figur/{name}.csv"))
    )
    assert on_page == in_file
    assert client.get(f"/innsikt/korpus/figur/{name}.svg").headers["Content-Type"] == "image/svg+xml"
    assert client.get(f"/innsikt/korpus/figur/{name}.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "address", ["/innsikt/korpus/figur/finnesikke.csv", "/innsikt/korpus/figur/barere.exe"]
)
def test_other_figures_are_not_there(client: Client, corpus: Corpus, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_file_holds_every_sentence_of_the_list(
    client: Client, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tillitsrom.insights.corpus.queries.AT_ONCE", 7)
    for query in ("", "?class=assignment", "?q=stier", "?bearer=kommune"):
        rows = rows_of(client, f"/innsikt/korpus/krav.csv{query}")
        page = client.get(f"/innsikt/korpus/krav/{query}")
        assert len(rows) == page.context["totals"].requirements
        assert [row[9] for row in rows[:5]] == [found.quote for found in page.context["page"][:5]]
        assert len({(row[1], row[10], row[11], row[9]) for row in rows}) == len(rows)


def test_search_looks_for_the_words_themselves_in_small_and_capital_letters(
    client: Client, corpus: Corpus
) -> None:
    def found(words: str) -> int:
        return int(client.get("/innsikt/korpus/krav/", {"q": words}).context["totals"].requirements)

    assert found("MERKE STIER") == found("merke stier") == 1
    assert found("<tillit> & tid") == 1
    assert found(".") > found("merke stier") > found("merke.stier") == 0
    assert found("%") == found("_") == found("(") == 0
    assert found(r"\d") == found("[a-z]+") == found("' OR 1=1 --") == 0


HOSTILE = [
    "'",
    "';DROP VIEW documents;--",
    "\\",
    "\0",
    "$q",
    "{condition}",
    "%s",
    "a" * 5000,
    "🦆",
    "' UNION SELECT 1 --",
]


@pytest.mark.parametrize(
    "name", ["q", "bearer", "class", "type", "issuer", "section", "document", "year", "decade", "page"]
)
@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_in_an_address_becomes_sql(client: Client, corpus: Corpus, name: str, value: str) -> None:
    before = corpus.rows("SELECT count(*) FROM documents")
    for address in PAGES:
        # The null character is stopped before any page sees it.
        assert client.get(address, {name: value}).status_code == (400 if value == "\0" else 200)
    assert corpus.rows("SELECT count(*) FROM documents") == before


def test_what_documents_say_is_escaped(client: Client, corpus: Corpus) -> None:
    for address in ("/innsikt/korpus/?class=assignment", "/innsikt/korpus/krav/?q=tillit"):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "<tillit>" not in page
    assert "&lt;tillit&gt;" in client.get("/innsikt/korpus/krav/?q=tillit").content.decode()


def test_a_chip_takes_only_its_own_filter_away(client: Client, corpus: Corpus) -> None:
    page = client.get("/innsikt/korpus/krav/?bearer=kommune&class=duty&decade=1990")
    chips = {chip["value"]: parse_qs(urlparse(chip["without"]).query) for chip in page.context["chips"]}
    assert chips["Kommune"] == {"class": ["duty"], "decade": ["1990"]}
    assert chips["1990"] == {"bearer": ["kommune"], "class": ["duty"]}
    assert page.context["totals"].requirements == 1


def test_pages_of_the_list_hold_each_sentence_once(
    client: Client, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tillitsrom.insights.corpus.views.PER_PAGE", 9)
    first = client.get("/innsikt/korpus/krav/").context["page"]
    seen = []
    for number in range(1, first.paginator.num_pages + 1):
        seen += [
            (f.path, f.number) for f in client.get(f"/innsikt/korpus/krav/?page={number}").context["page"]
        ]
    assert len(seen) == len(set(seen)) == first.paginator.count
    assert seen == sorted(seen)


def test_the_files_of_the_corpus_may_be_moved_while_it_is_shown(
    client: Client, made: Path, settings: Settings, tmp_path: Path
) -> None:
    for file in made.parent.glob("*.parquet"):
        shutil.copy(file, tmp_path)
    settings.CORPUS = str(tmp_path / "k.parquet")
    assert client.get("/innsikt/korpus/").status_code == 200
    (tmp_path / "k.documents.parquet").unlink()
    assert client.get("/innsikt/korpus/").status_code == 503
    shutil.copy(made.parent / "k.documents.parquet", tmp_path)
    assert client.get("/innsikt/korpus/").status_code == 200
