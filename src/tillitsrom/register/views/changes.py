"""The year of a letter: what is new, reworded, split, merged, moved, kept and gone since the one that it follows."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tillitsrom.core.decisions import WrongState
from tillitsrom.core.http import actor_of
from tillitsrom.people.models import Actor
from tillitsrom.register import change_sections
from tillitsrom.register import changes as comparing
from tillitsrom.register import document_queries as queries
from tillitsrom.register.models import Document
from tillitsrom.web.charts import Chart, Series, line_chart
from tillitsrom.web.classes import CLASSES

from .documents import get_document


@login_not_required
@require_GET
def document_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The year of a letter: this one beside the one that it follows, or another that the reader chooses."""
    document = get_document(request, pk)
    actor = actor_of(request)
    if document.status not in (Document.Status.IN_REVIEW, Document.Status.PUBLISHED):
        raise WrongState(_("The document has not been read yet, so there is nothing to compare."))
    with_pk = request.GET.get("med", "")
    others = (
        queries.listed(actor)
        .filter(
            status__in=[Document.Status.IN_REVIEW, Document.Status.PUBLISHED], addressee=document.addressee_id
        )
        .exclude(pk=pk)
    )
    before = get_object_or_404(_comparable(actor), pk=int(with_pk)) if _is_key(with_pk) else None
    before = before or queries.predecessor(actor, document)
    context: dict[str, Any] = {"document": document, "before": before, "others": list(others[:50])}
    if before is not None and before.status in (Document.Status.IN_REVIEW, Document.Status.PUBLISHED):
        result = comparing.compare(actor, before, document)
        context |= {
            "changes": result,
            "in_words": comparing.in_words(result.classes),
            "net": comparing.net_in_words(result.before, result.after),
            "stability": comparing.stability_in_words(result),
            "warning": comparing.warning(result.classes),
            "chart": _slopes(result) if result.classes else None,
        }
        context |= _sections(request, document, result)
    return render(request, "register/document_changes.html", context)


def _sections(request: HttpRequest, document: Document, result: comparing.Changes) -> dict[str, Any]:
    """The lists of the page: all of them, or the one kind that the reader asked to see whole."""
    only = request.GET.get("vis", "")
    only = only if only in change_sections.KINDS else ""
    url = reverse("documents:changes", args=[document.pk])
    query = f"med={result.old.pk}" if _is_key(request.GET.get("med", "")) else ""
    shown = change_sections.sections(
        result, url=url, query=query, adds=document.adds, only=only, page=request.GET.get("page", "")
    )
    return {"sections": shown, "only": only, "all_url": f"{url}?{query}" if query else url}


def _is_key(value: str) -> bool:
    return value.isdecimal() and len(value) < 19


def _comparable(actor: Actor) -> QuerySet[Document]:
    return queries.listed(actor).filter(status__in=[Document.Status.IN_REVIEW, Document.Status.PUBLISHED])


def _slopes(result: comparing.Changes) -> Chart:
    """One line per class from the earlier document to the later."""
    labels = [str(result.old.year), str(result.new.year)]
    if labels[0] == labels[1]:
        labels = [_("Earlier"), _("Later")]
    return line_chart(
        title=_("Requirements per class, from %(before)s to %(after)s")
        % {"before": labels[0], "after": labels[1]},
        sentence=comparing.in_words(result.classes),
        category_heading=_("Year"),
        categories=labels,
        series=[
            Series(c.kind, str(CLASSES[c.kind].plural), [c.before, c.after], str(CLASSES[c.kind].letter))
            for c in result.classes
        ],
        unit=_("requirements"),
    )
