from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

# SQLite alters a table by writing it anew, and the triggers of the old one are gone with it: after every migration the
# trigger that lets the search index forget is set again where it is missing.
SEARCH_FORGETS = """CREATE TRIGGER IF NOT EXISTS register_requirement_search_forget AFTER DELETE ON register_requirement BEGIN
    DELETE FROM register_requirement_search WHERE rowid = OLD.id; END"""


class RegisterConfig(AppConfig):
    name = "tillitsrom.register"
    label = "register"

    def ready(self) -> None:
        post_migrate.connect(set_trigger_again, sender=self)


def set_trigger_again(*, using: str, **_kwargs: Any) -> None:
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if {"register_requirement", "register_requirement_search"} <= tables:
            cursor.execute(SEARCH_FORGETS)
