"""The review: the text with its marks on one side, the candidates on the other, one answer at a time or all the sure."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.core.http import person_of
from tillitsrom.people.models import User
from tillitsrom.register import document_queries as queries
from tillitsrom.register import openness, read_how, rules
from tillitsrom.register.actions import review
from tillitsrom.register.dates import in_words
from tillitsrom.register.forms_documents import CandidateForm, errors_of
from tillitsrom.register.marked_text import Mark, boundaries, marked, plain
from tillitsrom.register.models import Candidate, Document, RequirementClass
from tillitsrom.web.classes import CLASSES

from .documents import options

PER_PAGE = 100
STATUSES: dict[str, tuple[str, "str | Promise"]] = {
    "venter": (Candidate.Status.PENDING, gettext_lazy("To look at")),
    "godtatt": (Candidate.Status.ACCEPTED, gettext_lazy("Accepted")),
    "avvist": (Candidate.Status.REJECTED, gettext_lazy("Rejected")),
    "alle": ("", gettext_lazy("All")),
}
ANSWERS = {"accept": review.accept, "reject": review.reject, "undo": review.undo}
READABLE = (Document.Status.IN_REVIEW, Document.Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Card:
    """One candidate as the list shows it."""

    candidate: Candidate
    quote: str
    deadline: str
    per_cent: int
    requirement: int | None
    by_ocr: bool


def card_of(candidate: Candidate) -> Card:
    requirement = getattr(candidate, "requirement", None)
    return Card(
        candidate,
        plain(candidate.quote),
        in_words(candidate.deadline),
        round(candidate.confidence * 100),
        requirement.pk if requirement else None,
        candidate.read_by_ocr,
    )


def _candidates(document: Document) -> QuerySet[Candidate]:
    rows = document.candidates.exclude(status=Candidate.Status.REPLACED)
    # Cards need the requirement's number only; its long texts stay in the database.
    return rows.select_related("requirement").only(*_CARD_FIELDS).order_by("start", "end", "pk")


_CARD_FIELDS = (
    "document_id", "start", "end", "quote", "stem", "requirement_class", "deadline", "date_corrected", "addressee", "assignment", "page", "heading",
    "rule", "confidence", "status", "version", "requirement__id",
)  # fmt: skip


def document_of(person: User, pk: int) -> Document:
    """A document that the person's own organisations send or receive, with its text."""
    rows = rules.documents_visible_to(person).select_related("imposing_body", "addressee")
    document = get_object_or_404(rows, pk=pk)
    if not openness.concerns(person, document):
        raise Http404
    return document


