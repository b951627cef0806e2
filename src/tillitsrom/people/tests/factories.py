"""People and organisations for tests."""

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from tillitsrom.people.models import Level, Membership, Organisation, Party, Role, Unit, User


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = Sequence(lambda n: f"Fjordvik kommune {n}")
    level = Level.MUNICIPALITY


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda n: f"Fjordvik skole {n}")


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@fjordvik.example")
    name = Sequence(lambda n: f"Kari Nordmann {n}")
    # Nobody logs in with it: a test that needs a password sets one.
    password = "!"


class PartyFactory(DjangoModelFactory[Party]):
    class Meta:
        model = Party

    organisation = SubFactory(OrganisationFactory)
    side = Party.Side.EMPLOYEES
    name = Sequence(lambda n: f"Fagforening {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    organisation = SubFactory(OrganisationFactory)
    role = Role.MANAGER
    party = LazyAttribute(
        lambda o: (
            PartyFactory.create(organisation=o.organisation) if o.role == Role.UNION_REPRESENTATIVE else None
        )
    )


def person_with(role: str, organisation: Organisation) -> User:
    """A person who holds the role in the organisation today."""
    return MembershipFactory.create(role=role, organisation=organisation).user
