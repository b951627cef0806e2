"""The figures equal a recount by hand of what the caller may see, whoever calls and whatever the scope."""

from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser

from tillitsrom.insights import queries
from tillitsrom.insights.queries import Scope
from tillitsrom.people.models import Actor, Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register.models import COUNTED, Requirement
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory

from .made import holds, hours, register

pytestmark = pytest.mark.django_db


def by_hand(actor: Actor, scope: Scope, mine: set[int]) -> list[Requirement]:
    return [
        one
        for one in Requirement.objects.all()
        if (one.is_public or {one.addressee_id, one.imposing_body_id} & mine)
        and scope.addressee in (None, one.addressee_id)
        and scope.imposing_body in (None, one.imposing_body_id)
        and scope.level in ("", one.level)
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("narrow", ["", "addressee", "imposing_body", "level"])
def test_every_figure_equals_a_recount(seed: int, signed_in: bool, narrow: str):
    bodies = register(seed)
    actor: Actor = person_with(Role.EMPLOYEE, bodies[2]) if signed_in else AnonymousUser()
    scope = {
        "": Scope(),
        "addressee": Scope(addressee=bodies[2].pk),
        "imposing_body": Scope(imposing_body=bodies[0].pk),
        "level": Scope(level="agency"),
    }[narrow]
    seen = by_hand(actor, scope, {bodies[2].pk} if signed_in else set())
    counted = [one for one in seen if one.requirement_class in COUNTED]
    found = queries.figures(actor, scope)
    assert found.total == len(counted)
    assert found.authorities == len(seen) - len(counted)
    for year in found.years:
        assert found.per_class[year] == Counter(one.requirement_class for one in counted if one.year == year)
        assert found.per_level[year] == Counter(one.level for one in counted if one.year == year)
    assert sum(sum(found.per_class[year].values()) for year in found.years) == len(counted)
    now = [one for one in counted if holds(one)]
    costed = [one for one in now if one.minutes_high is not None]
    assert (found.hours.count, found.hours.costed) == (len(now), len(costed))
    assert found.hours.low == pytest.approx(sum(hours(one, "minutes_low") for one in costed), abs=0.51)
    assert found.hours.high == pytest.approx(sum(hours(one, "minutes_high") for one in costed), abs=0.51)
    for parts in (found.hours_per_level, found.hours_per_class):
        assert sum(part.count for part in parts.values()) == len(now)
        assert sum(part.costed for part in parts.values()) == len(costed)
    heaviest = sorted(
        (one for one in costed if one.minutes_high), key=lambda r: (-hours(r, "minutes_high"), r.pk)
    )
    assert [r.pk for r in queries.heaviest(actor, scope)] == [r.pk for r in heaviest[: queries.TOP]]


def test_what_is_exempt_is_counted_for_its_own_people_only():
    document = DocumentFactory.create(status="published")
    RequirementFactory.create(document=document, is_public=False)
    member = person_with(Role.EMPLOYEE, document.addressee)
    stranger = person_with(Role.MANAGER, OrganisationFactory.create())
    assert queries.figures(member, Scope()).total == 1
    assert queries.figures(stranger, Scope()).total == 0
    assert queries.figures(AnonymousUser(), Scope()).total == 0


def parameters(
    document: object, count: int, replaces: tuple[Requirement | None, ...] = ()
) -> list[Requirement]:
    return [
        RequirementFactory.create(
            document=document,
            requirement_class="steering_parameter",
            replaces=replaces[n] if n < len(replaces) else None,
        )
        for n in range(count)
    ]


def test_stability_counts_the_parameters_of_the_year_before_that_stand_again():
    first = DocumentFactory.create(status="published", year=2025)
    bodies = {"addressee": first.addressee, "imposing_body": first.imposing_body}
    second = DocumentFactory.create(status="published", year=2026, **bodies)
    old = parameters(first, 4)
    goal = RequirementFactory.create(document=first, requirement_class="goal")
    # Two parameters stand again, one of them split in two; one that was a goal before is new.
    parameters(second, 4, (old[0], old[1], old[1], goal))
    found = queries.figures(AnonymousUser(), Scope())
    assert queries.stability(AnonymousUser(), Scope(), found) == [queries.Stability(2026, 4, 2)]


def test_stability_never_counts_what_the_caller_may_not_see():
    first = DocumentFactory.create(status="published", year=2025)
    second = DocumentFactory.create(status="published", year=2026, addressee=first.addressee)
    hidden = RequirementFactory.create(
        document=first, requirement_class="steering_parameter", is_public=False
    )
    parameters(first, 1)
    parameters(second, 1, (hidden,))
    found = queries.figures(AnonymousUser(), Scope())
    assert queries.stability(AnonymousUser(), Scope(), found) == [queries.Stability(2026, 1, 0)]


def test_spread_names_nobody_and_needs_three_bodies():
    counts = [1, 2, 6]
    for n in counts[:2]:
        RequirementFactory.create_batch(n, document=DocumentFactory.create(status="published"))
    assert queries.spread(AnonymousUser(), 2026) is None
    RequirementFactory.create_batch(6, document=DocumentFactory.create(status="published"))
    assert queries.spread(AnonymousUser(), 2026) == queries.Spread(2026, 3, 1, 2, 6)
