"""The search table: FTS5 on SQLite, tsvector on PostgreSQL, both over words that are already stemmed."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    "CREATE VIRTUAL TABLE register_requirement_search USING fts5(stems, detail=full, tokenize='unicode61 remove_diacritics 0')",
    """CREATE TRIGGER register_requirement_search_forget AFTER DELETE ON register_requirement BEGIN
    DELETE FROM register_requirement_search WHERE rowid = OLD.id; END""",
]
# A trigger and no foreign key here too: a table that Django does not know would keep it from emptying the other.
POSTGRESQL = [
    "CREATE TABLE register_requirement_search (rowid bigint PRIMARY KEY, stems tsvector NOT NULL)",
    "CREATE INDEX register_requirement_search_gin ON register_requirement_search USING gin (stems)",
    """CREATE FUNCTION register_requirement_search_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'TRUNCATE' THEN DELETE FROM register_requirement_search;
    ELSE DELETE FROM register_requirement_search WHERE rowid = OLD.id; END IF; RETURN NULL; END $$""",
    """CREATE TRIGGER register_requirement_search_forget AFTER DELETE ON register_requirement
    FOR EACH ROW EXECUTE FUNCTION register_requirement_search_forget()""",
    """CREATE TRIGGER register_requirement_search_forget_all AFTER TRUNCATE ON register_requirement
    FOR EACH STATEMENT EXECUTE FUNCTION register_requirement_search_forget()""",
]
# SQLite alters a table by writing it anew, and a later migration may have taken the trigger with it.
UNDO_SQLITE = ["DROP TRIGGER IF EXISTS register_requirement_search_forget"]
UNDO_POSTGRESQL = [
    "DROP TRIGGER register_requirement_search_forget ON register_requirement",
    "DROP TRIGGER register_requirement_search_forget_all ON register_requirement",
    "DROP FUNCTION register_requirement_search_forget()",
]


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    undo = UNDO_SQLITE if schema_editor.connection.vendor == "sqlite" else UNDO_POSTGRESQL
    for statement in [*undo, "DROP TABLE register_requirement_search"]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(make, remove)]
