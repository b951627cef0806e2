"""What the front door and my desk ask: always through the gates, always with a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

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
SHOWN = 20
SOON = 8


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


def outcomes(actor: Actor) -> list[Requirement]:
    """What came of requirements that were questioned: the last ones decided, latest first."""
    decided = (
        Event.objects.filter(
            subject_type=Requirement._meta.label_lower,
            kind__in=[f"requirement.{word}" for word in _DECISIONS],
            subject_id__in=rules.visible_to(actor).filter(status__in=OUTCOMES).values("pk"),
        )
        .order_by("-at", "-pk")
        .values_list("subject_id", flat=True)[:50]
    )
    keys = list(dict.fromkeys(decided))[:3]
    found = rules.visible_to(actor).select_related("imposing_body").in_bulk(keys)
    return [found[key] for key in keys]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the person: why, since when, and what it is."""

    why: str
    since: datetime
    what: Document | Requirement


@dataclass(frozen=True, slots=True)
class Desk:
    """My desk: what waits for me (oldest first), is due soon, and has happened lately. `count` is all that waits."""

    waiting: list[Waiting]
    count: int
    deadlines: list[Requirement]
    recent: list[tuple[Event, Requirement]]


def desk(actor: User, today: date) -> Desk:
    """Everything on the desk. What a role does not let the person do is not on it."""
    held = standing(actor)
    registers = held.organisations_as(rules.REGISTRARS)
    decides = held.organisations_as(rules.DECIDERS)
    documents = (
        Document.objects.filter(Q(addressee__in=registers) | Q(imposing_body__in=registers))
        .defer("text", "pages")
        .select_related("addressee")
        .order_by("created_at", "pk")
    )
    to_decide = Requirement.objects.filter(imposing_body__in=decides).select_related("addressee")
    to_be_reviewed = to_decide.filter(
        status__in=[Requirement.Status.KEPT, Requirement.Status.ON_TRIAL], review_on__lte=today
    ).order_by("review_on", "pk")
    closed, closed_parts = (
        rows.select_related("addressee").order_by("exempt_review_on", "pk")
        for rows in rules.exemptions_to_review(actor, today)
    )
    sources: list[tuple[str, str, QuerySet[Any]]] = [
        ("questioned", "since", _since(to_decide, Requirement.Status.QUESTIONED, "question")),
        ("under_review", "since", _since(to_decide, Requirement.Status.UNDER_REVIEW, "start_review")),
        ("review_date", "review_on", to_be_reviewed),
        ("failed", "created_at", documents.filter(status=Document.Status.FAILED)),
        ("review", "created_at", documents.filter(status=Document.Status.IN_REVIEW)),
        ("exemption", "exempt_review_on", closed.defer("text", "pages")),
        ("exempt_requirement", "exempt_review_on", closed_parts),
    ]
    waiting: list[Waiting] = []
    count = 0
    for why, since, rows in sources:
        first = list(rows[: SHOWN + 1])
        count += len(first) if len(first) <= SHOWN else rows.count()
        waiting.extend(Waiting(why, _moment(getattr(row, since)), row) for row in first)
    visible = rules.visible_to(actor).filter(addressee__in=held.organisations)
    soon = {"deadline_on__gte": today, "deadline_on__lte": today + timedelta(days=DEADLINE_DAYS)}
    return Desk(
        waiting=sorted(waiting, key=lambda one: (one.since, one.why, one.what.pk))[:SHOWN],
        count=count,
        deadlines=list(visible.filter(status__in=ALIVE, **soon).order_by("deadline_on", "pk")[:SOON]),
        recent=_recent(visible),
    )


def _since(rows: QuerySet[Requirement], status: str, step: str) -> QuerySet[Requirement]:
    """Those in a status, with the moment they came there, oldest first."""
    steps = Event.objects.filter(
        subject_type=Requirement._meta.label_lower, subject_id=OuterRef("pk"), kind=f"requirement.{step}"
    )
    came = Coalesce(Subquery(steps.order_by("-at", "-pk").values("at")[:1]), "created_at")
    return rows.filter(status=status).annotate(since=came).order_by("since", "pk")


def _moment(day: date | datetime) -> datetime:
    """A day counts from its start, so that days and moments can stand in one order."""
    if isinstance(day, datetime):
        return day
    return timezone.make_aware(datetime.combine(day, time()))


def _recent(visible: QuerySet[Requirement]) -> list[tuple[Event, Requirement]]:
    """The last things said and decided about requirements at the person's workplaces."""
    changed = [f"requirement.{word}" for word in ("question", "start_review", "try_out", *_DECISIONS)]
    events = list(
        Event.objects.filter(
            subject_type=Requirement._meta.label_lower, kind__in=changed, subject_id__in=visible.values("pk")
        )
        .select_related("actor")
        .order_by("-at", "-pk")[:SOON]
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
