"""A comparison in words: as a table for the terminal, and as Markdown."""

import textwrap
from collections.abc import Iterator

from tillitsrom.reading.compare import Change, ClassChange, Comparison, Life, Match
from tillitsrom.reading.model import Requirement
from tillitsrom.reading.report import NAMES, plain
from tillitsrom.reading.report_changes import WORDS, Followed, documents
from tillitsrom.reading.years.difference import Side, difference

_NAME, _COLUMN = 18, 10
_ORDER = (
    Change.NEW,
    Change.GONE,
    Change.REWORDED,
    Change.SPLIT,
    Change.MERGED,
    Change.MOVED,
    Change.KEPT,
)
_TIMES = {1: "én gang", 2: "to ganger", 3: "tre ganger", 4: "fire ganger", 5: "fem ganger", 6: "seks ganger"}


def changes_table(comparison: Comparison, width: int) -> Iterator[str]:
    """First the figures and what they mean, then every change with its sentences."""
    yield f"{plain(documents(comparison.old))}  →  {plain(documents(comparison.new))}"
    yield ""
    yield from _figures(comparison, width)
    yield ""
    for sentence in in_words(comparison):
        yield from textwrap.wrap(sentence, max(width, 40), break_on_hyphens=False)
    for change in _ORDER:
        matches = [m for m in comparison.matches if m.change is change]
        if matches:
            yield ""
            yield f"{WORDS[change]} ({len(matches)})"
            for match in matches:
                yield from _match(match, width)
    if comparison.new_withdrawn:
        yield ""
        yield f"Trukket tilbake i løpet av året ({len(comparison.new_withdrawn)})"
        for one in comparison.new_withdrawn:
            yield from _wrapped(f"  {_name(one)}: ", plain(one.quote), width)


def _name(requirement: Requirement) -> str:
    return NAMES[requirement.requirement_class]


def _titles() -> list[str]:
    return ["Før", "Nå", "Endring", "Beholdt", "Omskrevet", "Delt", "Samlet", "Flyttet", "Nye", "Borte"]


def _figures(comparison: Comparison, width: int) -> Iterator[str]:
    """As many columns as there is room for."""
    titles = _titles()
    if width < _NAME + _COLUMN * len(titles):
        titles = titles[:3]
    column = _COLUMN if len(titles) > 3 else 7
    yield f"{'Klasse':<{_NAME}}" + "".join(f"{title:>{column}}" for title in titles)
    yield "─" * (_NAME + column * len(titles))
    for name, values in _rows(comparison):
        numbers = (f"{v:+}" if place == 2 else str(v) for place, v in enumerate(values[: len(titles)]))
        yield f"{name:<{_NAME}}" + "".join(f"{number:>{column}}" for number in numbers)


def _rows(comparison: Comparison) -> list[tuple[str, list[int]]]:
    """A row for each class, and the sum."""
    rows = [(NAMES[c.requirement_class], _values(c)) for c in comparison.classes]
    return [*rows, ("Sum krav", [sum(column) for column in zip(*(v for _, v in rows), strict=True)])]


def _values(c: ClassChange) -> list[int]:
    return [c.before, c.after, c.net, c.kept, c.reworded, c.split, c.merged, c.moved, c.new, c.gone]


def in_words(comparison: Comparison) -> list[str]:
    """What the figures say."""
    sentences = [_net(comparison)]
    if comparison.displaced:
        sentences.append(
            "Advarsel: Målene ble færre, mens aktivitets- og oppdragskravene ble flere. Styringen kan ha flyttet seg "
            "fra mål til detaljer."
        )
    sentences += [
        f"{NAMES[s.fell]} gikk ned med {s.fall}, mens {NAMES[s.rose].lower()} gikk opp med {s.rise}. "
        "Styringen kan ha flyttet seg."
        for s in comparison.shifts
    ]
    sentences += [
        f"{count} krav har gått fra {NAMES[before].lower()} til {NAMES[after].lower()}."
        for (before, after), count in comparison.moved.most_common()
    ]
    if comparison.parameter_stability is not None:
        share = f"{comparison.parameter_stability * 100:.0f} prosent"
        sentences.append(f"{share} av styringsparameterne fra forrige gang står igjen uendret.")
    return sentences


def _net(comparison: Comparison) -> str:
    share = comparison.net_share
    part = "" if share is None else f" ({share * 100:+.0f} prosent)".replace("-", "−")
    if comparison.net == 0:
        return f"Antallet krav er det samme: {comparison.after}."
    direction = "flere" if comparison.net > 0 else "færre"
    return f"Det er {abs(comparison.net)} {direction} krav enn før{part}: {comparison.before} ble til {comparison.after}."


