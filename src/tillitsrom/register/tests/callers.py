"""Programs that call the API in tests: with a person's key, or without one."""

from typing import Any

from django.test import Client

from tillitsrom.people.models import User
from tillitsrom.people.tests.test_api import key_of


class Caller:
    """A program with a key, or without one."""

    def __init__(self, person: User | None, scope: str = "write") -> None:
        self.headers = {"Accept-Language": "en", **(key_of(person, scope) if person else {})}
        self.client = Client()

    def get(self, path: str, **query: Any):
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, **body: Any):
        return self.client.post(f"/api/v1{path}", body, content_type="application/json", headers=self.headers)

    def patch(self, path: str, **body: Any):
        return self.client.patch(
            f"/api/v1{path}", body, content_type="application/json", headers=self.headers
        )

    def upload(self, **parts: Any):
        return self.client.post("/api/v1/documents", parts, headers=self.headers)
