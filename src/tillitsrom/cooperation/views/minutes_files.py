"""Minutes as files: PDF/A, Word, and the exact text that was signed."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tillitsrom.cooperation import minutes_text
from tillitsrom.cooperation.papers.blocks import Paper, paper_of
from tillitsrom.cooperation.papers.pdf_a import pdf
from tillitsrom.cooperation.papers.word import docx

from .minutes import visible

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _file(request: HttpRequest, pk: int, make: Callable[[Paper], bytes], kind: str, end: str) -> HttpResponse:
    row = visible(request, pk)
    return _answer(make(paper_of(row)), kind, f"{row.kind}-{row.case.number.replace('/', '-')}.{end}")


def _answer(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_not_required
@require_safe
def pdf_file(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, pk, pdf, "application/pdf", "pdf")


@login_not_required
@require_safe
def docx_file(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, pk, docx, WORD, "docx")


@login_not_required
@require_safe
def text_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The text letter by letter: its SHA-256 is the fingerprint on the page."""
    row = visible(request, pk)
    text = row.sealed or minutes_text.compose(row)
    name = f"{row.kind}-{row.case.number.replace('/', '-')}.txt"
    return _answer(text.encode("utf-8"), "text/plain; charset=utf-8", name)
