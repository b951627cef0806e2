"""Where a page lies in the story that the browser walks through: each makes the address from what the story holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tillitsrom.cooperation.models import Body
from tillitsrom.ledger.models import AfterMeasure, Entry
from tillitsrom.register.models import Candidate
from tillitsrom.rulesets.models import LocalAgreement
from tillitsrom.signals.models import Statement

from .story import Demo


@dataclass(frozen=True)
class Sheet:
    """A page in one state: the name of its address, who looks, and where it is."""

    name: str
    path: Callable[[Demo], str]
    state: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.name} ({self.state})" if self.state else self.name


def to_page(name: str, *args: Any, query: str = "") -> Callable[[Demo], str]:
    return lambda _demo: reverse(name, args=args) + query


def to_document(name: str, key: str, query: str = "") -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.documents[key].pk]) + query


def to_requirement(name: str, key: str) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[getattr(demo, key).pk])


def to_organisation(name: str) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.municipality.pk])


def to_year(year: int, query: str = "") -> Callable[[Demo], str]:
    return lambda demo: reverse("insights:year", args=[demo.documents["2026"].addressee_id, year]) + query


def to_person(name: str) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.employee.pk])


def to_candidate(name: str) -> Callable[[Demo], str]:
    def path(demo: Demo) -> str:
        waiting = Candidate.objects.filter(document=demo.documents["review"], status="pending")
        return reverse(name, args=[waiting.order_by("start")[2].pk])

    return path


def to_first(name: str, model: Any, **found: Any) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[model.objects.filter(**found).earliest("pk").pk])


def to_agreement(name: str, status: str) -> Callable[[Demo], str]:
    return to_first(name, LocalAgreement, status=status)


def to_signal(name: str, key: str) -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.signals[key].pk])


def to_draft(demo: Demo) -> str:
    draft = Statement.objects.filter(status="draft").earliest("pk")
    return reverse("signals:statement", args=[draft.call_id, draft.pk])


def to_case(name: str, key: str, query: str = "") -> Callable[[Demo], str]:
    return lambda demo: reverse(name, args=[demo.cases[key].pk]) + query


def to_paper(demo: Demo) -> str:
    case = demo.cases["contested"]
    return reverse("cooperation:paper", args=[case.pk, case.papers.earliest("pk").pk])


def to_seat(demo: Demo) -> str:
    seat = Body.objects.earliest("pk").seats.earliest("pk")
    return reverse("cooperation:seat", args=[seat.body_id, seat.pk])


def to_in_the_municipality(name: str) -> Callable[[Demo], str]:
    return lambda demo: f"{reverse(name)}?virksomhet={demo.municipality.pk}"


def to_entry(name: str, status: str) -> Callable[[Demo], str]:
    return to_first(name, Entry, status=status)


def to_question(name: str) -> Callable[[Demo], str]:
    return to_first(name, AfterMeasure, status="open")


def to_report_at(demo: Demo) -> str:
    return f"{reverse('signals:report')}?organisation={demo.municipality.pk}"


def to_link(demo: Demo) -> str:
    uid = urlsafe_base64_encode(force_bytes(demo.employee.pk))
    return reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(demo.employee)])
