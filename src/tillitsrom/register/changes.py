"""A letter beside the one that it follows: kept, reworded, new, gone, and what the change means (I7, I8, I9)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillitsrom.people.models import Actor
from tillitsrom.reading.compare import Change, displacement, pair_texts
from tillitsrom.reading.compare import shifts as shifts_between
from tillitsrom.reading.model import RequirementClass as ReadClass
from tillitsrom.web.classes import CLASSES
from tillitsrom.web.templatetags.tillitsrom import number

from . import rules
from .document_queries import Counts
from .marked_text import plain
from .models import COUNTED, Candidate, Document, RequirementClass

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement, or one candidate, of a document that is compared."""

    pk: int
    kind: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Reworded:
    """The same requirement in other words, with the difference marked."""

    old: Line
    new: Line
    difference: SafeString


@dataclass(frozen=True, slots=True)
class ClassChange:
    """One class then and now."""

    kind: str
    before: int
    after: int

    @property
    def net(self) -> int:
        return self.after - self.before


@dataclass(slots=True)
class Changes:
    """Two documents compared. Authorities stand in the lists and are never counted."""

    old: Document
    new: Document
    classes: list[ClassChange] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)
    same_parameters: int = 0
    parameters_before: int = 0

    @property
    def before(self) -> int:
        return sum(c.before for c in self.classes)

    @property
    def after(self) -> int:
        return sum(c.after for c in self.classes)


def lines(actor: Actor, document: Document) -> list[Line]:
    """What the document demands: its requirements when it is published, else what the review has not rejected."""
    if document.status == Document.Status.PUBLISHED:
        requirements = rules.visible_to(actor).filter(document=document).order_by("start", "pk")
        rows = requirements.values_list("pk", "requirement_class", "quote")
        return [Line(pk, kind, plain(quote), f"/krav/{pk}/") for pk, kind, quote in rows]
    waiting = [Candidate.Status.PENDING, Candidate.Status.ACCEPTED]
    candidates = rules.candidates_visible_to(actor).filter(document=document, status__in=waiting)
    waiting_rows = candidates.order_by("start", "pk").values_list("pk", "requirement_class", "quote")
    link = f"/dokumenter/{document.pk}/gjennomgang/?forslag="
    return [Line(pk, kind, plain(quote), f"{link}{pk}#forslag-{pk}") for pk, kind, quote in waiting_rows]


def compare(actor: Actor, old: Document, new: Document) -> Changes:
    """Pair what two documents demand."""
    first, second = lines(actor, old), lines(actor, new)
    result = Changes(old, new)
    before, after = Counter(one.kind for one in first), Counter(one.kind for one in second)
    result.classes = class_changes(before, after)
    result.parameters_before = before[RequirementClass.STEERING_PARAMETER]
    olds, news = {one.pk: one for one in first}, {one.pk: one for one in second}
    pairs = pair_texts(
        [(one.pk, one.kind, one.text) for one in first], [(one.pk, one.kind, one.text) for one in second]
    )
    for pair in pairs:
        was = None if pair.old is None else olds[pair.old]
        now = None if pair.new is None else news[pair.new]
        if was and now and pair.change is Change.KEPT:
            result.kept.append(now)
            result.same_parameters += was.kind == now.kind == RequirementClass.STEERING_PARAMETER
        elif was and now:
            result.reworded.append(Reworded(was, now, difference(was.text, now.text)))
        elif now:
            result.added.append(now)
        elif was:
            result.gone.append(was)
    return result


def class_changes(before: Counts, after: Counts) -> list[ClassChange]:
    """The classes that count and occur in either."""
    return [
        ClassChange(kind, before.get(kind, 0), after.get(kind, 0))
        for kind in COUNTED
        if before.get(kind) or after.get(kind)
    ]


def difference(old: str, new: str) -> SafeString:
    """The new text with what came in marked `ins` and what went out marked `del`, word by word."""
    a, b = _TOKENS.findall(old), _TOKENS.findall(new)
    parts: list[str] = []
    for operation, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if operation == "equal":
            parts.append(str(escape("".join(a[a1:a2]))))
            continue
        if out := "".join(a[a1:a2]):
            parts.append(f"<del>{escape(out)}</del>" if out.strip() else "")
        if come := "".join(b[b1:b2]):
            parts.append(f"<ins>{escape(come)}</ins>" if come.strip() else str(escape(come)))
    return mark_safe("".join(parts))  # noqa: S308  # every piece was escaped


def _more_or_fewer(change: ClassChange) -> str:
    shown, size = CLASSES[change.kind], abs(change.net)
    words = {"count": number(size), "name": str(shown.name if size == 1 else shown.plural).lower()}
    if change.net > 0:
        return ngettext("%(count)s more %(name)s", "%(count)s more %(name)s", size) % words
    return ngettext("%(count)s fewer %(name)s", "%(count)s fewer %(name)s", size) % words


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _typed(changes: Sequence[ClassChange], side: str) -> dict[ReadClass, int]:
    return {ReadClass(c.kind): getattr(c, side) for c in changes}


def is_displaced(changes: Sequence[ClassChange]) -> bool:
    """I8: fewer goals, and more activities and assignments instead."""
    return displacement(_typed(changes, "before"), _typed(changes, "after"))


def in_words(changes: Sequence[ClassChange]) -> str:
    """The change as a sentence, the largest first: "27 more assignments and 2 fewer goals: the pressure has moved …"."""
    moved = sorted((c for c in changes if c.net), key=lambda c: -abs(c.net))
    if not moved:
        return _("As many of each class as in the letter before.")
    words = _listed([_more_or_fewer(change) for change in moved])
    if is_displaced(changes):
        return _("%(changes)s: the pressure has moved from goals to activity.") % {"changes": words}
    return f"{words[:1].upper()}{words[1:]}."


def net_in_words(before: int, after: int) -> str:
    """I7: how many more or fewer in all, and as a share of the year before."""
    words = {"count": number(abs(after - before)), "before": number(before), "after": number(after)}
    if not before:
        return _("%(after)s requirements; the letter before had none.") % words
    words["share"] = number(round(100 * abs(after - before) / before))
    if after == before:
        return _("%(after)s requirements, as many as before.") % words
    if after > before:
        return (
            _("%(count)s more requirements than before: from %(before)s to %(after)s, up %(share)s per cent.")
            % words
        )
    return (
        _("%(count)s fewer requirements than before: from %(before)s to %(after)s, down %(share)s per cent.")
        % words
    )


def stability_in_words(changes: Changes) -> str:
    """I9: how many of the steering parameters of the year before are the same."""
    words = {"same": number(changes.same_parameters), "before": number(changes.parameters_before)}
    if not changes.parameters_before:
        return _("The letter before had no steering parameters, so there is nothing to compare.")
    return _("%(same)s of %(before)s steering parameters are the same as in the letter before.") % words


def warning(changes: Sequence[ClassChange]) -> str:
    """I8 in words, for a page that warns: what fell, and what rose beside it. Empty where nothing was displaced."""
    if not is_displaced(changes):
        return ""
    pairs = shifts_between(_typed(changes, "before"), _typed(changes, "after"))
    shift = next((s for s in pairs if s.fell is ReadClass.GOAL), None)
    if shift is None:
        return ""
    return _(
        "Goals fell by %(fall)s while %(names)s rose by %(rise)s. Fewer goals do not give more room when the letter steers "
        "by what is to be done instead."
    ) % {
        "fall": number(shift.fall),
        "rise": number(shift.rise),
        "names": str(CLASSES[shift.rose.value].plural).lower(),
    }
