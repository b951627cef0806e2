"""The ledger for programs: the same sums and lines as the page and the files, and the parties' word."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import WithJsonSchema

from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.paging import LARGEST_KEY, Page, Paging, page_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import READING, WRITING
from tillitsrom.people.models import Party
from tillitsrom.signals.models import Outcome, Signal

from . import actions, queries, rules, shown
from .models import MOST_TEXT, Entry, Statement

router = Router(tags=["Ledger"])
READ: dict[int, Any] = {401: Problem, 404: Problem, 422: Problem, 429: Problem}
CHANGE: dict[int, Any] = {**READ, 403: Problem, 409: Problem}


def _words(choices: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(choices.values)})


EntryStatus = Annotated[Entry.Status, _words(Entry.Status)]
Lane = Annotated[Signal.Lane, _words(Signal.Lane)]


class ChosenIn(Schema):
    """What is counted, by the same names as the page's filters."""

    organisation: int | None = Field(None, ge=1, le=LARGEST_KEY)
    year: int | None = Field(None, ge=1, le=9998, description="The year of the decision.")
    lane: Lane | None = None

    def chosen(self) -> queries.Chosen:
        return queries.Chosen(self.organisation, self.year, self.lane.value if self.lane else "")


class EntryQuery(ChosenIn, Paging):
    """Which lines are wanted."""


class LedgerEntryOut(Schema):
    """One line: hours a year of all it concerns together."""

    id: int
    title: str
    organisation: str
    decided_on: date
    outcome: Annotated[str, _words(Outcome)]
    lane: str
    status: EntryStatus
    before_low: float | None
    before_high: float | None
    before_source: str = Field(description="`signals`, `requirement`, `stated`, or empty where not known.")
    people: int | None
    after_low: float | None
    after_high: float | None
    after_source: str = Field(description="`measured`, `estimated`, or empty where not known.")
    own_hours: float = Field(description="What this system took, once; subtracted already.")
    given_low: float | None
    given_high: float | None
    counted: bool = Field(description="Whether it is in one of the two sums.")
    counted_in: int | None = Field(description="The entry about the same time that is counted instead.")
    used_for: str = Field(description="`core`, or `other` by an open decision.")
    budget_neutral: bool
    employer_confirmed_on: date | None
    employees_confirmed_on: date | None


class StatementOut(Schema):
    party: str
    side: str
    stance: Annotated[Statement.Stance, _words(Statement.Stance)]
    words: str
    on: date


class LedgerEntryDetailOut(LedgerEntryOut):
    before_how: str
    after_how: str
    use_decision: str
    withdrawn_why: str
    requirement_id: int | None
    version: int
    statements: list[StatementOut]


class PartSumOut(Schema):
    hours_low: float
    hours_high: float
    entries: int
    measured: int
    estimated: int
    own_hours_subtracted: float


class LaneOut(Schema):
    lane: str = Field(description="Empty for what is not assessed yet.")
    signals: int
    answered: int
    removed: int
    median_days: float | None


class OwnerOut(Schema):
    name: str
    requests: int
    answered: int
    unanswered: int
    median_days: float | None


class LedgerSumOut(Schema):
    """The sums, and what always stands beside them. Only `verified` has been confirmed by both parties."""

    counted_on: date
    verified: PartSumOut
    unverified: PartSumOut
    overlapping_not_counted: int
    waiting: int
    disputed: int
    withdrawn: int
    changed_on: date | None
    lanes: list[LaneOut] = Field(description="From signal to answer, for lanes with enough signals.")
    owners: list[OwnerOut] = Field(description="Requests to the owners of requirements, by name.")


class WordIn(Schema):
    """A party's word about an entry as it was read."""

    action: Annotated[str, WithJsonSchema({"type": "string", "enum": ["confirm", "dispute"]})] = Field(
        pattern="^(confirm|dispute)$"
    )
    version: int = Field(ge=0, le=2**31 - 1, description="The version that you have seen.")
    party: int = Field(ge=1, le=LARGEST_KEY, description="The party that you sign for.")
    words: str = Field("", max_length=MOST_TEXT, description="What is wrong, for `dispute`.")


@router.get("", operation_id="list_ledger", response={200: Page[LedgerEntryOut], **READ}, auth=READING)
def list_ledger(request: HttpRequest, query: Query[EntryQuery]) -> Any:
    """The lines of the ledger, the newest decision first."""
    rows = shown.with_parts(queries.entries(actor_of(request), query.chosen()))
    return page_of(request, rows, query, lambda found: [shown.row_of(one) for one in found])


@router.get("/sum", operation_id="get_ledger_sum", response={200: LedgerSumOut, **READ}, auth=READING)
def get_ledger_sum(request: HttpRequest, query: Query[ChosenIn]) -> Any:
    """Hours given back, as a range, with conversion and days beside."""
    chosen, today = query.chosen(), timezone.localdate()
    aside = queries.beside(chosen, today)
    found = queries.summary(queries.entries(actor_of(request), chosen))
    return {
        "counted_on": today,
        **shown.sum_of(found),
        "lanes": list(aside.conversion.lanes),
        "owners": list(aside.owners),
    }


@router.get(
    "/{entry_id}", operation_id="get_ledger_entry", response={200: LedgerEntryDetailOut, **READ}, auth=READING
)
def get_ledger_entry(request: HttpRequest, entry_id: int) -> Any:
    """One line, with how one knows and what each party says."""
    return _detail(_visible(request, entry_id))


@router.post(
    "/{entry_id}/word", operation_id="say_of_ledger_entry", response={200: LedgerEntryDetailOut, **CHANGE}, auth=WRITING
)  # fmt: skip
def say_of_ledger_entry(request: HttpRequest, entry_id: int, data: WordIn) -> Any:
    """Confirm or dispute for a party that you may sign for today."""
    entry = _visible(request, entry_id)
    party = get_object_or_404(Party, pk=data.party, organisation=entry.organisation_id)
    known: dict[str, Any] = {
        "actor": person_of(request),
        "entry": entry,
        "version": data.version,
        "party": party,
    }
    if data.action == "confirm":
        actions.confirm(**known)
    else:
        actions.dispute(**known, text=data.words)
    return _detail(_visible(request, entry_id))


def _visible(request: HttpRequest, pk: int) -> Entry:
    if not 0 < pk <= LARGEST_KEY:
        pk = 0
    rows = shown.with_parts(rules.visible_to(actor_of(request)))
    return get_object_or_404(rows, pk=pk)


def _detail(entry: Entry) -> dict[str, Any]:
    said = entry.statements.filter(round=entry.round).select_related("party")
    return {
        **shown.row_of(entry),
        "before_how": entry.before_how,
        "after_how": entry.after_how,
        "use_decision": entry.use_decision,
        "withdrawn_why": entry.withdrawn_why,
        "requirement_id": entry.requirement_id,
        "version": entry.version,
        "statements": [
            {
                "party": one.party.name,
                "side": one.party.side,
                "stance": one.stance,
                "words": one.words,
                "on": one.on,
            }
            for one in said
        ],
    }
