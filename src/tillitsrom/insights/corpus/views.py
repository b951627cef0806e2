"""The corpus pages: open to all, and only there where the settings name a corpus."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

import tillitsrom
from tillitsrom.core.export import csv_response
from tillitsrom.corpus.query import Corpus, QueryError
from tillitsrom.web.chart_files import chart_file
from tillitsrom.web.charts import Chart
from tillitsrom.web.classes import CLASSES

from . import charts, queries, store
from .queries import Asked, Choice

PER_PAGE = 50
LONGEST = 200
FIRST_YEAR, LAST_YEAR = 1000, 2999
TYPES = {
    "law": gettext_lazy("Laws"),
    "regulation": gettext_lazy("Regulations"),
    "document": gettext_lazy("Other documents"),
}
_kept_choices: dict[str, dict[str, list[str]]] = {}

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart on the page with the addresses of its files."""

    chart: Chart
    name: str
    query: str

    def _file(self, extension: str) -> str:
        address = reverse("insights:corpus_chart", args=[self.name, extension])
        return f"{address}?{self.query}" if self.query else address

    @property
    def svg(self) -> str:
        return self._file("svg")

    @property
    def png(self) -> str:
        return self._file("png")

    @property
    def csv(self) -> str:
        return self._file("csv")


def of_the_corpus(view: View) -> View:
    """The page gets what was asked of the corpus. Without one in the settings there is no such page."""

    @login_not_required
    @require_GET
    @wraps(view)
    def asked(request: HttpRequest, **parts: str) -> HttpResponseBase:
        if not store.is_configured():
            raise Http404
        corpus = store.the_corpus()
        if corpus is None:
            return _closed(request)
        try:
            return view(request, queries.asked_of(corpus, choice_of(request)), **parts)
        except QueryError as error:
            store.logger.warning("The corpus did not answer %s: %s", request.path, error)
            return _closed(request)

    return asked


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "insights/corpus_closed.html", status=503)


def choice_of(request: HttpRequest) -> Choice:
    """What the address chooses. What is not understood chooses nothing."""

    def text(name: str) -> str:
        return request.GET.get(name, "").replace("\0", "").strip()[:LONGEST]

    def year(name: str) -> int | None:
        value = request.GET.get(name, "")
        found = int(value) if value.isascii() and value.isdecimal() and len(value) == 4 else 0
        return found if FIRST_YEAR <= found <= LAST_YEAR else None

    return Choice(
        q=text("q"),
        bearer=text("bearer"),
        kind=text("class"),
        type=text("type"),
        issuer=text("issuer"),
        section=text("section"),
        document=request.GET.get("document", "").replace("\0", "")[:2000],
        year=year("year"),
        decade=year("decade"),
    )


