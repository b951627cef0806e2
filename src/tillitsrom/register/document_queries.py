"""What the pages about documents read: the list with its filters and counts, and where a review stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tillitsrom.core.models import Event, Openness
from tillitsrom.people.models import Actor

from . import rules
from .models import COUNTED, Candidate, Document, RequirementClass

Counts = dict[str, int]
THRESHOLDS = (0.95, 0.9, 0.8)
# A share of fewer answers than this says nothing.
ENOUGH = 50


def listed(actor: Actor) -> QuerySet[Document]:
    """The documents that the actor may see, without their text, newest year first."""
    return (
        rules.documents_visible_to(actor)
        .defer("text", "pages")
        .select_related("imposing_body", "addressee")
        .order_by("-year", "title", "pk")
    )


def filtered(rows: QuerySet[Document], chosen: Mapping[str, Any]) -> QuerySet[Document]:
    """The rows that the filters of the list leave. Withdrawn documents are shown only when asked for."""
    for field_name in ("year", "kind", "status"):
        if chosen.get(field_name):
            rows = rows.filter(**{field_name: chosen[field_name]})
    if not chosen.get("status"):
        rows = rows.exclude(status=Document.Status.WITHDRAWN)
    if body := chosen.get("body"):
        rows = rows.filter(Q(imposing_body=body) | Q(addressee=body))
    if words := chosen.get("q"):
        rows = rows.filter(title__icontains=words)
    return rows


def counts_of(actor: Actor, documents: Iterable[Document]) -> dict[int, Counts]:
    """Requirements per class for each document; candidates that are not rejected where it is still in review."""
    found: dict[int, Counts] = defaultdict(dict)
    documents = list(documents)
    settled = [d.pk for d in documents if d.status == Document.Status.PUBLISHED]
    under_way = [d.pk for d in documents if d.status == Document.Status.IN_REVIEW]
    requirements = rules.visible_to(actor).filter(document__in=settled)
    candidates = rules.candidates_visible_to(actor).filter(
        document__in=under_way, status__in=[Candidate.Status.PENDING, Candidate.Status.ACCEPTED]
    )
    for rows in (requirements, candidates):
        per_class = rows.order_by().values_list("document_id", "requirement_class").annotate(Count("pk"))
        for document_id, kind, number in per_class:
            found[document_id][kind] = number
    return found


def in_order(counts: Counts) -> list[tuple[str, int]]:
    """Counts by class in the order of the classes, only those that occur and count."""
    return [(kind, counts[kind]) for kind in COUNTED if counts.get(kind)]


def total(counts: Counts) -> int:
    """How many count as requirements: authorities give room and are left out."""
    return sum(number for _kind, number in in_order(counts))


def authorities(counts: Counts) -> int:
    return counts.get(RequirementClass.AUTHORITY, 0)


@dataclass(slots=True)
class Progress:
    """Where the review of a document stands."""

    found: int = 0
    pending: int = 0
    accepted: int = 0
    rejected: int = 0
    sure: dict[float, int] = field(default_factory=dict)
    classes: Counts = field(default_factory=dict)

    @property
    def reviewed(self) -> int:
        return self.found - self.pending


def progress(document: Document) -> Progress:
    """Counted with one question."""
    rows = document.candidates.exclude(status=Candidate.Status.REPLACED).order_by()
    result = Progress()
    sure: Counter[float] = Counter()
    classes: Counter[str] = Counter()
    status: Counter[str] = Counter()
    sure_at = {
        f"sure_{index}": Count("pk", filter=Q(confidence__gte=level))
        for index, level in enumerate(THRESHOLDS)
    }
    for row in rows.values("status", "requirement_class").annotate(number=Count("pk"), **sure_at):
        status[row["status"]] += row["number"]
        classes[row["requirement_class"]] += row["number"]
        if row["status"] == Candidate.Status.PENDING:
            for index, level in enumerate(THRESHOLDS):
                sure[level] += row[f"sure_{index}"]
    result.found = status.total()
    result.pending = status[Candidate.Status.PENDING]
    result.accepted = status[Candidate.Status.ACCEPTED]
    result.rejected = status[Candidate.Status.REJECTED]
    result.sure = {level: sure[level] for level in THRESHOLDS}
    result.classes = dict(classes)
    return result


@dataclass(frozen=True, slots=True)
class Measured:
    """Of the candidates at least this sure that people answered one by one, how many were requirements."""

    level: float
    answered: int
    right: int

    @property
    def per_cent(self) -> int:
        return round(self.level * 100)

    @property
    def share(self) -> int | None:
        """In per cent; None while too few were answered for a share to mean anything."""
        return round(100 * self.right / self.answered) if self.answered >= ENOUGH else None


def measured() -> list[Measured]:
    """How often the rules have been right here, for each level of sureness; the answer is kept for ten minutes."""
    return cache.get_or_set("register.measured", _measure, 600) or []


def _measure() -> list[Measured]:
    bulk = Event.objects.filter(
        kind="candidate.accept",
        subject_type="register.candidate",
        subject_id=OuterRef("pk"),
        data__in_bulk=True,
    )
    rows = (
        Candidate.objects.filter(status__in=[Candidate.Status.ACCEPTED, Candidate.Status.REJECTED])
        .exclude(rule="person")
        .exclude(Exists(bulk))
        .order_by()
    )
    asked = {}
    for index, level in enumerate(THRESHOLDS):
        sure = Q(confidence__gte=level)
        asked[f"answered_{index}"] = Count("pk", filter=sure)
        asked[f"right_{index}"] = Count("pk", filter=sure & Q(status=Candidate.Status.ACCEPTED))
    found = rows.aggregate(**asked)
    return [
        Measured(level, found[f"answered_{index}"], found[f"right_{index}"])
        for index, level in enumerate(THRESHOLDS)
    ]


def is_public(document: Document) -> bool:
    return document.status == Document.Status.PUBLISHED and document.openness == Openness.OPEN


def predecessor(actor: Actor, document: Document) -> Document | None:
    """The document that this one follows, if the actor may see it."""
    if document.follows_id is None:
        return None
    return rules.documents_visible_to(actor).defer("text", "pages").filter(pk=document.follows_id).first()


def likely_predecessors(actor: Actor, document: Document) -> QuerySet[Document]:
    """Last year's documents of the same kind between the same bodies."""
    return (
        rules.documents_visible_to(actor)
        .defer("text", "pages")
        .filter(
            kind=document.kind,
            imposing_body=document.imposing_body_id,
            addressee=document.addressee_id,
            year=document.year - 1,
        )
        .exclude(status=Document.Status.WITHDRAWN)
        .order_by("title", "pk")
    )
