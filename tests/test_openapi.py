"""The API is what we published, and says enough of itself."""

import json

import pytest
from tools.openapi import SNAPSHOT, current

from tillitsrom.core.problem import MEDIA_TYPE

OPERATIONS = [
    (f"{method} {path}", operation)
    for path, methods in json.loads(SNAPSHOT.read_text("utf-8"))["paths"].items()
    for method, operation in methods.items()
]


def test_the_openapi_is_what_we_published():
    assert current() == SNAPSHOT.read_text("utf-8"), "changed on purpose? Run: python -m tools.openapi"


@pytest.mark.parametrize(("where", "operation"), OPERATIONS)
def test_every_operation_explains_itself(where, operation):
    assert operation["operationId"].replace("_", "").islower()
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            assert list(answer["content"]) == [MEDIA_TYPE]
    assert {"401", "429"} <= set(operation["responses"])
    if not where.startswith("get"):
        assert {"403", "409", "422"} <= set(operation["responses"])
        assert {} not in operation["security"]


def test_names_of_operations_differ():
    names = [operation["operationId"] for _where, operation in OPERATIONS]
    assert len(names) == len(set(names))
