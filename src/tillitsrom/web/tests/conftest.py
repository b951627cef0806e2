from pathlib import Path

import pytest
from django.template import engines
from pytest_django import Settings


@pytest.fixture
def shell(settings: Settings) -> None:
    """The shell's own addresses and the tests' templates, whatever other slices there are."""
    templates = [{**settings.TEMPLATES[0], "DIRS": [str(Path(__file__).parent / "templates")]}]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tillitsrom.web.tests.urls"
    engines.__dict__.pop("templates", None)
