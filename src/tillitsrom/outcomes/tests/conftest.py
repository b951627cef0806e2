"""Reasons are compared in English, as they stand in the code; the slices above, which listen to decisions, are left out."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tillitsrom.outcomes import hooks


@pytest.fixture(autouse=True)
def _in_english_and_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(hooks, "decided", [])
    with translation.override("en"):
        yield
