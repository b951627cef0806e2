"""Pages about findings: a draft before it is sent, a document of the register, and what each rule means."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from tillitsrom.core.decisions import require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.reading.check import RULES
from tillitsrom.reading.check.output import FORMATS, Checked, sarif
from tillitsrom.reading.check.registry import BY_CODE
from tillitsrom.reading.check.texts import text_of
from tillitsrom.reading.model import ReadingError
from tillitsrom.register import rules as register_rules

from . import checks, documents, rules
from .drafts import PASTED
from .forms import DraftForm
from .rule_pages import examples_of
from .shown import TONES, about, grouped, language, summary, translated, word

_MEDIA = {"markdown": "text/markdown", "sarif": "application/sarif+json", "json": "application/json"}
_ENDINGS = {"markdown": "md", "sarif": "sarif", "json": "json"}
_LABELS = {"markdown": "Markdown", "sarif": "SARIF", "json": "JSON"}


class _InMemory(MemoryFileUploadHandler):
    """Keeps the upload in memory whatever its size: the middleware has bounded it, and a draft never lies on a disk."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


@dataclass(frozen=True, slots=True)
class Download:
    """The findings as a file that stands in the page itself, since nothing is kept that it could be fetched from."""

    label: str
    name: str
    address: str


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check_draft(request: HttpRequest) -> HttpResponse:
    """Take the draft into memory; the check against forged requests comes after, since it reads what was sent."""
    if request.method == "POST":
        request.upload_handlers = [_InMemory(request)]
    return _check_draft(request)


@csrf_protect
def _check_draft(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    require(rules.may_check_drafts(person))
    if request.method != "POST":
        return _form_page(request, DraftForm(actor=person))
    form = DraftForm(request.POST, request.FILES, actor=person)
    if not form.is_valid():
        return _form_page(request, form, 422)
    if wait := checks.wait_for(person):
        form.add_error(None, checks.too_often(wait))
        return _form_page(request, form, 429)
    try:
        result = checks.check_draft(
            person,
            text=form.cleaned_data["text"],
            file=form.cleaned_data["draft"],
            previous=form.cleaned_data["previous"],
        )
    except ReadingError as error:
        form.add_error("draft" if form.cleaned_data["draft"] else "text", checks.in_words(error))
        return _form_page(request, form, 422)
    return _never_kept(render(request, "checking/draft_result.html", _result(result)))


def _form_page(request: HttpRequest, form: DraftForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "megabytes": checks.megabytes(),
        "seconds": checks.seconds(),
        "rules": len(RULES),
    }
    return _never_kept(render(request, "checking/draft_form.html", context, status=status))


def _never_kept(response: HttpResponse) -> HttpResponse:
    """Neither the browser nor anything on the way keeps the page."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _result(result: checks.Result) -> dict[str, Any]:
    name = result.reading.document.name
    return {
        "result": result,
        "groups": grouped(result.findings, name),
        "summary": summary(result.findings),
        "name": name if name not in PASTED else _("Pasted text"),
        "classes": result.classes,
        "total": sum(line.count for line in result.classes),
        "total_before": sum(line.before or 0 for line in result.classes) if result.previous else None,
        "downloads": _downloads(Checked(name, result.reading, translated(result.findings))),
    }


def _downloads(checked: Checked) -> list[Download]:
    made, stem = [], _("findings")
    for form, media in _MEDIA.items():
        write: Callable[..., str] = FORMATS[form]
        text = sarif([checked], language()) if form == "sarif" else write([checked])
        address = f"data:{media};base64,{base64.b64encode(text.encode()).decode()}"
        made.append(Download(_LABELS[form], f"{stem}.{_ENDINGS[form]}", address))
    return made


@login_not_required
@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule in one line."""
    lines = [(rule, text_of(rule, language()), word(rule.severity), TONES[rule.severity]) for rule in RULES]
    return render(request, "checking/rule_list.html", {"lines": lines})


@login_not_required
@require_GET
def rule_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What one rule finds, why, where it comes from, and examples."""
    rule = BY_CODE.get(code)
    if rule is None:
        raise Http404
    context = {
        "rule": rule,
        "said": text_of(rule, language()),
        "severity": word(rule.severity),
        "tone": TONES[rule.severity],
        "about": about(rule.severity),
        "examples": examples_of(rule),
    }
    return render(request, "checking/rule_detail.html", context)


@require_GET
def document_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is found in a document of the register, and what it was held against."""
    actor = actor_of(request)
    rows = register_rules.documents_visible_to(actor).select_related("imposing_body", "addressee")
    document = get_object_or_404(rows, pk=pk)
    if document.status not in rules.READ:
        raise Http404
    require(rules.may_see_findings(actor, document))
    against = documents.compared_with(actor, document)
    found = documents.findings(actor, document, against)
    context = {
        "document": document,
        "against": against,
        "groups": grouped(found, document.title, documents.places(document, actor)),
        "summary": summary(found),
    }
    return render(request, "checking/document_findings.html", context)
