"""Nothing of a draft is kept: not in the database, a file, the cache, the session, the history or the log."""

import io
import json
import logging
import os
import tempfile
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tillitsrom.checking import drafts
from tillitsrom.checking.tests.drafts import DRAFT, SENTENCES, docx_of
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.people.tests.test_api import key_of

pytestmark = pytest.mark.django_db


def database() -> str:
    out = io.StringIO()
    call_command("dumpdata", stdout=out, verbosity=0)
    return out.getvalue()


def everything_cached() -> str:
    return repr([(key, cache.get(key.split(":", 2)[2])) for key in cache._cache])  # type: ignore[attr-defined]  # locmem's


def files() -> dict[str, float]:
    """Every file under the places where a draft could be left behind."""
    found = {}
    for root in {tempfile.gettempdir(), str(drafts.IN_MEMORY), os.getcwd()}:
        for folder, inner, names in os.walk(root):
            inner[:] = [one for one in inner if one not in ("node_modules", ".venv", ".git", "__pycache__")]
            for name in names:
                path = Path(folder) / name
                try:
                    found[str(path)] = path.stat().st_mtime
                except OSError:
                    continue
    return found


def touched(before: dict[str, float]) -> list[Path]:
    return [Path(name) for name, changed in files().items() if before.get(name) != changed]


def holds(path: Path) -> bool:
    """Whether the file holds a sentence of the draft, and goes on holding it: a test beside this one has drafts of its own."""
    if not says(path):
        return False
    time.sleep(3)
    return says(path)


def says(path: Path) -> bool:
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return any(sentence.encode() in content for sentence in SENTENCES)


@pytest.fixture
def person():
    return person_with(Role.MANAGER, OrganisationFactory.create())


@pytest.fixture
def headers(person):
    return key_of(person, "write")


@pytest.fixture
def watched(caplog, settings, tmp_path, person, client):
    """Looks for the sentences of the draft everywhere, afterwards."""
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    client.force_login(person)
    caplog.set_level(logging.DEBUG)
    cache.clear()
    before, rows = files(), database()
    yield client
    for place in (database(), everything_cached(), caplog.text, repr(dict(client.session))):
        assert not [sentence for sentence in SENTENCES if sentence in place]
        assert "utkast-hemmelig" not in place
    assert not any(holds(path) for path in touched(before))
    assert not list(tmp_path.rglob("*.*"))
    # Not a row more of anything, but for what the log-in itself made.
    assert len(json.loads(database())) == len(json.loads(rows))


def test_what_is_pasted_is_forgotten(watched):
    response = watched.post("/sjekk/", {"text": DRAFT})
    assert response.status_code == 200
    assert SENTENCES[0] in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["utkast-hemmelig.md", "utkast-hemmelig.docx"])
def test_what_is_uploaded_is_forgotten(watched, name):
    content = docx_of(DRAFT) if name.endswith("docx") else DRAFT.encode()
    response = watched.post("/sjekk/", {"draft": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    assert SENTENCES[0] in response.content.decode()


def test_an_upload_larger_than_what_django_keeps_in_memory_never_lies_on_a_disk(
    watched, settings, monkeypatch
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100

    def no_file(*args, **kwargs):
        raise AssertionError("the upload was written to a file")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", no_file)
    response = watched.post("/sjekk/", {"draft": SimpleUploadedFile("utkast-hemmelig.md", DRAFT.encode())})
    assert response.status_code == 200


def test_a_draft_that_cannot_be_read_is_forgotten_too(watched):
    damaged = b"%PDF-1.7\n" + DRAFT.encode()
    response = watched.post("/sjekk/", {"draft": SimpleUploadedFile("utkast-hemmelig.pdf", damaged)})
    assert response.status_code == 422


@pytest.mark.parametrize(("name", "value"), [("CHECK_MAX_SECONDS", 0), ("UPLOAD_MAX_MEMORY_MB", 1)])
def test_a_reader_that_is_stopped_or_dies_says_nothing_of_the_draft(watched, settings, name, value):
    setattr(settings, name, value)
    response = watched.post("/sjekk/", {"text": DRAFT})
    assert response.status_code == 422
    assert response.context["form"].errors["text"]


def test_the_api_forgets_as_well(headers, watched):
    response = watched.post("/api/v1/check", {"text": DRAFT}, headers=headers)
    assert response.status_code == 200
    assert SENTENCES[0] in [finding["quote"] for finding in response.json()["findings"]]
