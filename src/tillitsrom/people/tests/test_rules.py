"""Who is what, when; trees without rings; and somebody who can always let people in."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.decisions import Refused
from tillitsrom.people import actions, rules
from tillitsrom.people.models import Membership, Organisation, Role, Unit, User
from tillitsrom.people.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PartyFactory,
    UnitFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    """The person as the next request meets them, without what this request remembers."""
    return User.objects.get(pk=person.pk)


@pytest.fixture
def administrator() -> User:
    return person_with(Role.SYSTEM_ADMINISTRATOR, OrganisationFactory.create())


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(0, None, True), (0, 0, True), (-10, -1, False), (1, None, False), (-10, 10, True)],
)
def test_a_role_holds_from_its_first_to_its_last_day(first, last, holds):
    today = timezone.localdate()
    body = OrganisationFactory.create()
    membership = MembershipFactory.create(
        organisation=body,
        role=Role.MANAGER,
        valid_from=today + timedelta(days=first),
        valid_to=None if last is None else today + timedelta(days=last),
    )
    assert rules.standing(membership.user).has_any([Role.MANAGER], body.pk) is holds


def test_the_public_and_closed_accounts_hold_nothing():
    membership = MembershipFactory.create(role=Role.MANAGER)
    assert not rules.standing(AnonymousUser()).held
    membership.user.is_active = False
    membership.user.save()
    assert not rules.standing(fresh(membership.user)).held


def test_administering_gives_no_access_to_content(administrator):
    assert rules.standing(administrator).organisations == frozenset()


@pytest.mark.parametrize("number", ["974760673", "974 760 673"])
def test_an_organisation_number_is_checked(administrator, number):
    body = Organisation(name="Brønnøysundregistrene", level="agency", number=number.replace(" ", ""))
    assert actions.save_organisation(actor=administrator, organisation=body).pk


@pytest.mark.parametrize("number", ["974760674", "12345678", "97476067a"])
def test_a_wrong_organisation_number_is_refused(administrator, number):
    with pytest.raises(ValidationError) as caught:
        actions.save_organisation(
            actor=administrator, organisation=Organisation(name="Et etat", level="agency", number=number)
        )
    assert "number" in caught.value.message_dict


def test_no_body_steers_itself(administrator):
    ministry = OrganisationFactory.create()
    agency = OrganisationFactory.create(superior=ministry)
    ministry.superior = agency
    with pytest.raises(ValidationError) as caught:
        actions.save_organisation(actor=administrator, organisation=ministry)
    assert "superior" in caught.value.message_dict


def test_units_read_as_a_tree_from_the_top_by_name():
    body = OrganisationFactory.create()
    school = UnitFactory.create(organisation=body, name="Skole")
    UnitFactory.create(organisation=body, name="Barnehage")
    grade = UnitFactory.create(organisation=body, name="Fjerde trinn", parent=school)
    UnitFactory.create(organisation=body, name="Klasse 4A", parent=grade)
    UnitFactory.create(name="En annens")
    outline = [(unit.name, depth) for unit, depth in rules.outline(body)]
    assert outline == [("Barnehage", 0), ("Skole", 0), ("Fjerde trinn", 1), ("Klasse 4A", 2)]


def test_a_unit_never_lies_under_itself_or_in_another_organisation(administrator):
    top = UnitFactory.create()
    under = UnitFactory.create(organisation=top.organisation, parent=top)
    top.parent = under
    with pytest.raises(ValidationError):
        actions.save_unit(actor=administrator, unit=top)
    with pytest.raises(ValidationError):
        actions.save_unit(actor=administrator, unit=Unit(organisation=top.organisation, name="X", parent=UnitFactory.create()))  # fmt: skip


def test_a_role_is_in_one_organisation(administrator):
    person, body = UserFactory.create(), OrganisationFactory.create()
    for field, other in (("unit", UnitFactory.create()), ("party", PartyFactory.create())):
        membership = Membership(user=person, organisation=body, role=Role.EMPLOYEE, **{field: other})
        with pytest.raises(ValidationError) as caught:
            actions.save_membership(actor=administrator, membership=membership)
        assert field in caught.value.message_dict


def test_an_address_belongs_to_one_person_whatever_the_spelling(administrator):
    UserFactory.create(email="kari@fjordvik.example")
    with pytest.raises(ValidationError):
        actions.save_person(actor=administrator, person=User(name="Kari", email="KARI@fjordvik.example"))


def test_the_last_administrator_cannot_go(administrator):
    membership = administrator.memberships.get()
    body = membership.organisation
    reason = str(rules.LAST_ADMINISTRATOR)
    with pytest.raises(Refused, match=reason):
        actions.close_account(actor=administrator, person=administrator)
    with pytest.raises(Refused, match=reason):
        actions.erase_person(actor=administrator, person=administrator)
    with pytest.raises(Refused, match=reason):
        actions.end_membership(actor=administrator, membership=membership)
    membership = fresh(administrator).memberships.get()
    membership.role = Role.MANAGER
    with pytest.raises(Refused, match=reason):
        actions.save_membership(actor=administrator, membership=membership)
    assert fresh(administrator).memberships.get().role == Role.SYSTEM_ADMINISTRATOR
    # With a second one, the first may go.
    person_with(Role.SYSTEM_ADMINISTRATOR, body)
    actions.erase_person(actor=administrator, person=administrator)
    assert not User.objects.filter(pk=administrator.pk).exists()


def test_an_administrator_whose_role_ends_tonight_is_not_one_to_rely_on(administrator):
    ending = person_with(Role.SYSTEM_ADMINISTRATOR, OrganisationFactory.create())
    ending.memberships.update(valid_from=date(2020, 1, 1), valid_to=timezone.localdate())
    assert not rules.may_close(administrator, administrator)


def test_a_role_that_is_ended_no_longer_holds(administrator):
    person = person_with(Role.MANAGER, OrganisationFactory.create())
    person.memberships.update(valid_from=date(2020, 1, 1))
    membership = person.memberships.get()
    actions.end_membership(actor=administrator, membership=membership)
    assert not rules.standing(fresh(person)).held
    assert person.memberships.count() == 1
    assert [e.kind for e in events.history(membership)] == ["people.membership_ended"]
