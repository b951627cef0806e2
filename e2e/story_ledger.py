"""Lines of the ledger in the states that look different: confirmed by both, disputed, to be confirmed, and being asked."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tillitsrom.ledger import actions
from tillitsrom.ledger.actions.entries import Before
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.models import Entry
from tillitsrom.outcomes.models import Decision
from tillitsrom.people.models import Membership, Party, Role, Unit, User

if TYPE_CHECKING:
    from .story import Demo


def build(demo: "Demo") -> None:
    """Four lines. Those who work at the school answer for three of them; the fourth question is still open."""
    today = timezone.localdate()
    school = Unit.objects.get(name="Fjordvik skole")
    workers = [User.objects.create_user(f"larer{n}@fjordvik.example", f"Lærer {n}") for n in range(5)]
    for person in workers:
        Membership.objects.create(
            user=person, organisation=demo.municipality, unit=school, role=Role.EMPLOYEE, valid_from="2023-01-01"
        )  # fmt: skip
    titles = ("Fravær ført i regneark", "Ukeplan på to steder", "Signatur for nøkler")
    rows = [_line(demo, title) for title in titles]
    actions.follow_the_calendar(today=today)
    for row in rows:
        for choice, person in enumerate(workers):
            actions.answer(actor=person, measure=row.measures.get(), choice=choice % 2)
    actions.follow_the_calendar(today=today + timedelta(days=40))
    verified, disputed, _measured = (Entry.objects.get(pk=row.pk) for row in rows)
    speakers = {Party.Side.EMPLOYER: demo.manager, Party.Side.EMPLOYEES: demo.everyone}
    for party in Party.objects.filter(organisation=demo.municipality):
        actor = speakers[Party.Side(party.side)]
        verified = actions.confirm(actor=actor, entry=verified, version=verified.version, party=party)
        disputed = actions.dispute(
            actor=actor,
            entry=disputed,
            version=disputed.version,
            party=party,
            text=f"{party.name} ser det slik.",
        )
    _line(demo, "Skjema for utlån")
    actions.follow_the_calendar(today=today)


def _line(demo: "Demo", title: str) -> Entry:
    """A routine that was removed nine weeks ago, with the hours that it took."""
    decision = Decision.objects.create(
        outcome="removed", subject="signal", organisation=demo.municipality, reason="Det står i fagsystemet.",
        decided_by=demo.manager, decided_on=timezone.localdate() - timedelta(days=60),
    )  # fmt: skip
    row = actions.open_entries(decision)[0]
    before = Before(title, Range(300, 400), 12, "Talt i to uker.")
    return actions.state_before(actor=demo.manager, entry=row, version=row.version, before=before)
