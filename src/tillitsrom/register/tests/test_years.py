"""A requirement through the years, who else asks for the same, and a letter that splits, merges and moves requirements."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register import years
from tillitsrom.register.actions import succession
from tillitsrom.register.models import Requirement

from .factories import DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

WHOLE = "Etaten skal utrede nye satser for bostøtte og lage en veileder om sykkelparkering for kommunene."
PARTS = (
    "Etaten skal utrede nye satser for bostøtte.",
    "Etaten skal lage en veileder om sykkelparkering for kommunene.",
)
REPORT = "Kommunen skal rapportere sykefravær for skolene hvert kvartal."
ALIKE = "Kommunen skal hvert kvartal rapportere sykefravær ved skolene."


def letters(old_quotes, new_quotes):
    """Last year's letter and this year's, published, with these requirements."""
    old = DocumentFactory.create(year=2025, status="published")
    new = DocumentFactory.create(
        year=2026, status="published", follows=old, imposing_body=old.imposing_body, addressee=old.addressee
    )
    for document, quotes in ((old, old_quotes), (new, new_quotes)):
        for place, quote in enumerate(quotes):
            RequirementFactory.create(document=document, quote=quote, start=place * 10, end=place * 10 + 5)
    return old, new


def test_each_part_of_a_split_is_an_heir(client: Client) -> None:
    old, new = letters([WHOLE], PARTS)
    succession.settle(actor=person_with(Role.MANAGER, old.addressee), document=new)
    whole = old.requirements.get()
    assert whole.status == Requirement.Status.SUPERSEDED
    assert set(new.requirements.values_list("replaces", flat=True)) == {whole.pk}
    page = client.get(f"/krav/{new.requirements.first().pk}/")
    assert page.context["through"].years[0].requirement == whole
    assert "<del>" in page.context["through"].years[1].difference


def test_everything_that_was_merged_is_superseded() -> None:
    old, new = letters(PARTS, [WHOLE])
    succession.settle(actor=person_with(Role.MANAGER, old.addressee), document=new)
    assert set(old.requirements.values_list("status", flat=True)) == {"superseded"}
    assert new.requirements.get().replaces in old.requirements.all()


def test_the_page_and_the_api_tell_a_split_and_a_move(client: Client) -> None:
    _old, new = letters([WHOLE, REPORT], [*PARTS, REPORT])
    new.requirements.filter(quote=REPORT).update(requirement_class="reporting")
    page = client.get(reverse("documents:changes", args=[new.pk]))
    changes = page.context["changes"]
    assert [len(group.news) for group in changes.split] == [2]
    assert [one.new.kind for one in changes.moved] == ["reporting"]
    assert {s.kind: s.total for s in page.context["sections"]} == {
        "new": 0, "gone": 0, "reworded": 0, "split": 1, "moved": 1, "kept": 0,
    }  # fmt: skip
    said = client.get(f"/api/v1/documents/{new.pk}/comparison").json()
    assert [len(group["new"]) for group in said["split"]] == [2]
    assert said["moved"][0]["old"]["requirement_class"] == "assignment"


def test_a_long_list_is_cut_and_shown_page_by_page(client: Client) -> None:
    _old, new = letters(
        [], [f"Etaten skal utrede sak{chr(97 + n // 26)}{chr(97 + n % 26)} i år." for n in range(70)]
    )
    url = reverse("documents:changes", args=[new.pk])
    (section,) = [s for s in client.get(url).context["sections"] if s.kind == "new"]
    assert section.total == 70
    assert len(section.rows) < 20
    assert "vis=new" in section.url
    whole = client.get(section.url)
    assert [s.kind for s in whole.context["sections"]] == ["new"]
    assert len(whole.context["sections"][0].rows) == 50
    assert len(client.get(section.url + "&page=2").context["sections"][0].rows) == 20


def test_the_years_in_words(client: Client) -> None:
    first = RequirementFactory.create(document__year=2023, quote=REPORT, status="superseded")
    second = RequirementFactory.create(document__year=2024, quote=ALIKE, status="superseded", replaces=first)
    third = RequirementFactory.create(document__year=2025, quote=ALIKE, replaces=second)
    with translation.override("en"):
        found = years.through([first, second, third])
    assert found is not None
    assert found.in_words == "Since 2023, reworded once."
    assert [bool(one.difference) for one in found.years] == [False, True, False]
    assert years.through([first]) is None


def test_others_that_ask_for_the_same_are_found_through_the_gate(client: Client) -> None:
    mine = RequirementFactory.create(quote=REPORT)
    other = DocumentFactory.create(addressee=mine.addressee, status="published")
    hidden = DocumentFactory.create(addressee=mine.addressee, status="published")
    alike = RequirementFactory.create(document=other, quote=ALIKE)
    RequirementFactory.create(document=other, quote="Kommunen skal ha en plan for snørydding av gangveier.")
    secret = RequirementFactory.create(document=hidden, quote=ALIKE, is_public=False)
    RequirementFactory.create(document__addressee=OrganisationFactory.create(), quote=ALIKE)
    RequirementFactory.create(document=other, quote=ALIKE, status="lapsed")
    assert years.same_demand(AnonymousUser(), mine) == [alike]
    insider = person_with(Role.MANAGER, mine.addressee)
    assert set(years.same_demand(insider, mine)) == {alike, secret}
    assert "sykefravær ved skolene" in client.get(f"/krav/{mine.pk}/").content.decode()
