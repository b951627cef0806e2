"""A register with three years of requirements, drawn with a fixed seed."""

from random import Random

from tillitsrom.people.models import Organisation
from tillitsrom.people.tests.factories import OrganisationFactory
from tillitsrom.register.models import ALIVE, Requirement, RequirementClass
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory

STATUSES = ["in_force", "questioned", "simplified", "superseded", "lapsed"]


def register(seed: int, rows: int = 60) -> list[Organisation]:
    """Two bodies that demand of three others; some requirements are costed, some are kept from the public."""
    draw = Random(seed)  # noqa: S311  # a repeatable draw, no secret
    demanding = [
        OrganisationFactory.create(name=f"Et departement {seed}", level="ministry"),
        OrganisationFactory.create(name=f"Et direktorat {seed}", level="agency"),
    ]
    bodies = [OrganisationFactory.create() for _ in range(3)]
    documents = [
        DocumentFactory.create(
            imposing_body=sender, addressee=body, year=year, status="published", openness="open"
        )
        for sender in demanding
        for body in bodies
        for year in (2024, 2025, 2026)
    ]
    for n in range(rows):
        low = draw.choice([None, None, 0, 10, 45])
        RequirementFactory.create(
            document=draw.choice(documents),
            text=f"Krav nummer {n} om <tillit> & tid",
            requirement_class=draw.choice(RequirementClass.values),
            status=draw.choice(STATUSES),
            is_public=draw.random() < 0.8,
            minutes_low=low,
            minutes_high=None if low is None else low + draw.choice([0, 30]),
            minutes_source="" if low is None else "estimated",
            occasions_per_year=draw.choice([1, 4, 52]),
            affected_count=draw.choice([1, 30, 200]),
        )
    return [*demanding, *bodies]


def hours(requirement: Requirement, minutes: str) -> float:
    value = getattr(requirement, minutes)
    return float(value * requirement.occasions_per_year * requirement.affected_count) / 60


def holds(requirement: Requirement) -> bool:
    return requirement.status in ALIVE
