"""Pages about documents: the list, the upload, one document, its text, its file and its changes since last year."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillitsrom.core import events
from tillitsrom.core.decisions import require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lifecycles import Option
from tillitsrom.core.models import Event
from tillitsrom.core.openness import ground
from tillitsrom.people.models import Actor, Organisation, User
from tillitsrom.register import changes as comparing
from tillitsrom.register import document_queries as queries
from tillitsrom.register import failures, jobs, openness, read_how, rules, store
from tillitsrom.register.actions import documents
from tillitsrom.register.document_exports import Answer, document_file
from tillitsrom.register.forms_documents import FactsForm, UploadForm, errors_of
from tillitsrom.register.lifecycle import DOCUMENT, only_the_system
from tillitsrom.register.marked_text import Mark, marked
from tillitsrom.register.models import Candidate, Document
from tillitsrom.web.classes import CLASSES
from tillitsrom.web.context import current_organisation

PER_PAGE = 25
FILTERS = ("q", "year", "kind", "body", "status")
TONES = {
    Document.Status.RECEIVED: "neutral",
    Document.Status.READING: "info",
    Document.Status.FAILED: "danger",
    Document.Status.IN_REVIEW: "warning",
    Document.Status.PUBLISHED: "success",
    Document.Status.WITHDRAWN: "neutral",
}
UNDER_WAY = (Document.Status.RECEIVED, Document.Status.READING)


@dataclass(frozen=True, slots=True)
class Line:
    """One document in the list."""

    document: Document
    tone: str
    counts: list[tuple[str, int]]
    total: int


def _chosen(request: HttpRequest) -> dict[str, str]:
    """The filters in the address; what makes no sense is left out."""
    chosen = {name: request.GET.get(name, "").strip() for name in FILTERS}
    for name in ("year", "body"):
        if not chosen[name].isdecimal() or len(chosen[name]) > 9:
            chosen[name] = ""
    if chosen["kind"] not in Document.Kind.values:
        chosen["kind"] = ""
    if chosen["status"] not in Document.Status.values:
        chosen["status"] = ""
    return {name: value for name, value in chosen.items() if value}


def _line(document: Document, counts: queries.Counts) -> Line:
    tone = TONES[Document.Status(document.status)]
    return Line(document, tone, queries.in_order(counts), queries.total(counts))


@login_not_required
@require_GET
def document_list(request: HttpRequest) -> HttpResponse:
    """Published documents for everyone; for members also those of their own organisations."""
    actor = actor_of(request)
    chosen = _chosen(request)
    everything = queries.listed(actor)
    rows = queries.filtered(everything, chosen)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts_of(actor, page)
    context = {
        "page": page,
        "lines": [_line(document, counts.get(document.pk, {})) for document in page],
        "chosen": chosen,
        "query": request.GET.urlencode(),
        "choices": _choices(everything),
        "may_upload": rules.may_upload(actor),
        "any": bool(page) or everything.exists(),
    }
    return render(request, "register/document_list.html", context)


def _choices(everything: QuerySet[Document]) -> dict[str, list[tuple[Any, Any]]]:
    """What the filters offer: only what is there to find."""
    years = everything.order_by("-year").values_list("year", flat=True).distinct()
    every = ("", _("All"))
    pairs = set(everything.order_by().values_list("imposing_body", "addressee").distinct())
    bodies = Organisation.objects.filter(pk__in={pk for pair in pairs for pk in pair}).values_list(
        "pk", "name"
    )
    return {
        "year": [every, *((year, year) for year in years)],
        "kind": [every, *Document.Kind.choices],
        "body": [every, *bodies],
        "status": [("", _("All but withdrawn")), *Document.Status.choices],
    }


@login_not_required
@require_GET
def document_list_file(request: HttpRequest, kind: str) -> Answer:
    """The whole list, with the same filters, as a file."""
    actor = actor_of(request)
    rows = list(queries.filtered(queries.listed(actor), _chosen(request)))
    return document_file(request, kind, rows, queries.counts_of(actor, rows))


@require_http_methods(["GET", "HEAD", "POST"])
def document_upload(request: HttpRequest) -> HttpResponse:
    """Take in one or several files with their facts. The good are kept, the bad are named."""
    person = person_of(request)
    require(rules.may_upload(person))
    limit = settings.UPLOAD_MAX_FILES
    if request.method != "POST":
        mine = current_organisation(request)
        initial = {"year": timezone.localdate().year, "addressee": getattr(mine, "pk", None)}
        form = UploadForm(actor=person, limit=limit, initial=initial)
        return _upload_page(request, form)
    form = UploadForm(request.POST, request.FILES, actor=person, limit=limit)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    received, refused = _receive_all(person, form)
    if not received:
        for sentence in refused:
            form.add_error("documents", sentence)
        return _upload_page(request, form, status=422)
    for sentence in refused:
        messages.error(request, _("Not uploaded: %(reason)s") % {"reason": sentence})
    if len(received) == 1:
        messages.success(request, _("The document was uploaded. It is now being read."))
        return redirect("documents:detail", received[0].pk)
    text = ngettext(
        "%(count)s document was uploaded and is being read.",
        "%(count)s documents were uploaded and are being read.",
        len(received),
    )
    messages.success(request, text % {"count": len(received)})
    return redirect("documents:list")


def _receive_all(person: User, form: UploadForm) -> tuple[list[Document], list[str]]:
    received: list[Document] = []
    refused: list[str] = []
    facts = form.facts()
    files: list[UploadedFile] = form.cleaned_data["documents"]
    for file in files:
        try:
            document = documents.receive(
                actor=person, name=file.name or "", size=file.size or 0, chunks=file.chunks(), facts=facts
            )
        except ValidationError as error:
            refused.append(errors_of(error))
        else:
            jobs.queue_reading(document.pk)
            received.append(document)
    return received, refused


def _upload_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "limit": form.limit, "megabytes": settings.UPLOAD_MAX_BYTES // (1024 * 1024)}
    return render(request, "register/document_upload.html", context, status=status)


def get_document(request: HttpRequest, pk: int) -> Document:
    """The document without its text, or 404 where the reader may not know that it exists."""
    rows = rules.documents_visible_to(actor_of(request)).defer("text", "pages")
    return get_object_or_404(rows.select_related("imposing_body", "addressee"), pk=pk)


@login_not_required
@require_GET
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: where it stands, what it demands, what changed, and what may be done with it."""
    document = get_document(request, pk)
    actor = actor_of(request)
    counts = queries.counts_of(actor, [document]).get(document.pk, {})
    before = queries.predecessor(actor, document)
    in_review = document.status == Document.Status.IN_REVIEW
    context = {
        **_common(document, actor),
        "counts": queries.in_order(counts),
        "total": queries.total(counts),
        "authorities": queries.authorities(counts),
        "review": queries.progress(document) if in_review and _is_member(actor, document) else None,
        "before": before,
        "change": _change(actor, before, counts) if before and counts and not document.adds else "",
        "suggested": queries.likely_predecessors(actor, document)[:3]
        if _may_suggest(actor, document)
        else [],
        "history": _history(document, actor),
        "ground": ground(document.exempt_ground) if document.exempt_ground else None,
        "may_download": openness.may_download(actor, document),
        "may_edit": rules.may_register(actor, document),
    }
    return render(request, "register/document_detail.html", context)


