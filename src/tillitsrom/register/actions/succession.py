"""What publishing this year's letter does to last year's: superseded where it stands again, lapsed where it is gone."""

from collections.abc import Sequence

from tillitsrom.core import events
from tillitsrom.core.models import Openness
from tillitsrom.people.models import User
from tillitsrom.reading.compare import Entry, group_texts
from tillitsrom.register.models import ALIVE, Document, Requirement

GONE = (Requirement.Status.SUPERSEDED, Requirement.Status.LAPSED)


def settle(*, actor: User, document: Document) -> None:
    """Pair the requirements of a newly published letter with those of the letter it follows.

    Only an annual letter ends another; a supplementary letter adds to the year's. Publishing again after a reopening pairs
    again: requirements that were accepted since then find their predecessors. Runs in the caller's transaction.
    """
    if document.follows is None or document.kind == Document.Kind.SUPPLEMENTARY_LETTER:
        return
    new = list(document.requirements.filter(replaces=None))
    # What lapsed when the letter was published before may stand in it after all, now that it was reviewed again.
    old = list(document.follows.requirements.filter(status__in=(*ALIVE, Requirement.Status.LAPSED)))
    if not old:
        return
    by_id = {r.pk: r for r in (*old, *new)}
    superseded, heirs, newly_exempt = [], [], []
    for group in group_texts(_entries(old), _entries(new)):
        if not (group.old and group.new):
            continue
        befores, afters = [by_id[key] for key in group.old], [by_id[key] for key in group.new]
        # Each part of what was split is an heir; what was merged has room for one predecessor, the longest of them.
        before = max(befores, key=lambda r: len(r.text))
        for after in afters:
            after.replaces = before
            inherit(after, before)
            if any(keep_exempt(after, one) for one in befores):
                newly_exempt.append(after)
        for one in befores:
            one.status = Requirement.Status.SUPERSEDED
        superseded += befores
        heirs += afters
    lapsed = [r for r in old if r.status in ALIVE]
    for requirement in lapsed:
        requirement.status = Requirement.Status.LAPSED
    Requirement.objects.bulk_update([*superseded, *lapsed], ["status"], batch_size=500)
    # One by one: a bulk update of this many columns takes ten times as long as the rows themselves.
    for heir in heirs:
        heir.save(update_fields=["replaces", *INHERITED, *EXEMPTION])
    year = {"year": document.year}
    events.record_many(
        "requirement.supersede", subjects=superseded, actor=actor, data=[year] * len(superseded)
    )
    events.record_many("requirement.lapse", subjects=lapsed, actor=actor, data=[year] * len(lapsed))
    changed = {"fields": list(EXEMPTION)}
    events.record_many(
        "requirement.describe", subjects=newly_exempt, actor=actor, data=[changed] * len(newly_exempt)
    )


def _entries(requirements: Sequence[Requirement]) -> list[Entry[int]]:
    return [Entry(r.pk, r.requirement_class, r.text, r.heading, r.assignment) for r in requirements]


def withdraw(*, actor: User, document: Document) -> None:
    """End what was accepted from a document that is withdrawn, and give last year's letter its force back."""
    ended = list(document.requirements.filter(status__in=ALIVE))
    for requirement in ended:
        requirement.status = Requirement.Status.LAPSED
    Requirement.objects.bulk_update(ended, ["status"], batch_size=500)
    events.record_many("requirement.document_withdrawn", subjects=ended, actor=actor, data=[{}] * len(ended))
    if document.follows is None or document.published_on is None:
        return
    if document.kind == Document.Kind.SUPPLEMENTARY_LETTER:
        return
    siblings = document.follows.followed_by.exclude(pk=document.pk)
    if (
        siblings.filter(status=Document.Status.PUBLISHED)
        .exclude(kind=Document.Kind.SUPPLEMENTARY_LETTER)
        .exists()
    ):
        return
    restore(actor=actor, requirements=list(document.follows.requirements.filter(status__in=GONE)))


def restore(*, actor: User, requirements: Sequence[Requirement]) -> None:
    """Put requirements back in force whose successor fell away again."""
    for requirement in requirements:
        requirement.status = Requirement.Status.IN_FORCE
    Requirement.objects.bulk_update(requirements, ["status"], batch_size=500)
    events.record_many(
        "requirement.restore", subjects=requirements, actor=actor, data=[{}] * len(requirements)
    )


# What people found out about a requirement last year still holds for the same requirement this year.
INHERITED = (
    "unit", "legal_basis", "statutory", "purpose", "recipient", "frequency", "detail",
    "minutes_low", "minutes_high", "minutes_source", "occasions_per_year", "affected_count",
)  # fmt: skip


EXEMPTION = ("openness", "exempt_ground", "exempt_review_on")


def keep_exempt(after: Requirement, before: Requirement) -> bool:
    """What was exempt in last year's letter is exempt in this year's too, until somebody who reviews it says otherwise."""
    if before.openness != Openness.EXEMPT or after.openness == Openness.EXEMPT:
        return False
    for field in EXEMPTION:
        setattr(after, field, getattr(before, field))
    return True


def inherit(after: Requirement, before: Requirement) -> None:
    """Carry over what is known of the predecessor, where the heir says nothing itself.

    What was written about a letter that is exempt as a whole is not carried into one that is open.
    """
    if before.document.openness == Openness.EXEMPT and after.document.openness == Openness.OPEN:
        return
    if after.minutes_low is None and after.minutes_high is None:
        for field in INHERITED:
            setattr(after, field, getattr(before, field))
