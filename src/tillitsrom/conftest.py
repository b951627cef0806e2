"""Shared by every test: static files are not hashed, documents go to a folder that is thrown away."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _documents_in_a_folder_of_their_own(settings: Settings, tmp_path: Path) -> None:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
