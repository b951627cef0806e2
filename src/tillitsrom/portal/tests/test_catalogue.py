"""The catalogue of open data leads to data: every address in it answers, with the type that it says."""

import re

import pytest
from django.test import Client

from tillitsrom.portal import dcat


@pytest.mark.django_db
def test_every_distribution_can_be_fetched(client: Client):
    turtle = client.get("/katalog.ttl").content.decode()
    found = re.findall(r"dcat:(?:downloadURL|accessURL) <http://testserver(/[^>]*)>", turtle)
    assert len(found) >= 5
    for address in found:
        response = client.get(address)
        assert response.status_code == 200, address
        # Reading a streamed answer to its end closes it as a server would, and leaves the test's connection open.
        assert response.getvalue(), address


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/krav/eksport.csv", "/krav/eksport.json", "/dokumenter/eksport.csv"])
def test_the_files_are_what_the_catalogue_says(client: Client, address: str):
    turtle = client.get("/katalog.ttl").content.decode()
    assert address in turtle
    kind = client.get(address).headers["Content-Type"].split(";")[0]
    assert f"/{kind}>" in turtle


HOSTILE = 'Krav "\\ \n\r\t> . <x> a dcat:Catalog ; ^^ @en'


def outside_strings(turtle: str) -> str:
    """The catalogue without its strings and addresses: what is left is its structure."""
    return re.sub(r'"(?:[^"\\\n\r]|\\.)*"|<[^<>"{}|^`\\\s]*>', "", turtle)


def test_hostile_titles_stay_inside_their_strings():
    calm = dcat.Dataset("krav", {"nb": "Krav"}, {"nb": "Krav"}, (("/krav/eksport.csv", "text/csv"),))
    hostile = dcat.Dataset("krav", {"nb": HOSTILE}, {"nb": HOSTILE}, (('/krav/">\n<x>', "text/csv"),))
    pages = [
        dcat.turtle("https://tillitsrom.example", name, "post@example.no", {"nb": name}, [dataset])
        for name, dataset in (("Tillitsrom", calm), (HOSTILE, hostile))
    ]
    assert outside_strings(pages[0]) == outside_strings(pages[1])


@pytest.mark.django_db
def test_the_structure_is_turtle(client: Client):
    response = client.get("/katalog.ttl")
    assert response.headers["Content-Type"].startswith("text/turtle")
    turtle = response.content.decode()
    left = outside_strings(turtle)
    assert '"' not in left
    assert "<" not in left
    assert left.count("[") == left.count("]")
    declared = set(re.findall(r"@prefix (\w+):", left))
    assert set(re.findall(r"\b(\w+):\w+", left)) <= declared
    statements = [part.strip() for part in left.split(" .\n") if part.strip()]
    # Four prefixes, the publisher, the catalogue and two datasets.
    assert len(statements) == 4 + 1 + 1 + 2
    assert turtle.count("a dcat:Dataset") == 2
    assert "Krav i styringsdokumenter" in turtle
    assert 'Krav i styringsdokument"@nn' in turtle