def _common(document: Document, actor: Actor) -> dict[str, Any]:
    return {
        "document": document,
        "tone": TONES[Document.Status(document.status)],
        "under_way": document.status in UNDER_WAY,
        "notices": read_how.told(document),
        "failure": failures.reason(document) if document.status == Document.Status.FAILED else "",
        "options": options(actor, document),
        "is_member": _is_member(actor, document),
        "has_text": document.status in (Document.Status.IN_REVIEW, Document.Status.PUBLISHED),
    }


def options(actor: Actor, document: Document) -> list[Option]:
    """What a person can ask for from here, allowed or not; nothing for a reader who is not signed in."""
    if not actor.is_authenticated:
        return []
    return [o for o in DOCUMENT.options(actor, document) if o.transition.rule is not only_the_system]


def _is_member(actor: Actor, document: Document) -> bool:
    return openness.concerns(actor, document)


def _may_suggest(actor: Actor, document: Document) -> bool:
    settled = (Document.Status.PUBLISHED, Document.Status.WITHDRAWN)
    open_question = document.follows_id is None and document.status not in settled
    return open_question and bool(rules.may_register(actor, document))


def _change(actor: Actor, before: Document, counts: queries.Counts) -> str:
    old = queries.counts_of(actor, [before]).get(before.pk, {})
    return comparing.in_words(comparing.class_changes(old, counts)) if old else ""


