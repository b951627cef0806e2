"""What the corpus pages ask. The conditions are our own text; what a reader chose goes along as parameters."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, overload

from django.utils.functional import cached_property

from tillitsrom.corpus.query import Corpus

TOP = 15
LISTED = 20
AT_ONCE = 10_000

_OF_BEARER = "list_contains(string_split(bearer, '+'), $bearer)"
_CONDITIONS = {
    "q": "regexp_matches(quote, '(?i)' || regexp_escape($q))",
    "bearer": _OF_BEARER,
    "kind": "class = $kind",
    "type": "type = $type",
    "issuer": "issuer = $issuer",
    "section": "section = $section",
    "document": "path = $document",
    "year": "year = $year",
    "decade": "year // 10 * 10 = $decade",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose; empty values choose everything. `kind` is the class of requirement."""

    q: str = ""
    bearer: str = ""
    kind: str = ""
    type: str = ""
    issuer: str = ""
    section: str = ""
    document: str = ""
    year: int | None = None
    decade: int | None = None

    def chosen(self) -> dict[str, str | int]:
        """Only what was chosen, by its name."""
        pairs = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: value for name, value in pairs if value not in ("", None)}

    def condition(self) -> tuple[str, dict[str, str | int]]:
        """The condition in SQL and its parameters. Authorities give room and are never counted (R21)."""
        chosen = self.chosen()
        return " AND ".join(["counted", *(_CONDITIONS[name] for name in chosen)]), chosen


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is: documents and words in the whole corpus, and the requirements that were chosen."""

    documents: int
    words: int
    skipped: int
    requirements: int
    in_documents: int


@dataclass(frozen=True, slots=True)
class Demanding:
    """A document with many requirements: how many it has of those that were chosen, and how long it is."""

    path: str
    title: str
    year: int | None
    words: int
    requirements: int

    @property
    def per_thousand(self) -> float:
        return 1000 * self.requirements / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """One requirement with where it stands."""

    path: str
    number: int
    quote: str
    stem: str | None
    kind: str
    bearer: str | None
    section: str | None
    heading: str | None
    page: int | None
    deadline: str | None
    title: str
    year: int | None
    start: int
    end: int

    # The columns in the order of the fields.
    COLUMNS: ClassVar[str] = (
        'path, number, quote, stem, class, bearer, section, heading, page, deadline, coalesce(short_title, title), year, start, "end"'
    )

    @property
    def bearers(self) -> list[str]:
        return self.bearer.split("+") if self.bearer else []


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the cube: how many requirements of one class, with the same bearers, stand in one document."""

    path: str
    kind: str
    bearers: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the corpus as the figures need it."""

    title: str
    year: int | None
    issuer: str | None
    words: int


class Asked:
    """The figures of one choice: one question gives a cube, and all figures are read from it, so none can disagree."""

    def __init__(self, corpus: Corpus, choice: Choice) -> None:
        self.corpus, self.choice = corpus, choice
        self._condition, self._parameters = choice.condition()

    def _rows(self, sql: str, more: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        return self.corpus.rows(sql.format(condition=self._condition), {**self._parameters, **(more or {})})

    @cached_property
    def cells(self) -> list[Cell]:
        rows = self._rows(
            "SELECT path, class, bearer, count(*) FROM requirements WHERE {condition} GROUP BY path, class, bearer"
        )
        return [Cell(path, kind, tuple(b.split("+")) if b else (), n) for path, kind, b, n in rows]

    @property
    def sources(self) -> dict[str, Source]:
        """The documents, which are the same for every choice."""
        return whole(self.corpus)._sources

    @cached_property
    def _sources(self) -> dict[str, Source]:
        rows = self.corpus.rows(
            "SELECT path, coalesce(short_title, title), year, issuer, words FROM documents WHERE requirements > 0"
        )
        return {path: Source(*rest) for path, *rest in rows}

    @cached_property
    def totals(self) -> Totals:
        whole = self.corpus.rows("SELECT count(*), coalesce(sum(words), 0), count(error) FROM documents")[0]
        documents, words, skipped = whole
        chosen = sum(cell.count for cell in self.cells)
        return Totals(documents, words, skipped, chosen, len(self.per_document))

    @cached_property
    def cube(self) -> dict[int, Counter[str]]:
        """For each decade that a document is from, how many requirements of each class; unknown years are left out."""
        found: dict[int, Counter[str]] = {}
        for cell in self.cells:
            year = self.sources[cell.path].year
            if year is not None:
                found.setdefault(year // 10 * 10, Counter())[cell.kind] += cell.count
        return dict(sorted(found.items()))

    @cached_property
    def per_class(self) -> Counter[str]:
        return self._counted(lambda cell: (cell.kind,))

    @cached_property
    def per_document(self) -> Counter[str]:
        return self._counted(lambda cell: (cell.path,))

    @cached_property
    def bearers(self) -> list[tuple[str, int]]:
        """Who must do it, the most first. One requirement may have several bearers, and counts for each."""
        return _most_first(self._counted(lambda cell: cell.bearers))

    @cached_property
    def issuers(self) -> list[tuple[str, int]]:
        return _most_first(self._counted(lambda cell: filter(None, (self.sources[cell.path].issuer,))))

    def _counted(self, keys: Callable[[Cell], Iterable[str]]) -> Counter[str]:
        found: Counter[str] = Counter()
        for cell in self.cells:
            for key in keys(cell):
                found[key] += cell.count
        return found

    def documents(self, limit: int | None = LISTED) -> list[Demanding]:
        """The documents with most of what was chosen, the most first; all of them without a limit."""
        return [
            Demanding(
                path, self.sources[path].title, self.sources[path].year, self.sources[path].words, count
            )
            for path, count in _most_first(self.per_document)[:limit]
        ]

    def requirements(self) -> "Requirements":
        return Requirements(self)

    def part(self, offset: int, limit: int) -> list[Found]:
        rows = self._rows(
            f"SELECT {Found.COLUMNS} FROM requirements WHERE {{condition}} ORDER BY path, number "  # noqa: S608 - our own names
            "LIMIT $limit OFFSET $offset",
            {"limit": limit, "offset": offset},
        )
        return [Found(*row) for row in rows]

    def every(self) -> Iterator[Found]:
        """All that was chosen, some at a time, so that no answer is held for the one who reads slowly."""
        path, number = "", 0
        while True:
            rows = self._rows(
                f"SELECT {Found.COLUMNS} FROM requirements WHERE {{condition}} "  # noqa: S608 - our own names
                "AND (path > $last_path OR (path = $last_path AND number > $last_number)) "
                "ORDER BY path, number LIMIT $limit",
                {"last_path": path, "last_number": number, "limit": AT_ONCE},
            )
            found = [Found(*row) for row in rows]
            yield from found
            if len(found) < AT_ONCE:
                return
            path, number = found[-1].path, found[-1].number


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


class Requirements(Sequence[Found]):
    """The requirements of a choice as a paginator wants them: a length, and the part that is asked for."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def __len__(self) -> int:
        return self._asked.totals.requirements

    @overload
    def __getitem__(self, index: int) -> Found: ...
    @overload
    def __getitem__(self, index: slice) -> list[Found]: ...
    def __getitem__(self, index: int | slice) -> Found | list[Found]:
        if isinstance(index, int):
            return self._asked.part(index, 1)[0]
        start, stop, _step = index.indices(len(self))
        return self._asked.part(start, max(0, stop - start))


# What holds for the corpus as a whole, asked for once in each process and let go of with the corpus.
_whole: list[Asked] = []


def whole(corpus: Corpus) -> Asked:
    """The figures of everything, kept as long as this corpus is the one that is shown."""
    kept = next(iter(_whole), None)
    if kept is None or kept.corpus is not corpus:
        kept = Asked(corpus, Choice())
        _whole[:] = [kept]
    return kept


def asked_of(corpus: Corpus, choice: Choice) -> Asked:
    """The figures of a choice."""
    return Asked(corpus, choice) if choice.chosen() else whole(corpus)


def choices(corpus: Corpus) -> dict[str, list[str]]:
    """What there is to choose among: bearers and issuers with most requirements first, classes, types."""
    everything = whole(corpus)
    types = corpus.rows(
        "SELECT type FROM documents WHERE type IS NOT NULL GROUP BY type ORDER BY count(*) DESC, type"
    )
    return {
        "bearer": [bearer for bearer, _count in everything.bearers],
        "issuer": [issuer for issuer, _count in everything.issuers],
        "kind": [kind for kind, _count in everything.per_class.most_common()],
        "type": [row[0] for row in types],
    }
