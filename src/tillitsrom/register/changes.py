"""A letter beside the one that it follows: kept, reworded, split, merged, moved, new, gone, and what it means (I7, I8, I9)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillitsrom.people.models import Actor
from tillitsrom.reading.compare import Change, Entry, Moved, displacement, group_texts
from tillitsrom.reading.compare import shifts as shifts_between
from tillitsrom.reading.model import RequirementClass as ReadClass
from tillitsrom.reading.years import difference as wordings
from tillitsrom.web.classes import CLASSES
from tillitsrom.web.templatetags.tillitsrom import number

from . import rules
from .document_queries import Counts
from .marked_text import plain
from .models import COUNTED, Candidate, Document, Requirement, RequirementClass


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement, or one candidate, of a document that is compared."""

    pk: int
    kind: str
    text: str
    href: str
    chapter: str = ""
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Reworded:
    """The same requirement in other words, with the difference marked."""

    old: Line
    new: Line
    difference: SafeString
    where: str = ""


@dataclass(frozen=True, slots=True)
class Relocated:
    """The same words in another class, chapter or assignment, and from where to where."""

    old: Line
    new: Line
    where: str


@dataclass(frozen=True, slots=True)
class Several:
    """One requirement that was split into several, or several that were merged into one."""

    olds: list[Line]
    news: list[Line]


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
class Paired:
    """What became of each requirement. Authorities stand in the lists and are never counted."""

    classes: list[ClassChange] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)
    split: list[Several] = field(default_factory=list)
    merged: list[Several] = field(default_factory=list)
    moved: list[Relocated] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)
    same_parameters: int = 0
    parameters_before: int = 0
    # (what it was, what became of it, what it is): how many; "" for the side that has none.
    flows: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def before(self) -> int:
        return sum(c.before for c in self.classes)

    @property
    def after(self) -> int:
        return sum(c.after for c in self.classes)


@dataclass(slots=True)
class Changes(Paired):
    """Two documents compared."""

    old: Document = field(default_factory=Document)
    new: Document = field(default_factory=Document)


_OF_REQUIREMENT = ("pk", "requirement_class", "quote", "heading", "assignment")


def lines(actor: Actor, document: Document) -> list[Line]:
    """What the document demands: its requirements when it is published, else what the review has not rejected."""
    if document.status == Document.Status.PUBLISHED:
        return requirement_lines(rules.visible_to(actor).filter(document=document).order_by("start", "pk"))
    waiting = [Candidate.Status.PENDING, Candidate.Status.ACCEPTED]
    candidates = rules.candidates_visible_to(actor).filter(document=document, status__in=waiting)
    waiting_rows = candidates.order_by("start", "pk").values_list(*_OF_REQUIREMENT)
    link = f"/dokumenter/{document.pk}/gjennomgang/?forslag="
    return [
        Line(pk, kind, plain(quote), f"{link}{pk}#forslag-{pk}", heading, assignment)
        for pk, kind, quote, heading, assignment in waiting_rows
    ]


def requirement_lines(rows: QuerySet[Requirement]) -> list[Line]:
    """The rows as they are compared, in their own order."""
    return [
        Line(pk, kind, plain(quote), f"/krav/{pk}/", heading, assignment)
        for pk, kind, quote, heading, assignment in rows.values_list(*_OF_REQUIREMENT)
    ]


def compare(actor: Actor, old: Document, new: Document) -> Changes:
    """Pair what two documents demand."""
    result = Changes(old=old, new=new)
    pair(result, lines(actor, old), lines(actor, new))
    return result


def pair(result: Paired, first: Sequence[Line], second: Sequence[Line]) -> None:
    """Fill in what became of each line of the first year and where each of the second comes from."""
    before, after = Counter(one.kind for one in first), Counter(one.kind for one in second)
    result.classes = class_changes(before, after)
    result.parameters_before = before[RequirementClass.STEERING_PARAMETER]
    olds, news = {one.pk: one for one in first}, {one.pk: one for one in second}
    for group in group_texts(_entries(first), _entries(second)):
        was, now = [olds[key] for key in group.old], [news[key] for key in group.new]
        _place(result, group.change, was, now, group.moved)
        _count_flow(result, group.change, was, now)


def _entries(some: Sequence[Line]) -> list[Entry[int]]:
    return [Entry(one.pk, one.kind, one.text, one.chapter, one.assignment) for one in some]


def _place(result: Paired, change: Change, was: list[Line], now: list[Line], moved: Sequence[Moved]) -> None:
    """Put a group in the list of its kind."""
    if change is Change.NEW:
        result.added += now
    elif change is Change.GONE:
        result.gone += was
    elif change is Change.SPLIT:
        result.split.append(Several(was, now))
    elif change is Change.MERGED:
        result.merged.append(Several(was, now))
    elif change is Change.REWORDED:
        marked = difference(was[0].text, now[0].text)
        result.reworded.append(Reworded(was[0], now[0], marked, _where(was[0], now[0], moved)))
    else:
        result.same_parameters += was[0].kind == now[0].kind == RequirementClass.STEERING_PARAMETER
        if change is Change.KEPT:
            result.kept.append(now[0])
        else:
            result.moved.append(Relocated(was[0], now[0], _where(was[0], now[0], moved)))


def _count_flow(result: Paired, change: Change, was: list[Line], now: list[Line]) -> None:
    """Count each old requirement out of its class and each new one into its own; a group of several has several of a side."""
    for place in range(max(len(was), len(now))):
        old = was[place].kind if place < len(was) else ""
        new = now[place].kind if place < len(now) else ""
        result.flows[old, change.value, new] += 1


def _where(was: Line, now: Line, moved: Sequence[Moved]) -> str:
    """From where to where, in words; empty where it stands as before."""
    told = []
    for part in moved:
        if part is Moved.CLASS:
            told.append(
                _("was %(before)s, is %(after)s")
                % {
                    "before": str(CLASSES[was.kind].name).lower(),
                    "after": str(CLASSES[now.kind].name).lower(),
                }
            )
        elif part is Moved.CHAPTER:
            told.append(_("from “%(before)s” to “%(after)s”") % {"before": was.chapter, "after": now.chapter})
        else:
            told.append(_("now in an assignment") if now.assignment else _("no longer in an assignment"))
    return ", ".join(told)


def class_changes(before: Counts, after: Counts) -> list[ClassChange]:
    """The classes that count and occur in either."""
    return [
        ClassChange(kind, before.get(kind, 0), after.get(kind, 0))
        for kind in COUNTED
        if before.get(kind) or after.get(kind)
    ]


_TAGS: Mapping[wordings.Side, str] = {wordings.Side.OLD: "del", wordings.Side.NEW: "ins"}


def difference(old: str, new: str) -> SafeString:
    """The new text with what came in marked `ins` and what went out marked `del`, word by word."""
    parts: list[str] = []
    for side, text in wordings.difference(old, new):
        if tag := _TAGS.get(side) if text.strip() else None:
            parts.append(f"<{tag}>{escape(text)}</{tag}>")
        elif side is not wordings.Side.OLD:
            parts.append(str(escape(text)))
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


def stability_in_words(changes: Paired) -> str:
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
