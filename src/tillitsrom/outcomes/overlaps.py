"""What is collected already: reporting and figures in the register that a new duty may repeat, each with why it was found."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from tillitsrom.people.models import Actor
from tillitsrom.register import rules as register
from tillitsrom.register import search as register_search
from tillitsrom.register.models import ALIVE, Requirement, RequirementClass
from tillitsrom.signals import words

from . import rules
from .models import NewDuty

COLLECTED = (RequirementClass.REPORTING, RequirementClass.KEY_FIGURE, RequirementClass.STEERING_PARAMETER)
MOST = 8
_LOOKED_AT = 200
# Two telling words in common; they need not be a large part of the text where it also goes to the same recipient.
FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Overlap:
    """Something like it: a requirement, or another new duty, with the words both have and whether the recipient is the same."""

    kind: str
    id: int
    title: str
    words: tuple[str, ...]
    same_recipient: bool
    recipient: str

    def kept(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "id": self.id, "title": self.title, "words": list(self.words),
            "same_recipient": self.same_recipient, "recipient": self.recipient,
        }  # fmt: skip


def search(actor: Actor, text: str, recipient: str, *, besides: int = 0) -> list[Overlap]:
    """The likest of what is collected already, among what the actor may see; the likest first."""
    mine = words.families(text)
    wanted = set(words.families(recipient))
    if not mine:
        return []
    found = [*_requirements(actor, text, mine, wanted), *_duties(actor, mine, wanted, besides)]
    found.sort(key=lambda pair: (-pair[0], pair[1].kind, -pair[1].id))
    return [one for _rank, one in found[:MOST]]


def for_all(found: list[Overlap]) -> list[Overlap]:
    """Those that everybody may see: a duty is public, and its page is no way around an exemption."""
    keys = [one.id for one in found if one.kind == "requirement"]
    public = set(register.visible_to(AnonymousUser()).filter(pk__in=keys).values_list("pk", flat=True))
    return [one for one in found if one.kind != "requirement" or one.id in public]


def _rank(
    mine: list[str], wanted: set[str], theirs: str, recipient: str
) -> tuple[int, set[str], bool] | None:
    families = words.families(theirs)
    common = set(mine) & set(families)
    same = bool(wanted) and bool(wanted & set(words.families(recipient)))
    enough = len(common) >= FEWEST_WORDS and (same or words.are_alike(len(common), len(mine), len(families)))
    return (len(common) + 2 * same, common, same) if enough else None


def _requirements(actor: Actor, text: str, mine: list[str], wanted: set[str]) -> list[tuple[int, Overlap]]:
    likeliest = register_search.likeliest(text, _LOOKED_AT)
    rows = register.visible_to(actor).filter(
        pk__in=likeliest, requirement_class__in=COLLECTED, status__in=ALIVE
    )
    found = []
    for row in rows.select_related("imposing_body"):
        goes_to = row.recipient or row.imposing_body.name
        ranked = _rank(mine, wanted, row.text, goes_to)
        if ranked:
            found.append((ranked[0], _overlap("requirement", row, row.text, ranked, goes_to)))
    return found


def _duties(actor: Actor, mine: list[str], wanted: set[str], besides: int) -> list[tuple[int, Overlap]]:
    living = (NewDuty.Status.REGISTERED, NewDuty.Status.IN_EFFECT)
    rows = rules.duties_visible_to(actor).filter(status__in=living).exclude(pk=besides)
    found = []
    for row in rows[:_LOOKED_AT]:
        ranked = _rank(mine, wanted, f"{row.title} {row.purpose}", row.recipient)
        if ranked:
            found.append((ranked[0], _overlap("new_duty", row, row.title, ranked, row.recipient)))
    return found


def _overlap(
    kind: str, row: Requirement | NewDuty, text: str, ranked: tuple[int, set[str], bool], recipient: str
) -> Overlap:
    _number, common, same = ranked
    return Overlap(kind, row.pk, text[:300], tuple(words.shared_words(text, common)), same, recipient)
