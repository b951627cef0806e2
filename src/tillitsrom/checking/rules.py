"""Who may check what."""

from django.utils.translation import gettext as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.people.models import Actor
from tillitsrom.register import openness
from tillitsrom.register.models import Document

READ = (Document.Status.IN_REVIEW, Document.Status.PUBLISHED)


def may_check_drafts(actor: Actor, _obj: object = None) -> Decision:
    """Reading costs processor time, so it is for people whom the installation knows."""
    if actor.is_authenticated:
        return allow(_("You are logged in."))
    return deny(_("Log in to check a draft."))


def may_see_findings(actor: Actor, document: Document) -> Decision:
    """Findings are questions to those who write and receive the document, not a verdict for the public."""
    if document.status in READ and openness.concerns(actor, document):
        return allow(_("Your organisation sent or received the document."))
    return deny(_("The findings are for the organisations that the document concerns."))
