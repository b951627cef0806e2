"""What the front door and my desk ask: always through the gates, always with a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from tillitsrom.core.models import Event, Openness
from tillitsrom.people.models import Actor, User
from tillitsrom.people.rules import standing
from tillitsrom.register import rules
from tillitsrom.register.filters import Totals, totals
from tillitsrom.register.models import ALIVE, Document, Requirement

OUTCOMES = (
    Requirement.Status.REMOVED,
    Requirement.Status.SIMPLIFIED,
    Requirement.Status.MERGED,
    Requirement.Status.DELEGATED,
    Requirement.Status.KEPT,
)
_DECISIONS = ("remove", "simplify", "merge", "delegate", "keep")
DEADLINE_DAYS = 30
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures of the front page: what holds now, in how many documents, over which years."""

    totals: Totals
    documents: int
    first_year: int | None
    last_year: int | None


def headline(actor: Actor) -> Headline:
    rows = rules.visible_to(actor)
    documents = (
        rules.documents_visible_to(actor)
        .filter(status=Document.Status.PUBLISHED)
        .aggregate(n=Count("pk"), first=Min("year"), last=Max("year"))
    )
    return Headline(
        totals(rows.filter(status__in=ALIVE)), documents["n"], documents["first"], documents["last"]
    )


def newest_documents(actor: Actor) -> QuerySet[Document]:
    """The latest published documents, without their text."""
    return (
        rules.documents_visible_to(actor)
        .filter(status=Document.Status.PUBLISHED)
        .defer("text", "pages")
        .select_related("imposing_body", "addressee")
        .order_by("-published_on", "-pk")[:3]
    )


def outcomes(actor: Actor) -> QuerySet[Requirement]:
    """What came of requirements that were questioned: the last ones decided."""
    label = Requirement._meta.label_lower
    decided = (
        Event.objects.filter(subject_type=label, kind__in=[f"requirement.{word}" for word in _DECISIONS])
        .order_by("-at", "-pk")
        .values("subject_id")[:50]
    )
    return (
        rules.visible_to(actor)
        .filter(status__in=OUTCOMES, pk__in=list(decided.values_list("subject_id", flat=True)))
        .select_related("imposing_body", "addressee")
        .order_by("-pk")[:3]
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """My desk: what waits for me (oldest first), what is due soon, what has happened lately."""

    reviews: list[Document]
    failed: list[Document]
    questioned: list[Requirement]
    under_review: list[Requirement]
    to_be_reviewed: list[Requirement]
    exemptions: list[Document]
    deadlines: list[Requirement]
    recent: list[tuple[Event, Requirement]]

    @property
    def waiting(self) -> int:
        parts = (
            self.reviews,
            self.failed,
            self.questioned,
            self.under_review,
            self.to_be_reviewed,
            self.exemptions,
        )
        return sum(len(part) for part in parts)


def desk(actor: User, today: date) -> Desk:
    """Everything on the desk. What a role does not let the person do is not on it."""
    held = standing(actor)
    registers = held.organisations_as(rules.REGISTRARS)
    decides = held.organisations_as(rules.DECIDERS)
    mine = held.organisations
    documents = (
        Document.objects.filter(Q(addressee__in=registers) | Q(imposing_body__in=registers))
        .defer("text", "pages")
        .select_related("imposing_body", "addressee")
        .order_by("created_at", "pk")
    )
    to_decide = Requirement.objects.filter(imposing_body__in=decides).select_related("addressee", "document")
    visible = rules.visible_to(actor).filter(addressee__in=mine)
    return Desk(
        reviews=list(documents.filter(status=Document.Status.IN_REVIEW)[:SHOWN]),
        failed=list(documents.filter(status=Document.Status.FAILED)[:SHOWN]),
        questioned=list(to_decide.filter(status=Requirement.Status.QUESTIONED).order_by("pk")[:SHOWN]),
        under_review=list(to_decide.filter(status=Requirement.Status.UNDER_REVIEW).order_by("pk")[:SHOWN]),
        to_be_reviewed=list(
            to_decide.filter(
                status__in=[Requirement.Status.KEPT, Requirement.Status.ON_TRIAL], review_on__lte=today
            ).order_by("review_on", "pk")[:SHOWN]
        ),
        exemptions=list(rules.exemptions_to_review(actor, today).defer("text", "pages")[:SHOWN]),
        deadlines=list(
            visible.filter(
                status__in=ALIVE,
                deadline_on__gte=today,
                deadline_on__lte=today + timedelta(days=DEADLINE_DAYS),
            )
            .select_related("imposing_body")
            .order_by("deadline_on", "pk")[:SHOWN]
        ),
        recent=_recent(visible),
    )


def _recent(visible: QuerySet[Requirement]) -> list[tuple[Event, Requirement]]:
    """The last things said and decided about requirements at the person's workplaces."""
    changed = [f"requirement.{word}" for word in ("question", "start_review", "try_out", *_DECISIONS)]
    events = list(
        Event.objects.filter(
            subject_type=Requirement._meta.label_lower, kind__in=changed, subject_id__in=visible.values("pk")
        )
        .select_related("actor")
        .order_by("-at", "-pk")[:SHOWN]
    )
    found = visible.in_bulk([event.subject_id for event in events])
    return [(event, found[event.subject_id]) for event in events if event.subject_id in found]


@dataclass(frozen=True, slots=True)
class Exempted:
    """How much a body has exempted from openness by one ground, without saying what (R18)."""

    body: str
    ground: str
    documents: int
    requirements: int
    next_review: date | None


def exemptions() -> list[Exempted]:
    """The public register of exemptions. Titles stay hidden: only the body, the ground, how many and the next review."""
    keys = ("addressee__name", "exempt_ground")
    documents = {
        tuple(row[key] for key in keys): row
        for row in Document.objects.filter(openness=Openness.EXEMPT)
        .exclude(status=Document.Status.WITHDRAWN)
        .order_by()
        .values(*keys)
        .annotate(n=Count("pk"), next=Min("exempt_review_on"))
    }
    requirements = {
        tuple(row[key] for key in keys): row
        for row in Requirement.objects.filter(openness=Openness.EXEMPT)
        .order_by()
        .values(*keys)
        .annotate(n=Count("pk"), next=Min("exempt_review_on"))
    }
    result = []
    for key in sorted({*documents, *requirements}):
        parts = [part[key] for part in (documents, requirements) if key in part]
        result.append(
            Exempted(
                body=key[0],
                ground=key[1],
                documents=documents.get(key, {"n": 0})["n"],
                requirements=requirements.get(key, {"n": 0})["n"],
                next_review=min((p["next"] for p in parts if p["next"]), default=None),
            )
        )
    return result
