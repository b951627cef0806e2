"""Who may do what in the register: one sentence-named function per right, and the gates of its objects."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor, Role, User
from tillitsrom.people.rules import standing

from .models import Candidate, Document, Requirement

REGISTRARS = (Role.MANAGER, Role.REQUIREMENT_OWNER, Role.UNION_REPRESENTATIVE, Role.COORDINATOR)
WORKPLACE = (Role.EMPLOYEE, Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE)
DECIDERS = (Role.MANAGER, Role.REQUIREMENT_OWNER)


def may_upload(actor: Actor, _obj: object = None) -> Decision:
    if standing(actor).organisations_as(REGISTRARS):
        return allow(_("You keep the register for your organisation."))
    return deny(
        _(
            "Only managers, union representatives, owners of requirements and coordinators may add documents. "
            "Ask one of them at your workplace."
        )
    )


def may_register(actor: Actor, document: Document) -> Decision:
    """Reviewing and publishing: the registrars of the body that received the document or of the one that sent it."""
    held = standing(actor)
    if held.has_any(REGISTRARS, document.addressee_id) or held.has_any(REGISTRARS, document.imposing_body_id):
        return allow(_("You keep the register for an organisation that the document concerns."))
    return deny(
        _(
            "Only managers, union representatives, owners of requirements and coordinators in the organisations that "
            "the document concerns may do this."
        )
    )


def may_publish(actor: Actor, document: Document) -> Decision:
    """Publishing says that a person has looked at everything, so nothing may be waiting."""
    decision = may_register(actor, document)
    if not decision:
        return decision
    if document.candidates.filter(status=Candidate.Status.PENDING).exists():
        return deny(_("Some candidates have not been reviewed yet. Accept or reject them first."))
    return decision


def may_review(actor: Actor, candidate: Candidate) -> Decision:
    """Saying what a candidate is: those who may register the document, while it is in review."""
    decision = may_register(actor, candidate.document)
    if not decision:
        return decision
    if candidate.document.status != Document.Status.IN_REVIEW:
        return deny(_("The document is not in review. Reopen the review first."))
    return decision


def may_describe(actor: Actor, requirement: Requirement) -> Decision:
    """Saying what a requirement costs and whom it reaches: both sides at the workplace, and its owner."""
    held = standing(actor)
    if held.has_any(REGISTRARS, requirement.addressee_id) or held.has_any(
        REGISTRARS, requirement.imposing_body_id
    ):
        return allow(_("You keep the register for an organisation that the requirement concerns."))
    return deny(
        _(
            "Only managers, union representatives, owners of requirements and coordinators in the organisations that "
            "the requirement concerns may do this."
        )
    )


def may_question(actor: Actor, requirement: Requirement) -> Decision:
    """Anyone at the workplace that must meet the requirement may question it (R7)."""
    if standing(actor).has_any(WORKPLACE, requirement.addressee_id):
        return allow(_("You work where the requirement applies."))
    return deny(_("Only those who work where the requirement applies may question it."))


def may_decide(actor: Actor, requirement: Requirement) -> Decision:
    """The owner decides: a manager or an owner of requirements in the body that imposes it."""
    if standing(actor).has_any(DECIDERS, requirement.imposing_body_id):
        return allow(_("Your organisation imposes this requirement."))
    return deny(
        _(
            "Only the body that imposes the requirement may decide this: its managers and owners of requirements."
        )
    )


def may_remove(actor: Actor, requirement: Requirement) -> Decision:
    """A statutory requirement cannot be removed here; the law has another owner."""
    decision = may_decide(actor, requirement)
    if decision and requirement.statutory:
        return deny(
            _(
                "The requirement is required by law and cannot be removed here. Ask the owner of the law to change it."
            )
        )
    return decision


def documents_visible_to(actor: Actor) -> QuerySet[Document]:
    """The gate of documents: published and open to all; the rest to the organisations that the document concerns."""
    public = Q(status=Document.Status.PUBLISHED, openness=Openness.OPEN)
    mine = standing(actor).organisations
    if not mine:
        return Document.objects.filter(public)
    return Document.objects.filter(public | Q(addressee__in=mine) | Q(imposing_body__in=mine))


def candidates_visible_to(actor: Actor) -> QuerySet[Candidate]:
    """Candidates are work in progress: only for the organisations that the document concerns."""
    mine = standing(actor).organisations
    return Candidate.objects.filter(Q(document__addressee__in=mine) | Q(document__imposing_body__in=mine))


def visible_to(actor: Actor) -> QuerySet[Requirement]:
    """The gate of requirements: public ones to all, the rest to the organisations that they concern."""
    mine = standing(actor).organisations
    if not mine:
        return Requirement.objects.filter(is_public=True)
    return Requirement.objects.filter(Q(is_public=True) | Q(addressee__in=mine) | Q(imposing_body__in=mine))


def exemptions_to_review(actor: User, today: date) -> tuple[QuerySet[Document], QuerySet[Requirement]]:
    """Documents and single requirements whose exemption from openness is to be looked at again (R18)."""
    mine = standing(actor).organisations_as(REGISTRARS)
    due = Q(addressee__in=mine) | Q(imposing_body__in=mine)
    due &= Q(openness=Openness.EXEMPT, exempt_review_on__lte=today)
    return Document.objects.filter(due), Requirement.objects.filter(due)