@dataclass(slots=True)
class Chosen:
    """The filters of the list, as the address says them."""

    show: str
    kind: str
    focus: int | None = None
    last: int | None = None

    def narrowed(self, rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
        status = STATUSES[self.show][0]
        if status:
            rows = rows.filter(status=status)
        if self.kind:
            rows = rows.filter(requirement_class=self.kind)
        return rows


def _chosen(query: QueryDict, document: Document) -> Chosen:
    usual = "venter" if document.status == Document.Status.IN_REVIEW else "alle"
    show = query.get("vis", usual)
    kind = query.get("klasse", "")
    return Chosen(
        show if show in STATUSES else usual,
        kind if kind in RequirementClass.values else "",
        _key(query.get("forslag", "")),
        _key(query.get("sist", "")),
    )


def _key(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 19 else None


@require_GET
def review_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The text and its candidates, a hundred at a time."""
    person = person_of(request)
    document = document_of(person, pk)
    if document.status not in READABLE:
        return redirect("documents:detail", pk)
    chosen = _chosen(request.GET, document)
    page = _page(request, document, chosen)
    on_page = {candidate.pk for candidate in page}
    spans = _candidates(document).values_list("pk", "start", "end", "requirement_class", "status")
    here = f"{request.path}?vis=alle&forslag="
    marks = [
        Mark(
            key,
            start,
            end,
            kind,
            status,
            f"#forslag-{key}" if key in on_page else f"{here}{key}#forslag-{key}",
        )
        for key, start, end, kind, status in spans
    ]
    context = {
        **_bar(person, document, chosen.last),
        "text": marked(document.text, marks, document.pages),
        "page": page,
        "cards": [card_of(candidate) for candidate in page],
        "notices": read_how.told(document),
        "chosen": chosen,
        "statuses": STATUSES,
        "back": _back_query(request.GET.urlencode()),
        "measured": queries.measured(),
        "classes": [kind for kind in CLASSES if kind in {mark.kind for mark in marks}],
    }
    return render(request, "register/document_review.html", context)


def _page(request: HttpRequest, document: Document, chosen: Chosen) -> Page[Candidate]:
    """The page that the address asks for, or the one where the candidate in focus stands."""
    rows = chosen.narrowed(_candidates(document))
    number: int | str = request.GET.get("side", "1")
    if chosen.focus is not None:
        ids = list(rows.values_list("pk", flat=True))
        if chosen.focus not in ids:
            chosen.show, chosen.kind = "alle", ""
            rows = _candidates(document)
            ids = list(rows.values_list("pk", flat=True))
        number = ids.index(chosen.focus) // PER_PAGE + 1 if chosen.focus in ids else 1
    return Paginator(rows, PER_PAGE).get_page(number)


def _bar(person: User, document: Document, last: int | None = None) -> dict[str, Any]:
    """What the bar shows: how far the review is, and what can be done with the whole document."""
    progress = queries.progress(document)
    probe = Candidate(document=document)
    return {
        "document": document,
        "progress": progress,
        "may_review": rules.may_review(person, probe),
        "sure": [(level, round(level * 100), count) for level, count in progress.sure.items()],
        "publish": next((o for o in options(person, document) if o.transition.action == "publish"), None),
        "last": _candidates(document).filter(pk=last).first() if last else None,
    }


def _back_query(query: str) -> str:
    """The list's filters, without what belongs to one visit."""
    kept = [(key, value) for key, value in parse_qsl(query) if key in ("vis", "klasse", "side")]
    return urlencode(kept)


def _to_list(
    request: HttpRequest, document: Document, *, focus: int | None, last: int | None = None
) -> HttpResponse:
    """Back to the list as it was, at the candidate where work goes on."""
    back = _back_query(request.POST.get("tilbake", ""))
    extra = {"sist": last} if last else {}
    query = "&".join(part for part in (back, urlencode(extra)) if part)
    target = reverse("documents:review", args=[document.pk]) + (f"?{query}" if query else "")
    return HttpResponseRedirect(f"{target}#forslag-{focus}" if focus else target)


def _candidate(person: User, pk: int) -> Candidate:
    rows = rules.candidates_visible_to(person).select_related(
        "document__imposing_body", "document__addressee", "requirement"
    )
    return get_object_or_404(rows.exclude(status=Candidate.Status.REPLACED), pk=pk)


def _is_part(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _card(
    request: HttpRequest,
    candidate: Candidate,
    *,
    trouble: str = "",
    status: int = 200,
    last: int | None = None,
) -> HttpResponse:
    """The candidate as it is now: its card and the bar for htmx, a page of its own without."""
    person = person_of(request)
    context = {
        **_bar(person, candidate.document, last),
        "card": card_of(candidate),
        "trouble": trouble,
        "back": _back_query(request.POST.get("tilbake", "") or request.GET.get("tilbake", "")),
        "oob": True,
    }
    template = "register/_candidate_answer.html" if _is_part(request) else "register/candidate_trouble.html"
    response = render(request, template, context, status=status)
    response.headers["Vary"] = "HX-Request"
    return response


@require_GET
def candidate_card(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate by its own address: its card for htmx, its place in the list for everyone else."""
    person = person_of(request)
    candidate = _candidate(person, pk)
    if _is_part(request):
        return _card(request, candidate)
    review_page = reverse("documents:review", args=[candidate.document_id])
    return HttpResponseRedirect(f"{review_page}?forslag={pk}#forslag-{pk}")


def _version(request: HttpRequest) -> int:
    """The version that the person saw; a form without one was not made by us and is out of date by definition."""
    return _key(request.POST.get("version", "")) or 0


def _next_pending(document: Document, after: Candidate) -> Candidate | None:
    rows = _candidates(document).filter(status=Candidate.Status.PENDING).exclude(pk=after.pk)
    return rows.filter(start__gte=after.start).first()


@require_POST
def candidate_answer(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Accept, reject or undo."""
    if action not in ANSWERS:
        raise Http404
    person = person_of(request)
    candidate = _candidate(person, pk)
    try:
        ANSWERS[action](actor=person, candidate=candidate, version=_version(request))
    except (Conflict, WrongState) as error:
        return _card(request, _candidate(person, pk), trouble=str(error), status=409)
    except ValidationError as error:
        return _card(request, _candidate(person, pk), trouble=errors_of(error), status=422)
    last = pk if action != "undo" else None
    if _is_part(request):
        return _card(request, _candidate(person, pk), last=last)
    following = candidate if action == "undo" else _next_pending(candidate.document, candidate)
    return _to_list(request, candidate.document, focus=following.pk if following else None, last=last)


def _part(
    request: HttpRequest, name: str, candidate: Candidate, context: dict[str, Any], status: int
) -> HttpResponse:
    """A form about one candidate: in its place in the list for htmx, on a page of its own without."""
    shown = {
        "document": candidate.document,
        "candidate": candidate,
        "card": card_of(candidate),
        "back": _back_query(request.POST.get("tilbake", "") or request.GET.get("tilbake", "")),
        "part": f"register/_{name}.html",
        "heading": "h3" if _is_part(request) else "h2",
        **context,
    }
    template = "register/_candidate_form.html" if _is_part(request) else "register/candidate_form.html"
    response = render(request, template, shown, status=status)
    response.headers["Vary"] = "HX-Request"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct class, deadline, who must act and assignment; save, or save and accept."""
    person = person_of(request)
    candidate = _candidate(person, pk)
    require(rules.may_review(person, candidate))
    if request.method != "POST":
        form = CandidateForm(instance=candidate, auto_id=f"%s-{pk}")
        return _part(request, "candidate_edit", candidate, {"form": form, "version": candidate.version}, 200)
    form = CandidateForm(request.POST, instance=_candidate(person, pk), auto_id=f"%s-{pk}")
    if not form.is_valid():
        shown = {"form": form, "version": _version(request)}
        return _part(request, "candidate_edit", candidate, shown, 422)
    accepted = "accept" in request.POST
    try:
        review.edit(
            actor=person,
            candidate=candidate,
            version=_version(request),
            values=form.cleaned_data,
            then_accept=accepted,
        )
    except (Conflict, WrongState) as error:
        return _card(request, _candidate(person, pk), trouble=str(error), status=409)
    if _is_part(request):
        return _card(request, _candidate(person, pk), last=pk if accepted else None)
    return _to_list(request, candidate.document, focus=pk, last=pk if accepted else None)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the places where the sentence can be split, and split it there."""
    person = person_of(request)
    candidate = _candidate(person, pk)
    require(rules.may_review(person, candidate))
    trouble, status = "", 200
    if request.method == "POST":
        try:
            at = [point for point in map(_key, request.POST.getlist("at")) if point is not None]
            parts = review.split(actor=person, candidate=candidate, version=_version(request), at=at)
        except (Conflict, WrongState) as error:
            return _card(request, _candidate(person, pk), trouble=str(error), status=409)
        except ValidationError as error:
            trouble, status = errors_of(error), 422
        else:
            first = min(parts, key=lambda part: part.start)
            return _to_list(request, candidate.document, focus=first.pk)
    text = candidate.document.text
    clauses = boundaries(text, candidate.start, candidate.end)
    by_word = "ord" in request.GET or not clauses
    points = boundaries(text, candidate.start, candidate.end, words=True) if by_word else clauses
    edges = [candidate.start, *points, candidate.end]
    pieces = [(start, text[start:end]) for start, end in pairwise(edges)]
    context = {
        "pieces": pieces,
        "by_word": by_word,
        "has_clauses": bool(clauses),
        "version": candidate.version,
        "trouble": trouble,
    }
    return _part(request, "candidate_split", candidate, context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the candidate and the next that waits, side by side, and make them one."""
    person = person_of(request)
    candidate = _candidate(person, pk)
    require(rules.may_review(person, candidate))
    if request.method == "POST":
        other = _candidate(person, _key(request.POST.get("other", "")) or 0)
        try:
            merged = review.merge(
                actor=person,
                first=candidate,
                second=other,
                version=_version(request),
                second_version=_key(request.POST.get("other_version", "")) or 0,
            )
        except (Conflict, WrongState) as error:
            return _card(request, _candidate(person, pk), trouble=str(error), status=409)
        except ValidationError as error:
            return _card(request, _candidate(person, pk), trouble=errors_of(error), status=422)
        return _to_list(request, candidate.document, focus=merged.pk)
    following = _next_pending(candidate.document, candidate)
    between = candidate.document.text[candidate.end : following.start] if following else ""
    context = {"following": following, "far": len(between) > 400, "version": candidate.version}
    return _part(request, "candidate_merge", candidate, context, 200)


@require_POST
def accept_sure(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept every waiting candidate from a confidence up."""
    person = person_of(request)
    document = document_of(person, pk)
    levels = {str(level): level for level in queries.THRESHOLDS}
    confidence = levels.get(request.POST.get("confidence", ""))
    if confidence is None:
        raise Http404
    require(rules.may_review(person, Candidate(document=document)))
    count = review.accept_all(actor=person, document=document, confidence=confidence)
    if count:
        text = ngettext("%(count)s candidate was accepted.", "%(count)s candidates were accepted.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("No waiting candidate is that sure, so nothing was accepted."))
    return _to_list(request, document, focus=None)
