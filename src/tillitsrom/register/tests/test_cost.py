"""The standard cost model: the formula, its parameters with validity and status, and what is not known."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from tillitsrom.register import cost
from tillitsrom.register.models import Requirement

DAY = date(2026, 6, 1)


def requirement(**known: object) -> Requirement:
    facts = {"minutes_low": 20, "minutes_high": 45, "occasions_per_year": Decimal(12), "affected_count": 200}
    return Requirement(**{**facts, **known})


def test_hours_are_people_times_occasions_times_minutes() -> None:
    found = cost.of(requirement(), DAY)
    assert found is not None
    assert (found.hours.low, found.hours.high) == (800, 1800)


def test_kroner_and_person_years_follow_from_hours() -> None:
    found = cost.of(requirement(), DAY)
    assert found is not None
    wage, overhead = float(found.hourly_wage.value), float(found.overhead.value)
    assert found.kroner.low == pytest.approx(800 * wage * (1 + overhead))
    assert found.person_years.high == pytest.approx(1800 / float(found.hours_per_year.value))


@pytest.mark.django_db
def test_the_columns_and_the_model_agree() -> None:
    from .factories import RequirementFactory

    saved = RequirementFactory.create(
        minutes_low=7,
        minutes_high=11,
        minutes_source="measured",
        occasions_per_year=Decimal("2.5"),
        affected_count=13,
    )
    saved.refresh_from_db()
    found = cost.of(saved, DAY)
    assert found is not None
    assert (saved.hours_low, saved.hours_high) == pytest.approx((found.hours.low, found.hours.high))


@pytest.mark.parametrize("unknown", ["minutes_low", "minutes_high", "occasions_per_year", "affected_count"])
def test_what_is_not_known_gives_no_cost(unknown: str) -> None:
    assert cost.of(requirement(**{unknown: None}), DAY) is None


def test_nothing_takes_no_time_is_also_an_answer() -> None:
    found = cost.of(requirement(minutes_low=0, minutes_high=0), DAY)
    assert found is not None
    assert found.hours == cost.Range(0, 0)


def test_only_the_overhead_is_verified() -> None:
    values = cost.parameters(DAY)
    assert {code: p.verified for code, p in values.items()} == {
        "hourly_wage": False,
        "overhead": True,
        "hours_per_year": False,
    }
    assert values["overhead"].value == Decimal("0.25")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_parameter_says_where_it_comes_from(language: str) -> None:
    with translation.override(language):
        sources = [p.source for p in cost.parameters(DAY).values()]
    assert all(sources)
    with translation.override("nb" if language != "nb" else "en"):
        assert sources != [p.source for p in cost.parameters(DAY).values()]


def test_a_value_holds_only_in_its_time(tmp_path: Path, settings) -> None:
    rows = "\n".join(
        f"- {{code: {code}, value: {value}, valid_from: {first}, valid_to: {last}, status: example, source: {{nb: x}}}}"
        for code, value, first, last in [
            ("hourly_wage", 300, "2020-01-01", "2025-12-31"),
            ("hourly_wage", 500, "2026-01-01", ""),
            ("overhead", 0.25, "2020-01-01", ""),
            ("hours_per_year", 1700, "2020-01-01", ""),
        ]
    )
    file = tmp_path / "cost.yaml"
    file.write_text(f"parameters:\n{rows}\n".replace("valid_to: ,", "valid_to: null,"))
    settings.STANDARD_COST_FILE = str(file)
    assert cost.parameters(date(2025, 12, 31))["hourly_wage"].value == 300
    assert cost.parameters(date(2026, 1, 1))["hourly_wage"].value == 500
    with pytest.raises(LookupError, match="hourly_wage"):
        cost.parameters(date(2019, 1, 1))


def test_estimates_are_shown_without_false_precision() -> None:
    assert cost.Range(848.3333, 1908.7).shown == cost.Range(848, 1909)
    assert cost.Range(0.44, 1.06).shown == cost.Range(0.4, 1.1)
