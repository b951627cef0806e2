"""What publishing this year's letter does to last year's: superseded where it stands again, lapsed where it is gone."""

from tillitsrom.core import events
from tillitsrom.people.models import User
from tillitsrom.reading.compare import pair_texts
from tillitsrom.register.models import ALIVE, Document, Requirement


def settle(*, actor: User, document: Document) -> None:
    """Pair the requirements of a newly published letter with those of the letter it follows.

    Only an annual letter ends another; a supplementary letter adds to the year's. Publishing again after a reopening pairs
    again: requirements that were accepted since then find their predecessors. Runs in the caller's transaction.
    """
    if document.follows is None or document.kind == Document.Kind.SUPPLEMENTARY_LETTER:
        return
    new = list(document.requirements.filter(replaces=None))
    old = list(document.follows.requirements.filter(status__in=ALIVE))
    if not old:
        return
    pairing = pair_texts(
        [(r.pk, r.requirement_class, r.text) for r in old], [(r.pk, r.requirement_class, r.text) for r in new]
    )
    by_id = {r.pk: r for r in (*old, *new)}
    superseded, heirs = [], []
    for pair in pairing.pairs:
        before, after = by_id[pair.old], by_id[pair.new]
        after.replaces = before
        inherit(after, before)
        before.status = Requirement.Status.SUPERSEDED
        superseded.append(before)
        heirs.append(after)
    ended = {r.pk for r in superseded}
    lapsed = [r for r in old if r.pk not in ended]
    for requirement in lapsed:
        requirement.status = Requirement.Status.LAPSED
    Requirement.objects.bulk_update([*superseded, *lapsed], ["status"], batch_size=500)
    Requirement.objects.bulk_update(heirs, ["replaces", *INHERITED], batch_size=300)
    year = {"year": document.year}
    events.record_many(
        "requirement.supersede", subjects=superseded, actor=actor, data=[year] * len(superseded)
    )
    events.record_many("requirement.lapse", subjects=lapsed, actor=actor, data=[year] * len(lapsed))


# What people found out about a requirement last year still holds for the same requirement this year.
INHERITED = (
    "unit", "legal_basis", "statutory", "purpose", "recipient", "frequency", "detail",
    "minutes_low", "minutes_high", "minutes_source", "occasions_per_year", "affected_count",
)  # fmt: skip


def inherit(after: Requirement, before: Requirement) -> None:
    """Carry over what is known of the predecessor, where the heir says nothing itself."""
    if after.minutes_low is None and after.minutes_high is None:
        for field in INHERITED:
            setattr(after, field, getattr(before, field))
