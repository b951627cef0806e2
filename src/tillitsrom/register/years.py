"""A requirement through the years in words, and who else demands the same of the body that must meet it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillitsrom.people.models import Actor
from tillitsrom.reading.years.groups import Entry
from tillitsrom.reading.years.lives import like_this
from tillitsrom.reading.years.words import words
from tillitsrom.web.templatetags.tillitsrom import number

from . import rules
from .changes import difference
from .models import ALIVE, Requirement

# A body with more requirements than this from others has its newest looked through.
MOST_OTHERS = 3_000
MOST_SHOWN = 8
_BEGINNING = 6
_SHARED = 0.4
_LONG = re.compile(r"[^\W\d_]{6,}")


@dataclass(frozen=True, slots=True)
class Year:
    """A requirement in one year. `difference` marks what changed since the year before; empty where the words are the same."""

    requirement: Requirement
    difference: SafeString
    first: bool


@dataclass(frozen=True, slots=True)
class Through:
    """The years of a requirement, oldest first, and what they come to in words."""

    years: list[Year]
    in_words: str


def through(chain: Sequence[Requirement]) -> Through | None:
    """What a chain of predecessors and heirs tells; None where there is only one."""
    if len(chain) < 2:
        return None
    years = [Year(chain[0], SafeString(), first=True)]
    for before, after in pairwise(chain):
        same = words(before.text) == words(after.text)
        marked = SafeString() if same else difference(before.text, after.text)
        years.append(Year(after, marked, first=False))
    reworded = sum(bool(year.difference) for year in years)
    return Through(years, _in_words(chain[0].year, reworded))


def _in_words(since: int, reworded: int) -> str:
    if not reworded:
        return _("Since %(year)s, in the same words all the time.") % {"year": since}
    return ngettext(
        "Since %(year)s, reworded once.", "Since %(year)s, reworded %(count)s times.", reworded
    ) % {"year": since, "count": number(reworded)}


def same_demand(actor: Actor, requirement: Requirement) -> list[Requirement]:
    """Requirements that hold for the same body and ask for nearly the same, but come from others; the most alike first.

    Texts that share too few beginnings of long words are passed by at once, so that a body with thousands of requirements
    is looked through while the page is made.
    """
    rows = (
        rules.visible_to(actor)
        .filter(addressee=requirement.addressee_id, status__in=ALIVE)
        .exclude(imposing_body=requirement.imposing_body_id)
        .order_by("-year", "-pk")
        .values_list("pk", "requirement_class", "text")[:MOST_OTHERS]
    )
    beginnings = {word[:_BEGINNING] for word in _LONG.findall(requirement.text.casefold())}
    wanted = max(1, _SHARED * len(beginnings))
    near = [Entry(pk, kind, text) for pk, kind, text in rows if _shared(beginnings, text) >= wanted]
    if not near:
        return []
    alike = [pk for pk, _likeness in like_this(requirement.text, near)][:MOST_SHOWN]
    found = rules.visible_to(actor).filter(pk__in=alike).select_related("imposing_body")
    by_pk = {one.pk: one for one in found.only("text", "year", "level", "requirement_class", "imposing_body")}
    return [by_pk[pk] for pk in alike if pk in by_pk]


def _shared(beginnings: set[str], text: str) -> int:
    folded = text.casefold()
    return sum(beginning in folded for beginning in beginnings)
