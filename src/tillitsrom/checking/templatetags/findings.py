"""Findings on the pages of a document: the register's own pages ask here, and know nothing of rules."""

from typing import Any

from django import template
from django.template import Context

from tillitsrom.checking import documents, rules, shown
from tillitsrom.register.models import Document

register = template.Library()


@register.inclusion_tag("checking/_document_findings.html", takes_context=True)
def document_findings(context: Context, document: Document, *, whole: bool = False) -> dict[str, Any]:
    """What is found in the document: the counts and a link, or with `whole` every finding in a part that opens."""
    actor = context["request"].user
    if not rules.may_see_findings(actor, document):
        return {"may_see": False}
    against = documents.compared_with(actor, document)
    found = documents.findings(actor, document, against)
    return {
        "may_see": True,
        "document": document,
        "summary": shown.summary(found),
        "count": len(found),
        "groups": shown.grouped(found, document.title, documents.places(document, actor)) if whole else [],
        "whole": whole,
    }
