"""Keeping people and organisations: the full matrix of who may, and what the pages do for the one who may."""

import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tillitsrom.core import events
from tillitsrom.core.decisions import Refused
from tillitsrom.people import actions, rules
from tillitsrom.people.models import Membership, Organisation, Party, Role, Unit, User
from tillitsrom.people.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PartyFactory,
    UnitFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db

BACKEND = "tillitsrom.people.backends.EmailBackend"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def body() -> Organisation:
    return OrganisationFactory.create(name="Fjordvik kommune")


@pytest.fixture
def administrator(body) -> User:
    return person_with(Role.SYSTEM_ADMINISTRATOR, body)


@pytest.fixture
def client(administrator) -> Client:
    return signed_in(administrator)


ACTIONS = {
    "save_organisation": lambda actor, it: actions.save_organisation(
        actor=actor, organisation=Organisation(name="Ny", level="other")
    ),
    "save_unit": lambda actor, it: actions.save_unit(actor=actor, unit=Unit(organisation=it.organisation, name="Ny")),
    "save_party": lambda actor, it: actions.save_party(
        actor=actor, party=Party(organisation=it.organisation, name="Ny", side="employees")
    ),
    "save_person": lambda actor, it: actions.save_person(
        actor=actor, person=User(name="Ny", email="ny@fjordvik.example")
    ),
    "close_account": lambda actor, it: actions.close_account(actor=actor, person=it.user),
    "open_account": lambda actor, it: actions.open_account(actor=actor, person=it.user),
    "note_password_link": lambda actor, it: actions.note_password_link(actor=actor, person=it.user),
    "save_membership": lambda actor, it: actions.save_membership(
        actor=actor, membership=Membership(user=it.user, organisation=it.organisation, role=Role.ELECTED)
    ),
    "end_membership": lambda actor, it: actions.end_membership(actor=actor, membership=it),
    "erase_person": lambda actor, it: actions.erase_person(actor=actor, person=it.user),
}  # fmt: skip


def test_the_matrix_has_every_action_that_a_person_takes_on_others():
    own = {"save_own_profile", "make_token", "remove_token", "make_administrator", "tidy"}
    public = {
        n for n, f in vars(actions).items() if callable(f) and getattr(f, "__kwdefaults__", None) is None
    }
    declared = {
        name
        for name in public
        if getattr(vars(actions)[name], "__module__", "") == actions.__name__ and not name.startswith("_")
    }
    assert declared - {"digest", "user_of_token"} == set(ACTIONS) | own


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("role", Role.values)
def test_only_a_system_administrator_may(role, name, body, administrator):
    it = MembershipFactory.create(organisation=body, role=Role.EMPLOYEE)
    actor = person_with(role, body)
    if role == Role.SYSTEM_ADMINISTRATOR:
        ACTIONS[name](actor, it)
        return
    with pytest.raises(Refused) as caught:
        ACTIONS[name](actor, it)
    assert str(caught.value.decision.reason) == str(rules.may_administer(actor).reason)


PAGES = {
    "people_administration": None,
    "people_organisation_add": None,
    "people_organisation_admin": "organisation",
    "people_organisation_edit": "organisation",
    "people_unit_add": "organisation",
    "people_unit_edit": "unit",
    "people_party_add": "organisation",
    "people_party_edit": "party",
    "people_persons": None,
    "people_person_add": None,
    "people_person": "user",
    "people_person_edit": "user",
    "people_person_link": "user",
    "people_person_close": "user",
    "people_person_open": "user",
    "people_person_erase": "user",
    "people_membership_add": "user",
    "people_membership_edit": "membership",
    "people_membership_end": "membership",
}


def address(name: str, membership: Membership) -> str:
    of = PAGES[name]
    pk = {None: None, "membership": membership.pk}.get(of) or (of and getattr(membership, of).pk)
    return reverse(name, args=[pk] if pk else [])


@pytest.fixture
def membership(body) -> Membership:
    return MembershipFactory.create(
        organisation=body,
        role=Role.UNION_REPRESENTATIVE,
        unit=UnitFactory.create(organisation=body),
        party=PartyFactory.create(organisation=body),
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [r for r in Role.values if r != Role.SYSTEM_ADMINISTRATOR])
def test_every_page_tells_everybody_else_why_not(role, name, body, administrator, membership):
    outsider = signed_in(person_with(role, body))
    reads_only = outsider.get(address(name, membership)).status_code == 405
    response = (outsider.post if reads_only else outsider.get)(address(name, membership))
    assert response.status_code == 403
    assert "Only a system administrator may do this" in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_the_administrator(name, client, membership):
    response = client.get(address(name, membership))
    assert response.status_code in (200, 405)


def test_a_person_is_made_and_gets_a_letter_in_their_language(client, administrator):
    response = client.post(
        reverse("people_person_add"), {"name": "Åse Ny", "email": "Ase@Fjordvik.example", "language": "en"}
    )
    person = User.objects.get(email="ase@fjordvik.example")
    assert response.url == reverse("people_person", args=[person.pk])
    assert not person.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["ase@fjordvik.example"]
    assert "Hello Åse Ny" in letter.body
    link = re.search(r"http://testserver(/passord/nytt/\S+)", str(letter.body))
    assert link is not None
    assert Client().get(link[1], follow=True).context["validlink"]
    kinds = [e.kind for e in events.history(person)]
    assert kinds == ["people.person_saved", "people.password_link_sent"]
    assert all(e.actor == administrator for e in events.history(person))


