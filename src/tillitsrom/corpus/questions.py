"""Ready-made questions to a corpus, for those who do not write SQL. Authorities give room and are never counted (R21)."""

from typing import NamedTuple


class Question(NamedTuple):
    """What it tells, in bokmål, and the SQL that finds it."""

    tells: str
    sql: str


_SHARE = "round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS share"

QUESTIONS = {
    "per-class": Question(
        "krav av hver klasse",
        f"SELECT class, count(*) AS requirements, {_SHARE} FROM requirements WHERE counted "  # noqa: S608 - our own text
        "GROUP BY class ORDER BY requirements DESC, class",
    ),
    "per-year": Question(
        "krav etter året dokumentet er fra",
        "SELECT year, count(DISTINCT path) AS documents, count(*) AS requirements FROM requirements WHERE counted "
        "GROUP BY year ORDER BY year",
    ),
    "per-decade": Question(
        "krav etter tiåret dokumentet er fra",
        "SELECT year // 10 * 10 AS decade, count(DISTINCT path) AS documents, count(*) AS requirements "
        "FROM requirements WHERE counted GROUP BY decade ORDER BY decade",
    ),
    "bearers": Question(
        "hvem pliktene ligger på",
        "SELECT bearer, count(*) AS requirements, count(DISTINCT path) AS documents FROM "
        "(SELECT unnest(string_split(bearer, '+')) AS bearer, path FROM requirements WHERE counted) "
        "GROUP BY bearer ORDER BY requirements DESC, bearer LIMIT 50",
    ),
    "issuers": Question(
        "krav etter departementet som står bak",
        "SELECT issuer, count(DISTINCT path) AS documents, count(*) AS requirements FROM requirements WHERE counted "
        "GROUP BY issuer ORDER BY requirements DESC, issuer",
    ),
    "documents": Question(
        "dokumentene med flest krav",
        "SELECT coalesce(short_title, title) AS title, year, words, requirements, "
        "round(1000.0 * requirements / nullif(words, 0), 1) AS per_1000_words, path FROM documents "
        "WHERE requirements > 0 ORDER BY requirements DESC, path LIMIT 50",
    ),
    "deadlines": Question(
        "krav med frist",
        "SELECT deadline, class, coalesce(short_title, title) AS title, section, quote FROM requirements "
        "WHERE deadline IS NOT NULL AND counted ORDER BY deadline, path, number LIMIT 200",
    ),
    "reporting": Question(
        "hvem som må rapportere mest",
        "SELECT bearer, count(*) AS requirements FROM "
        "(SELECT unnest(string_split(bearer, '+')) AS bearer FROM requirements WHERE class = 'reporting') "
        "GROUP BY bearer ORDER BY requirements DESC, bearer LIMIT 50",
    ),
    "languages": Question(
        "dokumenter og krav på bokmål og nynorsk",
        "SELECT language, count(*) AS documents, sum(words) AS words, sum(requirements) AS requirements FROM documents "
        "WHERE error IS NULL GROUP BY language ORDER BY documents DESC, language",
    ),
    "skipped": Question(
        "filer som ikke kunne leses, og hvorfor",
        "SELECT path, error, reason FROM documents WHERE error IS NOT NULL ORDER BY path",
    ),
}
