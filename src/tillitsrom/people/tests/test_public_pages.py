"""The public list of organisations, and making the first administrator."""

import pytest
from django.core.management import CommandError, call_command

from tillitsrom.people import rules
from tillitsrom.people.management.commands.create_administrator import PASSWORD_VARIABLE
from tillitsrom.people.models import Organisation, User
from tillitsrom.people.tests.factories import MembershipFactory, OrganisationFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_everyone_sees_organisations_and_nobody_sees_who_works_there(client):
    ministry = OrganisationFactory.create(name="Et departement", level="ministry")
    body = OrganisationFactory.create(name="Fjordvik kommune", superior=ministry)
    unit = UnitFactory.create(organisation=body, name="Fjordvik skole")
    membership = MembershipFactory.create(organisation=body, unit=unit)
    listed = client.get("/virksomheter/").content.decode()
    assert listed.index("Et departement") < listed.index("Fjordvik kommune")
    page = client.get(f"/virksomheter/{body.pk}/").content.decode()
    for shown in (
        "Fjordvik skole",
        "Et departement",
        f"/krav/?addressee={body.pk}",
        f"/dokumenter/?body={body.pk}",
    ):
        assert shown in page
    for text in (listed, page):
        assert membership.user.name not in text
        assert membership.user.email not in text
    assert "Fjordvik kommune" in client.get(f"/virksomheter/{ministry.pk}/").content.decode()
    assert client.get("/virksomheter/99999/").status_code == 404


def test_the_list_is_searched_by_name_and_number(client):
    OrganisationFactory.create(name="Brreg", number="974760673")
    OrganisationFactory.create(name="Fjordvik kommune")
    for words in ("brre", "974 760 673"):
        text = client.get("/virksomheter/", {"q": words}).content.decode()
        assert "Brreg" in text
        assert "Fjordvik" not in text


ARGUMENTS = (
    "--email",
    "Ase@etat.example",
    "--name",
    "Åse Admin",
    "--organisation",
    "Et etat",
    "--level",
    "agency",
)


def test_the_first_administrator_is_made_from_the_command_line(monkeypatch, capsys):
    monkeypatch.setenv(PASSWORD_VARIABLE, "hest og vogn i regn")
    call_command("create_administrator", *ARGUMENTS)
    person = User.objects.get(email="ase@etat.example")
    assert rules.is_administrator(person)
    assert person.check_password("hest og vogn i regn")
    assert Organisation.objects.get().level == "agency"
    assert "Åse Admin" in capsys.readouterr().out


@pytest.mark.parametrize("password", ["kort", "ase@etat.example"])
def test_a_weak_password_makes_nothing(monkeypatch, password):
    monkeypatch.setenv(PASSWORD_VARIABLE, password)
    with pytest.raises(CommandError, match="Ingenting ble laget"):
        call_command("create_administrator", *ARGUMENTS)
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


def test_making_the_same_administrator_again_only_gives_a_new_password(monkeypatch):
    for password in ("hest og vogn i regn", "vogn og hest i sol"):
        monkeypatch.setenv(PASSWORD_VARIABLE, password)
        call_command("create_administrator", *ARGUMENTS)
    person = User.objects.get()
    assert person.check_password("vogn og hest i sol")
    assert person.memberships.count() == 1
    assert Organisation.objects.count() == 1