def _history(document: Document, actor: Actor) -> list[tuple[Event, str, str]]:
    """What happened, with who did it as this reader may see it; why a reading failed in the reader's own language."""
    lines = []
    for event in events.history(document):
        if code := event.data.get("code"):
            event.data["reason"] = failures.sentence(code, event.data.get("reason", ""))
        lines.append((event, events.sentence(event), events.who(event, actor)))
    return lines


@login_not_required
@require_GET
def document_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is: the part that the page asks for until it is done, and then shows itself anew."""
    document = get_document(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("documents:detail", pk)
    response = render(request, "register/_document_progress.html", _common(document, actor_of(request)))
    if document.status not in UNDER_WAY:
        response.headers["HX-Refresh"] = "true"
    return response


@login_not_required
@require_GET
def document_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text with what it demands marked; each mark leads to the requirement."""
    rows = rules.documents_visible_to(actor_of(request)).select_related("imposing_body", "addressee")
    document = get_object_or_404(rows, pk=pk)
    if document.status not in (Document.Status.IN_REVIEW, Document.Status.PUBLISHED):
        raise Http404
    actor = actor_of(request)
    if document.status == Document.Status.PUBLISHED:
        found = rules.visible_to(actor).filter(document=document)
        spans = found.values_list("pk", "start", "end", "requirement_class")
        marks = [Mark(key, a, b, kind, "pending", f"/krav/{key}/") for key, a, b, kind in spans]
    else:
        waiting = [Candidate.Status.PENDING, Candidate.Status.ACCEPTED]
        review = reverse("documents:review", args=[pk])
        rows_ = rules.candidates_visible_to(actor).filter(document=document, status__in=waiting)
        spans_ = rows_.values_list("pk", "start", "end", "requirement_class", "status")
        marks = [Mark(k, a, b, kind, s, f"{review}?forslag={k}#forslag-{k}") for k, a, b, kind, s in spans_]
    withheld = openness.withheld(actor, document)
    present = {mark.kind for mark in marks}
    context = {
        "document": document,
        "text": marked(withheld.masked(document.text), marks, document.pages),
        "withheld": withheld,
        "may_download": openness.may_download(actor, document),
        "classes": [kind for kind in CLASSES if kind in present],
        "count": len(marks),
    }
    return render(request, "register/document_text.html", context)


@login_not_required
@require_GET
def document_original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was uploaded: always a download, never shown or run by the browser."""
    document = get_document(request, pk)
    require(openness.may_download(actor_of(request), document))
    suffix = "." + document.file_name.rsplit(".", 1)[-1].lower()
    try:
        file = store.path_of(document.file_digest, suffix).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file, as_attachment=True, filename=document.file_name, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the facts about a document."""
    document = get_document(request, pk)
    person = person_of(request)
    require(rules.may_register(person, document))
    names = ("title", "kind", "year", "openness", "exempt_ground", "exempt_review_on")
    initial = {name: getattr(document, name) for name in names}
    for name in ("imposing_body", "addressee", "follows"):
        initial[name] = getattr(document, f"{name}_id")
    if request.GET.get("follows", "").isdecimal():
        initial["follows"] = request.GET["follows"]
    form = FactsForm(request.POST or None, actor=person, document=document, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _described(person, document, form):
            messages.success(request, _("The facts about the document were saved."))
            return redirect("documents:detail", pk)
    context = {"form": form, "document": document}
    return render(request, "register/document_edit.html", context, status=status)


def _described(person: User, document: Document, form: FactsForm) -> bool:
    try:
        documents.describe(actor=person, document=document, facts=form.facts())
    except ValidationError as error:
        form.add_error(None, errors_of(error))
        return False
    return True


@require_POST
def document_advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Retry, publish, reopen or withdraw."""
    document = get_document(request, pk)
    person = person_of(request)
    if action not in {t.action for t in DOCUMENT.transitions if t.rule is not only_the_system}:
        raise Http404
    document = documents.advance(actor=person, document=document, action=action)
    if action == "retry":
        jobs.queue_reading(document.pk)
    done = {
        "retry": _("The document is in the queue again."),
        "publish": _("The document is published. Its requirements are in force and open to all."),
        "reopen": _("The review is open again. The public does not see the document until you publish it."),
        "withdraw": _("The document is withdrawn."),
    }
    if action == "publish" and not queries.is_public(document):
        done["publish"] = _("The document is published for those it concerns. It is exempt from openness.")
    messages.success(request, done[action])
    return HttpResponseRedirect(reverse("documents:detail", args=[pk]))
