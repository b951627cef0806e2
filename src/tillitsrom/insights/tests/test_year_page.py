"""A body's year: the figures of the flow add up, the letters of the year are on the line, and the gate holds."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tillitsrom.insights import year, year_charts
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register.models import Document
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

KEPT = "Etaten skal føre tilsyn med heiser i alle bygg."
GONE = "Etaten skal telle sykler i byene hver vår."
NEW = "Etaten skal kartlegge behovet for ladestasjoner langs kysten."
ADDED = "Etaten skal bistå kommunene etter flommen i sommer."


@pytest.fixture
def body():
    """A body with two years of letters, the last with a supplementary letter in July."""
    body, ministry = OrganisationFactory.create(), OrganisationFactory.create(level="ministry")
    shared = {"imposing_body": ministry, "addressee": body, "status": "published"}
    old = DocumentFactory.create(year=2025, **shared)
    new = DocumentFactory.create(year=2026, text="Oslo, 12. januar 2026\n\nTildelingsbrev", **shared)
    more = DocumentFactory.create(
        year=2026, kind=Document.Kind.SUPPLEMENTARY_LETTER, text="Dato: 03.07.2026\n\nTillegg", **shared
    )
    for document, quotes in ((old, (KEPT, GONE)), (new, (KEPT, NEW)), (more, (ADDED,))):
        for quote in quotes:
            RequirementFactory.create(document=document, quote=quote)
    return body


def test_the_flow_adds_up(body) -> None:
    found = year.of(AnonymousUser(), body.pk, 2026)
    met = year_charts.fates(found)
    assert dict(met.before) == {"kept": 1, "gone": 1}
    assert dict(met.after) == {"kept": 1, "new": 2}
    assert (met.before.total(), met.after.total()) == (found.paired.before, found.paired.after)
    chart = year_charts.flow(found, lambda kind, number: "/krav/", lambda fate: f"#{fate}")
    assert chart.narrow is not None
    assert chart.narrow.width < 360
    assert str(chart.svg).count("ch-flow") == str(chart.narrow.svg).count("ch-flow") == 4


def test_the_letters_of_the_year_are_in_order_with_their_days(body) -> None:
    arrivals = year.of(AnonymousUser(), body.pk, 2026).arrivals
    assert [one.day for one in arrivals] == [date(2026, 1, 12), date(2026, 7, 3)]
    assert year.total(arrivals, "assignment") == [2, 3]


def test_the_page_shows_it_all_and_links_to_what_it_counts(client: Client, body) -> None:
    english = {"Accept-Language": "en"}
    text = client.get(f"/innsikt/virksomheter/{body.pk}/aret/2026/", headers=english).content.decode()
    assert "2 assignments on 12. January, 3 on 3. July." in text
    for quote in (KEPT, GONE, NEW, ADDED):
        assert quote in text
    assert f"addressee={body.pk}&amp;class=assignment&amp;year=2025" in text
    assert client.get(f"/innsikt/virksomheter/{body.pk}/aret/")["Location"].endswith("/2026/")
    empty = client.get(f"/innsikt/virksomheter/{body.pk}/aret/1999/", headers=english)
    assert "No letters for this year" in empty.content.decode()
    assert client.get(f"/innsikt/virksomheter/{body.pk}/aret/99999/").status_code == 404


def test_what_is_not_public_is_not_in_the_figures(client: Client, body) -> None:
    document = body.documents_received.get(kind=Document.Kind.SUPPLEMENTARY_LETTER)
    document.requirements.update(is_public=False)
    assert ADDED not in client.get(f"/innsikt/virksomheter/{body.pk}/aret/2026/").content.decode()
    insider = person_with(Role.MANAGER, body)
    assert len(year.of(insider, body.pk, 2026).arrivals) == 2


def test_the_same_demand_from_two_bodies_is_shown(body) -> None:
    other = DocumentFactory.create(year=2026, addressee=body, status="published")
    twin = RequirementFactory.create(document=other, quote=KEPT)
    (same,) = year.of(AnonymousUser(), body.pk, 2026).same
    assert twin in same.requirements
    assert len(same.requirements) == 2
