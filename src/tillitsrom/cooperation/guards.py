"""The guards that no right can pass: what must have happened before a case is decided, agreed or closed. `rules` builds on them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.people.models import Party
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import CaseForm, MinutesKind, Path
from tillitsrom.rulesets.schema import Minutes as MinutesNeeded

from .models import AgendaItem, Body, Case, Meeting, Minutes, Position

S = Case.Status
# A case of these forms is settled in a meeting.
IN_MEETINGS = (CaseForm.DISCUSSION, CaseForm.NEGOTIATION, CaseForm.COMMITTEE)
AGAINST = (Position.Stance.AGAINST, Position.Stance.DISSENT)


def path_of(case: Case) -> Path | None:
    """What happens when the parties disagree; None before the form is set."""
    if not case.form:
        return None
    return agreements.disagreement_path(agreements.rule_set(case.rule_set), case.form)


def minutes_of(case: Case) -> MinutesNeeded | None:
    """What minutes the case needs; None before the form is set."""
    if not case.form:
        return None
    return agreements.minutes_needed(agreements.rule_set(case.rule_set), case.form)


def with_parts(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with all that the guards and the pages look at, so that a list asks for it once."""
    return rows.select_related("organisation", "unit", "raised_by_party", "contested_by").prefetch_related(
        "involvements__party", "positions__party", "papers", "minutes", "agenda_items__meeting__body"
    )


def items_of_round(case: Case) -> list[AgendaItem]:
    """Where the case stands on an agenda in this round."""
    rows = case.agenda_items.all()
    if "agenda_items" not in getattr(case, "_prefetched_objects_cache", {}):
        rows = rows.select_related("meeting__body")
    return [one for one in rows if one.round == case.rounds]


def minutes_of_round(case: Case) -> list[Minutes]:
    """What is written of this round's meetings about the case."""
    meetings = {one.meeting_id for one in items_of_round(case)}
    return [one for one in case.minutes.all() if one.meeting_id in meetings]


def _was_treated(case: Case, on: date) -> Decision:
    """Whether the parties have met about the case in this round, in a body that can do more than recommend."""
    meetings = [one.meeting for one in items_of_round(case)]
    held = [one for one in meetings if one.status == Meeting.Status.HELD and one.on <= on]
    if not held:
        return deny(_("The parties must meet about this first: the decision never comes before the meeting."))
    if all(one.body is not None and one.body.line == Body.Line.DEVELOPMENT for one in held):
        return deny(
            _(
                "The body that has treated it can only recommend. It must also be treated in the decision line."
            )
        )
    return allow(_("The parties have met about this."))


def _was_told(case: Case, on: date) -> Decision:
    """Information and advice come before the decision: every union that takes part was told in time, or has answered."""
    told = [one for one in case.involvements.all() if one.party.side == Party.Side.EMPLOYEES]
    if not told:
        return deny(_("Nobody on the employees' side has been told. Note who takes part first."))
    answered = {one.party_id for one in case.positions.all()}
    house = agreements.house()
    earliest = max((one.since for one in told if one.party_id not in answered), default=date.min) + timedelta(
        days=house.told_before_days
    )
    if on < earliest:
        words = gettext(
            "Not all on the employees' side have answered. Decide on %(day)s at the earliest. %(rule)s"
        )
        return deny(words % {"day": in_figures(earliest), "rule": house.note})
    return allow(_("The employees' side was told in time."))


def _form_is_settled(case: Case) -> Decision:
    if not case.form:
        return deny(_("The form must be set first."))
    if case.contested_by_id is not None:
        return deny(
            _("The form is contested. Settle that first: change the form, or confirm it on both sides.")
        )
    if case.form_open:
        return deny(_("The form was made lighter. Both sides must confirm it first."))
    return allow(_("The form is settled."))


def may_be_decided(case: Case, on: date | None = None) -> Decision:
    """Whether the case can be decided on the day, whoever asks.

    Sources: Hovedavtalen i staten §§ 19-24, HA KS del B § 3-1, aml. §§ 8-2 and 9-2 (discussion before the decision). That
    information must lie some days before the decision is a house rule, and stands in the data of the rule sets.
    """
    day = on or timezone.localdate()
    settled = _form_is_settled(case)
    if not settled:
        return settled
    if case.form not in IN_MEETINGS:
        return _was_told(case, day)
    treated = _was_treated(case, day)
    if not treated:
        return treated
    path = path_of(case)
    if path is not None and case.form == CaseForm.NEGOTIATION:
        if path.decides == "agreement":
            return deny(_("Nothing holds here until the parties agree, so it cannot be decided by one side."))
        if case.status != S.DISAGREED:
            return deny(_("This is negotiated: note whether the parties agree first."))
    return allow(_("The treatment that the form asks for has taken place."))


def says_otherwise(case: Case, decision: str) -> bool:
    """Whether the decision is another than the one announced, where the agreement then asks for a new discussion."""
    path = path_of(case)
    if path is None or not path.discuss_again or not case.announced:
        return False
    return _plain(case.announced) != _plain(decision)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def newest_positions(case: Case) -> dict[int, Position]:
    """The position that stands for each party, by the party's key."""
    return {one.party_id: one for one in case.positions.all()}


def may_be_agreed(case: Case) -> Decision:
    """Whether «agreed» is true: both sides have said so in their newest positions, and nobody says otherwise."""
    settled = _form_is_settled(case)
    if not settled:
        return settled
    if case.form in IN_MEETINGS:
        treated = _was_treated(case, timezone.localdate())
        if not treated:
            return treated
    newest = list(newest_positions(case).values())
    against = [one.party.name for one in newest if one.stance in AGAINST]
    if against:
        return deny(gettext("Not agreed: %(parties)s say otherwise.") % {"parties": ", ".join(against)})
    if {one.party.side for one in newest} != set(Party.Side.values):
        return deny(_("Both sides must give a position before it can be called agreed."))
    return allow(_("Both sides have said that they agree."))


def minutes_are_ready(case: Case) -> Decision:
    """Whether the minutes that the form needs are approved by all, in this round."""
    needed = minutes_of(case)
    if needed is None or not needed.required:
        return allow(_("No minutes are required."))
    rows = minutes_of_round(case)
    if needed.kind == MinutesKind.PROTOKOLL:
        rows = [one for one in rows if one.kind == Minutes.Kind.PROTOKOLL]
    if any(one.status == Minutes.Status.APPROVED for one in rows):
        return allow(_("The minutes are approved."))
    return deny(_("The minutes must be approved by each party first."))


def may_be_closed(case: Case) -> Decision:
    """Whether the case can be closed: it has an end, and the minutes that it needs."""
    if case.status == S.DISAGREED:
        path = path_of(case)
        if path is not None and path.decides != "agreement":
            return deny(_("The path for disagreement is not walked to its end: it must be decided first."))
    if case.form not in IN_MEETINGS:
        return allow(_("The case has an end."))
    return minutes_are_ready(case)


def is_joint(positions: Iterable[Position]) -> bool:
    """Whether the conclusion is joint: no party's newest position is against it."""
    return not any(one.stance in AGAINST for one in positions)
