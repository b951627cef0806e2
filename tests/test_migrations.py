"""Migrations: none is missing, all have names that say something, and each can be taken back."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[1]
OURS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("tillitsrom."))
LOADER = MigrationLoader(None)
MIGRATIONS = sorted(key for key in LOADER.disk_migrations if key[0] in OURS)


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes detected" in out.getvalue()


@pytest.mark.parametrize(("app", "name"), MIGRATIONS)
def test_names_say_what_changes(app, name):
    assert "auto" not in name.split("_")


@pytest.mark.parametrize(("app", "name"), MIGRATIONS)
def test_each_step_can_be_taken_back(app, name):
    assert all(operation.reversible for operation in LOADER.disk_migrations[(app, name)].operations)


def test_all_the_way_back_and_forth(tmp_path):
    """On a database of its own, in a process of its own, so that no other test is disturbed."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tillitsrom.settings.test",
        "TILLITSROM_TEST_DATABASE_URL": f"sqlite:///{tmp_path / 'scratch.sqlite3'}",
    }
    steps = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
call_command("migrate", verbosity=0)
before = set(connection.introspection.table_names())
for app in %r:
    if any(key[0] == app for key in MigrationLoader(connection).disk_migrations):
        call_command("migrate", app, "zero", verbosity=0)
left = {t for t in connection.introspection.table_names() if t.split("_")[0] in %r}
assert not left, left
call_command("migrate", verbosity=0)
assert set(connection.introspection.table_names()) == before
""" % (OURS, OURS)  # noqa: UP031  # braces are frequent in the code that is run
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", steps],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
