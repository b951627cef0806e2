"""The agreements' part of «Mitt bord»: what waits for a signature, is due for evaluation, or ends soon."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import User
from tillitsrom.people.rules import standing
from tillitsrom.web.desk import Row, Section, provides

from .models import HOLDING, AgreementParty, LocalAgreement
from .rules import SIDES, speaks_for
from .schema import WARN_BEFORE

SOON = timedelta(days=14)


@provides(40)
def agreements(person: User, today: date) -> Iterable[Section]:
    places = standing(person).organisations_as(SIDES)
    if not places:
        return
    rows = [*_to_sign(person, places, today), *_due(places, today)]
    yield Section("agreements", _("Agreements that wait for you"), tuple(rows))


def _to_sign(person: User, places: frozenset[int], today: date) -> Iterable[Row]:
    waiting = AgreementParty.objects.filter(
        agreement__organisation__in=places, agreement__status="negotiating", signed_on__isnull=True
    ).select_related("agreement", "party")
    for one in waiting:
        if speaks_for(person, one.party, today):
            yield Row(
                url=reverse("agreements:local", args=[one.agreement_id]),
                title=one.agreement.title,
                tag=_("To be signed"),
                tone="warning",
                note=one.party.name,
            )


def _due(places: frozenset[int], today: date) -> Iterable[Row]:
    ends, looked_at = Q(valid_to__lte=today + WARN_BEFORE), Q(evaluate_on__lte=today + SOON)
    for one in LocalAgreement.objects.filter(ends | looked_at, organisation__in=places, status__in=HOLDING):
        ending = one.valid_to is not None and one.valid_to <= today + WARN_BEFORE
        yield Row(
            url=reverse("agreements:local", args=[one.pk]),
            title=one.title,
            tag=_("Ends soon") if ending else _("To be evaluated"),
            tone="warning",
            due=one.valid_to if ending else one.evaluate_on,
        )
