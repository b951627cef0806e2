"""What becomes of things in the pages' story: a request that waits about what a law demands, a decision, and a duty to come."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tillitsrom.outcomes.actions import decisions, duties, requests
from tillitsrom.outcomes.models import Request
from tillitsrom.register.actions import requirements
from tillitsrom.register.models import Requirement

if TYPE_CHECKING:
    from .story import Demo


def build(demo: "Demo") -> None:
    """Made by the actions: asked by the manager, decided by the owner."""
    assert demo.costed is not None
    free = Requirement.objects.filter(document=demo.documents["2026"], status="in_force").exclude(
        pk=demo.costed.pk
    )
    first, second = free.order_by("start")[:2]
    first = requirements.describe(
        actor=demo.manager,
        requirement=first,
        version=first.version,
        values={"statutory": True, "legal_basis": "opplæringslova § 12-4"},
    )
    requests.send(
        actor=demo.manager,
        requirement=first,
        organisation=demo.municipality,
        asking=requests.Asking("simplify", "Det samme står i planen fra før."),
    )
    today = timezone.localdate()
    decisions.decide(
        actor=demo.owner,
        subject=second,
        version=second.version,
        outcome="kept",
        given=decisions.Given(reason="Vi bruker tallene hver vår.", review_on=today + timedelta(days=200)),
    )
    duties.register(
        actor=demo.owner,
        organisation=demo.directorate,
        values={
            "title": "Årlige tall om møter", "purpose": "Se om møtene blir færre", "recipient": "Oppvekstdirektoratet",
            "reporters": "Kommunene", "reporters_count": 350, "hours_low": 100.0, "hours_high": 200.0,
            "legal_basis": "Uten hjemmel", "takes_effect_on": today + timedelta(days=30),
            "ends_on": today + timedelta(days=400), "overlap_answer": "Andre tall gjelder noe annet.",
        },
    )  # fmt: skip


def waiting() -> Request:
    """The request that waits for the owner."""
    return Request.objects.filter(status=Request.Status.SENT).earliest("pk")
