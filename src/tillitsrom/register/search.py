"""Search in Norwegian: one interface over SQLite's FTS5 and PostgreSQL's tsvector, with the same answers on both.

Words are stemmed here and stored stemmed, so that neither database's own idea of Norwegian decides ("rapportering" finds
"rapporter", and "ikke" is a word like any other: it tells a prohibition from a duty).
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

import Stemmer
from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)

TABLE = "register_requirement_search"

_WORD = re.compile(r"\w+", re.UNICODE)
# After the stemmer, nouns and verbs of one family still differ: rapportering, rapporter, rapport.
_FAMILY = re.compile(r"(?<=\w{4})(?:ering|asjon|erer|ing|er)$")
# The stemmer leaves leder and ledere, brukar and brukarane apart; the singular is put in before it sees them.
_DOERS = re.compile(r"^(\w{2,}er)(?:e|es|en|ens|ne|nes)$|^(\w{2,}ar)(?:ar|en|ane)$")
# Nynorsk words whose bokmål twin has another stem. Both are stored as the bokmål stem, so either finds both.
_TWINS = {
    "ikkje": "ikke",
    "tilsett": "ansatt",
    "tilsette": "ansatte",
    "sakshandsaming": "saksbehandling",
    "kva": "hva",
    "skule": "skole",
    "skular": "skoler",
    "skulen": "skolen",
    "skulane": "skolene",
    "verksemd": "virksomhet",
    "verksemder": "virksomheter",
    "leiar": "leder",
    "leiarar": "ledere",
    "leiaren": "lederen",
    "leiarane": "lederne",
    "sjukeheim": "sykehjem",
    "rettleiing": "veiledning",
    "tenester": "tjenester",
    "teneste": "tjeneste",
    "innan": "innen",
    "kvart": "hvert",
    "kvar": "hver",
    "veke": "uke",
    "månad": "måned",
    "opplysningar": "opplysninger",
    "endringar": "endringer",
    "rettleiinga": "veiledningen",
    "verksemda": "virksomheten",
    "tenesta": "tjenesten",
    "tenestene": "tjenestene",
    "korleis": "hvordan",
    "frå": "fra",
}
SHORTEST_BEGINNING = 3
MOST_WORDS = 20
_local = threading.local()


def _stemmer() -> Stemmer.Stemmer:
    """A stemmer per thread; the library's object is not safe to share."""
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("norwegian")
    stemmer: Stemmer.Stemmer = _local.stemmer
    return stemmer


def stems(text: str) -> list[str]:
    """The words of a text as stems, in order."""
    # Files from some machines write å as a and a ring; both must be the same word.
    plain = unicodedata.normalize("NFC", text).lower()
    words = [_DOERS.sub(r"\1\2", _TWINS.get(word, word)) for word in _WORD.findall(plain)]
    return [_FAMILY.sub("", stem) for stem in _stemmer().stemWords(words)]


def index(rows: Iterable[tuple[int, str]]) -> None:
    """Store or replace the searchable words of requirements, given as (id, text)."""
    values = [(pk, " ".join(stems(text))) for pk, text in rows]
    if not values:
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk, _ in values])  # noqa: S608  # a constant
        place = "%s" if connection.vendor == "sqlite" else "to_tsvector('simple', %s)"
        cursor.executemany(f"INSERT INTO {TABLE} (rowid, stems) VALUES (%s, {place})", values)  # noqa: S608  # constants


def forget(ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk in ids])  # noqa: S608  # a constant


class _Matches(models.expressions.RawSQL):
    """The ids of the requirements whose words match."""

    def __init__(self, expression: str) -> None:
        if connection.vendor == "sqlite":
            sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608  # a constant
        else:
            sql = f"SELECT rowid FROM {TABLE} WHERE stems @@ to_tsquery('simple', %s)"  # noqa: S608  # a constant
        super().__init__(sql, [expression], output_field=models.BigIntegerField())


def matching(rows: models.QuerySet[Row], query: str, field: str = "pk") -> models.QuerySet[Row]:
    """The rows whose requirement has every word of the query, the last one as a beginning; all rows for an empty query."""
    words = stems(query)[:MOST_WORDS]
    if not words:
        return rows
    # The beginning of a very short word would match half of the register.
    open_ended = len(words[-1]) >= SHORTEST_BEGINNING
    if connection.vendor == "sqlite":
        expression = " ".join(f'"{word}"' for word in words) + ("*" if open_ended else "")
    else:
        expression = " & ".join(f"'{word}'" for word in words) + (":*" if open_ended else "")
    return rows.filter(**{f"{field}__in": _Matches(expression)})


def likeliest(query: str, limit: int) -> list[int]:
    """The ids of the requirements that share most with a text, the likeliest first; for proposing, not for finding all."""
    words = [word for word in dict.fromkeys(stems(query)) if len(word) > SHORTEST_BEGINNING][:MOST_WORDS]
    if not words:
        return []
    if connection.vendor == "sqlite":
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rank LIMIT %s"  # noqa: S608  # a constant
        values: list[str | int] = [" OR ".join(f'"{word}"' for word in words), limit]
    else:
        asked = "to_tsquery('simple', %s)"
        sql = (
            f"SELECT rowid FROM {TABLE} WHERE stems @@ {asked} ORDER BY ts_rank(stems, {asked}) DESC LIMIT %s"  # noqa: S608  # constants
        )
        expression = " | ".join(f"'{word}'" for word in words)
        values = [expression, expression, limit]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