@of_the_corpus
def corpus(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The figures of what was chosen."""
    query = charts.query_of(asked.choice)
    shown = {
        name: Shown(chart, name, query)
        for name, make in charts.CHARTS.items()
        if (chart := make(asked)) is not None
    }
    context = _form(asked) | {
        "charts": shown,
        "kinds": [
            (kind, count, charts.list_address(asked.choice, kind=kind))
            for kind, count in ((kind, asked.per_class[kind]) for kind in CLASSES)
            if count
        ],
        "documents": [
            (one, charts.list_address(asked.choice, document=one.path)) for one in asked.documents()
        ],
        "query": query,
        "mark": asked.corpus.marks,
    }
    return render(request, "insights/corpus.html", context)


@of_the_corpus
def requirements(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The sentences of what was chosen, in the order of the documents."""
    page = Paginator(asked.requirements(), PER_PAGE).get_page(request.GET.get("page"))
    context = _form(asked) | {"page": page, "query": charts.query_of(asked.choice), "chips": chips(asked)}
    return render(request, "insights/corpus_requirements.html", context)


@of_the_corpus
def requirements_csv(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """All the sentences of what was chosen."""
    headings = [
        _("Document"), _("Path"), _("Year"), _("Section"), _("Class"), _("Bearer"), _("Deadline"), _("Page"),
        _("Introduction"), _("Sentence"), _("From character"), _("To character"),
    ]  # fmt: skip
    rows = (
        (f.title, f.path, f.year, f.section, _class_name(f.kind), f.bearer, f.deadline, f.page, f.stem, f.quote,
         f.start, f.end)
        for f in asked.every()
    )  # fmt: skip
    return csv_response("korpus-krav.csv", headings, rows)


@of_the_corpus
def documents_csv(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    """All documents that have any of what was chosen, with how many."""
    headings = [
        _("Document"),
        _("Path"),
        _("Year"),
        _("Words"),
        _("Requirements"),
        _("Requirements per 1,000 words"),
    ]
    rows = (
        (
            one.title,
            one.path,
            one.year,
            one.words,
            one.requirements,
            f"{one.per_thousand:.1f}".replace(".", ","),
        )
        for one in asked.documents(None)
    )
    return csv_response("korpus-dokumenter.csv", headings, rows)


@of_the_corpus
def chart_download(request: HttpRequest, asked: Asked, name: str, extension: str) -> HttpResponse:
    """A chart as SVG or PNG, or its numbers as CSV: exactly what the page with the same choice shows."""
    make = charts.CHARTS.get(name)
    chart = make(asked) if make else None
    if chart is None:
        raise Http404
    source = _("Tillitsrom %(version)s, %(day)s. Corpus %(mark)s.") % {
        "version": tillitsrom.__version__,
        "day": timezone.localdate().isoformat(),
        "mark": asked.corpus.marks["corpus"],
    }
    return chart_file(chart, extension, source=source)


def chips(asked: Asked) -> list[dict[str, str]]:
    """What was chosen, each with the address of the list without it."""
    chosen = asked.choice.chosen()
    found = []
    for name, value in chosen.items():
        rest = {other: one for other, one in chosen.items() if other != name}
        address = f"{reverse('insights:corpus_requirements')}?{charts.encoded(rest)}"
        found.append({"label": str(LABELS[name]), "value": _as_shown(asked, name, value), "without": address})
    return found


LABELS = {
    "q": gettext_lazy("Words in the sentence"),
    "bearer": gettext_lazy("Bearer"),
    "kind": gettext_lazy("Class"),
    "type": gettext_lazy("Kind of document"),
    "issuer": gettext_lazy("Ministry"),
    "section": gettext_lazy("Section"),
    "document": gettext_lazy("Document"),
    "year": gettext_lazy("Year"),
    "decade": gettext_lazy("Decade"),
}


def _as_shown(asked: Asked, name: str, value: str | int) -> str:
    if name == "kind":
        return _class_name(str(value))
    if name == "type":
        return str(TYPES.get(str(value), value))
    if name == "bearer":
        return charts.as_name(str(value))
    if name == "document":
        titles = asked.corpus.rows(
            "SELECT coalesce(short_title, title) FROM documents WHERE path = $path", {"path": value}
        )
        return str(titles[0][0]) if titles else str(value)
    return str(value)


def _class_name(kind: str) -> str:
    return str(CLASSES[kind].name) if kind in CLASSES else kind


def _form(asked: Asked) -> dict[str, Any]:
    """The filters with what can be chosen, and the totals: what both pages show."""
    there = _choices(asked.corpus)
    everyone = ("", pgettext("filter", "All"))
    shown: dict[str, Callable[[str], str]] = {
        "bearer": charts.as_name,
        "issuer": str,
        "kind": charts.plural,
        "type": lambda kind: str(TYPES.get(kind, kind)),
    }
    options = {name: [everyone, *((v, shown[name](v)) for v in values)] for name, values in there.items()}
    return {"totals": asked.totals, "choice": asked.choice, "options": options}


def _choices(corpus: Corpus) -> dict[str, list[str]]:
    """Asked for once for each corpus: it is the same for every reader."""
    mark = corpus.marks["corpus"] + corpus.marks["reader"]
    found = _kept_choices.get(mark)
    if found is None:
        found = queries.choices(corpus)
        _kept_choices.clear()
        _kept_choices[mark] = found
    return found