def _match(match: Match, width: int) -> Iterator[str]:
    old, new = match.old, match.new
    if not old or not new:
        for one in (*new, *old):
            yield from _wrapped(f"  {_name(one)}: ", plain(one.quote), width)
    elif match.change is Change.KEPT:
        yield from _wrapped(f"  {_name(new[0])}: ", plain(new[0].quote), width)
    elif match.change is Change.MOVED:
        yield from _wrapped(f"  {_name(new[0])} ({_went(match)}): ", plain(new[0].quote), width)
    elif match.change is Change.REWORDED:
        moved = f" ({_went(match)})" if match.moved else ""
        told = _marked(plain(old[0].quote), plain(new[0].quote), ("[-", "-]"), ("{+", "+}"))
        yield from _wrapped(f"  {_name(new[0])}{moved}: ", told, width)
    else:
        for one in old:
            yield from _wrapped(f"  {_name(one)}, før: ", plain(one.quote), width)
        for one in new:
            yield from _wrapped(f"    {_name(one)}, nå: ", plain(one.quote), width)


def _went(match: Match) -> str:
    """From where to where."""
    was, now = match.old[0], match.new[0]
    told = []
    for part in match.moved:
        if part == "class":
            told.append(
                f"fra {NAMES[was.requirement_class].lower()} til {NAMES[now.requirement_class].lower()}"
            )
        elif part == "chapter":
            told.append(f"fra «{plain(was.heading or '')}» til «{plain(now.heading or '')}»")
        else:
            told.append("inn i et oppdrag" if now.assignment else "ut av et oppdrag")
    return ", ".join(told)


def _marked(old: str, new: str, out: tuple[str, str], come: tuple[str, str]) -> str:
    """The two wordings as one, with what went out and what came in between marks."""
    marks = {Side.BOTH: ("", ""), Side.OLD: out, Side.NEW: come}
    return "".join(
        f"{marks[side][0]}{text}{marks[side][1]}" if text.strip() else text
        for side, text in difference(old, new)
    )


def _wrapped(label: str, quote: str, width: int) -> list[str]:
    return textwrap.wrap(
        label + quote,
        max(width, 40),
        subsequent_indent="      ",
        break_on_hyphens=False,
        drop_whitespace=True,
    )


def changes_markdown(comparison: Comparison) -> Iterator[str]:
    """The same for a document or a case file: a table of figures, then a list for each kind of change."""
    yield f"# {_safe(documents(comparison.old))} → {_safe(documents(comparison.new))}"
    yield ""
    for sentence in in_words(comparison):
        yield sentence
        yield ""
    titles = ["Klasse", *_titles()]
    yield "| " + " | ".join(titles) + " |"
    yield "| --- |" + " ---: |" * (len(titles) - 1)
    for name, values in _rows(comparison):
        yield f"| {name} | " + " | ".join(map(str, values)) + " |"
    for change in _ORDER:
        matches = [m for m in comparison.matches if m.change is change]
        if matches:
            yield ""
            yield f"## {WORDS[change]} ({len(matches)})"
            yield ""
            for match in matches:
                yield from _item(match)


def _item(match: Match) -> Iterator[str]:
    moved = f" ({_safe(_went(match))})" if match.moved else ""
    if match.change is Change.REWORDED:
        told = _marked(
            _safe(plain(match.old[0].quote)), _safe(plain(match.new[0].quote)), ("~~", "~~"), ("**", "**")
        )
        yield f"- {_name(match.new[0])}{moved}: {told}"
    elif match.change in (Change.SPLIT, Change.MERGED):
        yield "- Før: " + " · ".join(f"{_name(one)}: {_safe(plain(one.quote))}" for one in match.old)
        yield from (f"  - Nå: {_name(one)}: {_safe(plain(one.quote))}" for one in match.new)
    else:
        one = (*match.new, *match.old)[0]
        yield f"- {_name(one)}{moved}: {_safe(plain(one.quote))}"


def _safe(text: str) -> str:
    """Text that stays text in Markdown: no links, no pictures, no markup of its own."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|~" else sign for sign in text)


def life_in_words(life: Life[tuple[int, int]]) -> str:
    """Since when, and how often it was given other words: "siden 2019, omformulert to ganger"."""
    if len(life.steps) == 1:
        return f"ny i {life.since}"
    if not life.reworded:
        return f"siden {life.since}, samme ord hele veien"
    return f"siden {life.since}, omformulert {_TIMES.get(life.reworded, f'{life.reworded} ganger')}"


def lives_table(followed: Followed, width: int) -> Iterator[str]:
    """Each requirement of the last year with its age, the oldest first."""
    if not followed:
        yield "Det siste året har ingen krav."
        return
    new = sum(len(life.steps) == 1 for life, _ in followed)
    last = followed[0][0].steps[-1].year
    yield f"{len(followed)} krav i {last}. {len(followed) - new} stod der året før også, og {new} er nye."
    for life, requirement in sorted(followed, key=lambda one: one[0].since):
        yield from _wrapped(
            f"  {_name(requirement)}, {life_in_words(life)}: ", plain(requirement.quote), width
        )


def lives_markdown(followed: Followed) -> Iterator[str]:
    """A table: class, since, how often reworded, the requirement."""
    yield "| Klasse | Siden | Omskrevet | Krav |"
    yield "| --- | ---: | ---: | --- |"
    for life, requirement in sorted(followed, key=lambda one: one[0].since):
        yield f"| {_name(requirement)} | {life.since} | {life.reworded} | {_safe(plain(requirement.quote))} |"
