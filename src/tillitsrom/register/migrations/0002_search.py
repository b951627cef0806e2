"""The search table: FTS5 on SQLite, tsvector on PostgreSQL, both over words that are already stemmed."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    "CREATE VIRTUAL TABLE register_requirement_search USING fts5(stems, detail=full, tokenize='unicode61 remove_diacritics 0')",
    """CREATE TRIGGER register_requirement_search_forget AFTER DELETE ON register_requirement BEGIN
    DELETE FROM register_requirement_search WHERE rowid = OLD.id; END""",
]
POSTGRESQL = [
    """CREATE TABLE register_requirement_search (
    rowid bigint PRIMARY KEY REFERENCES register_requirement (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    stems tsvector NOT NULL)""",
    "CREATE INDEX register_requirement_search_gin ON register_requirement_search USING gin (stems)",
]


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER register_requirement_search_forget")
    schema_editor.execute("DROP TABLE register_requirement_search")


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(make, remove)]
