"""The figures for programs: the same cube as the insight pages, so that a page and a program never disagree."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import WithJsonSchema

from tillitsrom.core.http import actor_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import OPEN, READING
from tillitsrom.people.models import Level
from tillitsrom.register.changes import class_changes, in_words, is_displaced
from tillitsrom.register.models import COUNTED, Requirement, RequirementClass

from . import queries
from .queries import Figures, Hours, Scope

router = Router(tags=["Figures"])

CLASS = WithJsonSchema({"type": "string", "enum": list(RequirementClass.values)})
LARGEST_ID = 2**63 - 1


class ScopeIn(Schema):
    """Whose requirements, by the same names as the list's filters. Without any: all that the caller may see."""

    addressee: int | None = Field(
        None, ge=1, le=LARGEST_ID, description="The organisation that must meet them."
    )
    imposing_body: int | None = Field(None, ge=1, le=LARGEST_ID, description="The organisation that demands.")
    level: Level | None = Field(None, description="The level of the organisation that demands.")

    def scope(self) -> Scope:
        return Scope(self.addressee, self.imposing_body, self.level.value if self.level else "")


class HoursOut(Schema):
    """Hours a year as a range, over the requirements that somebody has put hours on."""

    requirements: int = Field(description="Requirements that hold now, with and without hours.")
    costed: int = Field(
        description="How many of them have hours. What the rest cost is not known, and not zero."
    )
    hours_low: int
    hours_high: int
    minutes_each_low: int | None = Field(description="I11: minutes a year for each requirement with hours.")
    minutes_each_high: int | None

    @staticmethod
    def of(hours: Hours) -> dict[str, Any]:
        low, high = hours.minutes_each or (None, None)
        return {
            "requirements": hours.count,
            "costed": hours.costed,
            "hours_low": hours.low,
            "hours_high": hours.high,
            "minutes_each_low": low,
            "minutes_each_high": high,
        }


class YearOut(Schema):
    """I6: the requirements of one year. Every class stands, those with none too."""

    year: int
    total: int = Field(description="All classes but authorities, which give room and are never counted.")
    authorities: int
    classes: dict[str, int]
    levels: dict[str, int] = Field(description="By the level that imposes them.")


class MovedOut(Schema):
    requirement_class: Annotated[str, CLASS]
    before: int
    after: int
    net: int


class ChangeOut(Schema):
    """I7 and I8: the last year beside the one before it in the register."""

    before: int = Field(description="The earlier year.")
    after: int = Field(description="The later year.")
    net: int = Field(description="How many more requirements; negative when there are fewer.")
    displaced: bool = Field(description="True where goals fell and activities or assignments rose.")
    in_words: str = Field(description="In the language of `Accept-Language`.")
    classes: list[MovedOut]


class StabilityOut(Schema):
    """I9: steering parameters of the year before that stand again, in the same words or others."""

    year: int
    before: int
    same: int


class CostlyOut(Schema):
    """One of the requirements with the highest upper estimate of hours a year."""

    id: int
    text: str
    requirement_class: Annotated[str, CLASS]
    hours_low: float
    hours_high: float


class FiguresOut(Schema):
    total: int = Field(description="All requirements in the register, of every year and status.")
    authorities: int
    years: list[YearOut]
    change: ChangeOut | None = Field(description="Null where there are not two years.")
    stability: list[StabilityOut]
    hours: HoursOut
    hours_per_level: dict[str, HoursOut]
    hours_per_class: dict[str, HoursOut]
    costliest: list[CostlyOut] = Field(description="At most ten, the one with most hours first.")


def _years(found: Figures) -> list[dict[str, Any]]:
    return [
        {
            "year": year,
            "total": sum(found.per_class[year].values()),
            "authorities": found.authorities_per_year[year],
            "classes": {kind: found.per_class[year][kind] for kind in COUNTED},
            "levels": dict(found.per_level[year]),
        }
        for year in found.years
    ]


def _change(found: Figures) -> dict[str, Any] | None:
    if len(found.years) < 2:
        return None
    before, after = found.years[-2:]
    rows = class_changes(found.per_class[before], found.per_class[after])
    return {
        "before": before,
        "after": after,
        "net": sum(row.net for row in rows),
        "displaced": is_displaced(rows),
        "in_words": in_words(rows),
        "classes": [
            {"requirement_class": row.kind, "before": row.before, "after": row.after, "net": row.net}
            for row in rows
        ],
    }


def _costly(requirement: Requirement) -> dict[str, Any]:
    return {
        "id": requirement.pk,
        "text": requirement.text,
        "requirement_class": requirement.requirement_class,
        "hours_low": requirement.hours_low or 0.0,
        "hours_high": requirement.hours_high or 0.0,
    }


@router.get(
    "",
    auth=READING,
    openapi_extra=OPEN,
    response={200: FiguresOut, 401: Problem, 422: Problem, 429: Problem},
    operation_id="get_figures",
    summary="Count requirements and hours",
    description=(
        "Requirements per class, level and year, what changed from the year before, how stable the steering parameters "
        "are, hours a year as a range, and the ten requirements that cost most. Counted now from what the caller may "
        "see; an organisation that is not known gives zeros."
    ),
)
def get_figures(request: HttpRequest, query: Query[ScopeIn]) -> object:
    actor, scope = actor_of(request), query.scope()
    found = queries.figures(actor, scope)
    return {
        "total": found.total,
        "authorities": found.authorities,
        "years": _years(found),
        "change": _change(found),
        "stability": queries.stability(actor, scope, found),
        "hours": HoursOut.of(found.hours),
        "hours_per_level": {level: HoursOut.of(hours) for level, hours in found.hours_per_level.items()},
        "hours_per_class": {kind: HoursOut.of(hours) for kind, hours in found.hours_per_class.items()},
        "costliest": [_costly(requirement) for requirement in queries.heaviest(actor, scope)],
    }
