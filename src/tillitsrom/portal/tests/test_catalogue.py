"""The catalogue of open data leads to data: every address in it answers, with the type that it says."""

import re

import pytest
from django.test import Client


@pytest.mark.django_db
def test_every_distribution_can_be_fetched(client: Client):
    turtle = client.get("/katalog.ttl").content.decode()
    found = re.findall(r"dcat:(?:downloadURL|accessURL) <http://testserver(/[^>]*)>", turtle)
    assert len(found) >= 5
    for address in found:
        response = client.get(address)
        assert response.status_code == 200, address
        response.close()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/krav/eksport.csv", "/krav/eksport.json", "/dokumenter/eksport.csv"])
def test_the_files_are_what_the_catalogue_says(client: Client, address: str):
    turtle = client.get("/katalog.ttl").content.decode()
    assert address in turtle
    kind = client.get(address).headers["Content-Type"].split(";")[0]
    assert f"/{kind}>" in turtle