def test_a_letter_that_cannot_be_sent_is_said_and_the_account_stays(client, monkeypatch):
    def fails(*_args: object, **_kwargs: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("tillitsrom.people.mail.send_mail", fails)
    response = client.post(
        reverse("people_person_add"),
        {"name": "Åse", "email": "ase@fjordvik.example", "language": "nb"},
        follow=True,
    )
    assert "could not be sent" in response.content.decode()
    assert User.objects.filter(email="ase@fjordvik.example").exists()


def test_errors_stand_beside_the_fields_and_what_was_typed_is_kept(client):
    response = client.post(
        reverse("people_organisation_add"), {"name": "Et etat", "number": "974 760 674", "level": "agency", "language": "nb"}
    )  # fmt: skip
    assert response.status_code == 400
    assert "number" in response.context["form"].errors
    assert 'value="Et etat"' in response.content.decode()
    assert not Organisation.objects.filter(name="Et etat").exists()


def test_an_organisation_number_may_be_written_with_spaces(client):
    client.post(
        reverse("people_organisation_add"), {"name": "Et etat", "number": "974 760 673", "level": "agency", "language": "nb"}
    )  # fmt: skip
    assert Organisation.objects.get(name="Et etat").number == "974760673"


def test_a_unit_is_added_renamed_and_moved(client, body):
    client.post(reverse("people_unit_add", args=[body.pk]), {"name": "Oppvekst", "parent": ""})
    client.post(reverse("people_unit_add", args=[body.pk]), {"name": "Skole", "parent": ""})
    top, school = Unit.objects.get(name="Oppvekst"), Unit.objects.get(name="Skole")
    client.post(reverse("people_unit_edit", args=[school.pk]), {"name": "Fjordvik skole", "parent": top.pk})
    school.refresh_from_db()
    assert (school.name, school.parent) == ("Fjordvik skole", top)
    # Neither itself nor what lies under it is offered as the place.
    form = client.get(reverse("people_unit_edit", args=[top.pk])).context["form"]
    assert [value for value, _label in form.fields["parent"].choices] == [""]
    refused = client.post(
        reverse("people_unit_edit", args=[top.pk]), {"name": "Oppvekst", "parent": school.pk}
    )
    assert refused.status_code == 400


def test_a_party_is_added_and_changed(client, body):
    client.post(reverse("people_party_add", args=[body.pk]), {"name": "Fagforbundet", "side": "employees"})
    party = body.parties.get()
    client.post(reverse("people_party_edit", args=[party.pk]), {"name": "Delta", "side": "employees"})
    party.refresh_from_db()
    assert party.name == "Delta"


def test_a_role_is_given_where_and_then_what(client, body):
    person = UserFactory.create()
    add = reverse("people_membership_add", args=[person.pk])
    assert "organisations" in client.get(add).context
    where = f"{add}?organisation={body.pk}"
    assert client.get(where).status_code == 200
    bad = client.post(
        where, {"role": Role.UNION_REPRESENTATIVE, "valid_from": "2026-02-01", "valid_to": "2026-01-01"}
    )
    assert bad.status_code == 400
    assert set(bad.context["form"].errors) == {"party", "valid_to"}
    client.post(where, {"role": Role.MANAGER, "valid_from": "2026-01-01"})
    membership = person.memberships.get()
    assert (membership.organisation, membership.role, membership.valid_from) == (
        body,
        Role.MANAGER,
        date(2026, 1, 1),
    )
    client.post(reverse("people_membership_end", args=[membership.pk]))
    membership.refresh_from_db()
    assert membership.valid_to is not None


@pytest.mark.parametrize("nonsense", ["0", "999999", "x", "²", "-1"])
def test_an_organisation_that_is_not_there_asks_again(client, nonsense):
    add = reverse("people_membership_add", args=[UserFactory.create().pk])
    assert client.get(add, {"organisation": nonsense}).status_code == 200


def test_an_account_is_closed_and_opened(client):
    person = UserFactory.create()
    for page, may_log_in in (("people_person_close", False), ("people_person_open", True)):
        client.post(reverse(page, args=[person.pk]))
        person.refresh_from_db()
        assert person.is_active is may_log_in
    assert [e.kind for e in events.history(person)] == ["people.account_closed", "people.account_opened"]


def test_a_persons_page_shows_roles_and_never_activity(client, membership):
    """R1: nobody is measured, not even by the administrator."""
    person = membership.user
    other = person_with(Role.SYSTEM_ADMINISTRATOR, membership.organisation)
    actions.save_organisation(actor=other, organisation=Organisation(name="Gjort av", level="other"))
    for page in (person, other):
        page.last_login = "2026-01-02T03:04:05Z"
        page.save()
        text = client.get(reverse("people_person", args=[page.pk])).content.decode()
        assert "was saved" not in text
        assert "Gjort av" not in text
        assert "January" not in text


def test_the_lists_ask_no_more_as_they_grow(client, body, django_assert_max_num_queries):
    def fill(count: int) -> None:
        for _ in range(count):
            unit = UnitFactory.create(organisation=body, parent=body.units.first())
            MembershipFactory.create(organisation=body, unit=unit)
            OrganisationFactory.create(superior=body)

    addresses = [
        reverse("people_administration"),
        reverse("people_persons"),
        reverse("people_organisation_admin", args=[body.pk]),
        reverse("people_organisations"),
        reverse("people_organisation", args=[body.pk]),
    ]
    fill(2)
    few = [_queries(client, one) for one in addresses]
    fill(20)
    assert [_queries(client, one) for one in addresses] == few


def _queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)
