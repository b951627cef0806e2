"""The list of documents as files: exactly the rows and figures that the page shows."""

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import export
from tillitsrom.web.classes import CLASSES

from . import document_queries as queries
from .models import COUNTED, Document

Answer = StreamingHttpResponse | FileResponse


def document_file(
    request: HttpRequest, kind: str, documents: Sequence[Document], counts: dict[int, queries.Counts]
) -> Answer:
    """The list as `csv` or `json` with codes, or as `xlsx` with words."""
    name = f"dokumenter-{timezone.localdate():%Y-%m-%d}.{kind}"
    rows = [_row(document, counts.get(document.pk, {})) for document in documents]
    if kind == "csv":
        flat = [{**row, **row.pop("per_class")} for row in rows]
        codes = list(flat[0]) if flat else list(_row(Document(), {}, empty=True))
        return export.csv_response(name, codes, [list(row.values()) for row in flat])
    if kind == "json":
        about = {"source": request.build_absolute_uri(), "made_at": timezone.now(), "count": len(rows)}
        return export.json_response(name, about, "documents", rows)
    if kind == "xlsx":
        in_words = [_words(document, counts.get(document.pk, {})) for document in documents]
        return export.xlsx_response(name, _("Documents"), _headings(), in_words)
    raise Http404


def _row(document: Document, counts: queries.Counts, *, empty: bool = False) -> dict[str, Any]:
    row = {
        "id": document.pk,
        "title": document.title,
        "kind": document.kind,
        "year": document.year,
        "imposing_body": "" if empty else document.imposing_body.name,
        "addressee": "" if empty else document.addressee.name,
        "status": document.status,
        "openness": document.openness,
        "published_on": document.published_on,
        "requirements": queries.total(counts),
        "authorities": queries.authorities(counts),
        "url": f"/dokumenter/{document.pk}/",
    }
    per_class = {kind: counts.get(kind, 0) for kind in COUNTED}
    return {**row, **per_class} if empty else {**row, "per_class": per_class}


def _headings() -> list[str]:
    return [
        _("Number"),
        _("Title"),
        _("Kind"),
        _("Year"),
        _("Imposing body"),
        _("Addressee"),
        _("Status"),
        _("Openness"),
        _("Published"),
        _("Requirements"),
        _("Authorities (not counted)"),
        *(str(CLASSES[kind].plural) for kind in COUNTED),
    ]


def _words(document: Document, counts: queries.Counts) -> list[Any]:
    return [
        document.pk,
        document.title,
        document.get_kind_display(),
        document.year,
        document.imposing_body.name,
        document.addressee.name,
        document.get_status_display(),
        document.get_openness_display(),
        document.published_on,
        queries.total(counts),
        queries.authorities(counts),
        *(counts.get(kind, 0) for kind in COUNTED),
    ]
