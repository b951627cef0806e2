"""A comparison as a table in words, JSON and CSV."""

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from tillitsrom.reading.compare import Change, ClassChange, Comparison, Match
from tillitsrom.reading.model import Requirement
from tillitsrom.reading.report import NAMES, csv_text, plain

WORDS = {Change.KEPT: "Beholdt", Change.REWORDED: "Omskrevet", Change.NEW: "Nytt", Change.GONE: "Borte"}
_NAME, _COLUMN = 18, 10
FIELDS = (
    "change",
    "similarity",
    "old_class",
    "new_class",
    "old_quote",
    "new_quote",
    "old_deadline",
    "new_deadline",
    "old_start",
    "old_end",
    "new_start",
    "new_end",
)


def change_record(match: Match) -> dict[str, Any]:
    """One pair with the names of the file format."""
    values: dict[str, Any] = {"change": match.change.value, "similarity": match.similarity or None}
    for side, requirement in (("old", match.old), ("new", match.new)):
        values |= {f"{side}_{key}": value for key, value in _facts(requirement).items()}
    return {key: values[key] for key in FIELDS}


def _facts(r: Requirement | None) -> dict[str, Any]:
    if r is None:
        return dict.fromkeys(("class", "quote", "deadline", "start", "end"))
    return {
        "class": r.requirement_class.value,
        "quote": r.quote,
        "deadline": r.deadline,
        "start": r.start,
        "end": r.end,
    }


def changes_json(comparison: Comparison) -> str:
    """Everything, figures first."""
    return json.dumps(
        {
            "old": comparison.old.document.name,
            "new": comparison.new.document.name,
            "before": comparison.before,
            "after": comparison.after,
            "net": comparison.net,
            "counts": {change.value: comparison.count(change) for change in Change},
            "classes": [
                {
                    "class": c.requirement_class.value,
                    "before": c.before,
                    "after": c.after,
                    "net": c.net,
                    "kept": c.kept,
                    "reworded": c.reworded,
                    "new": c.new,
                    "gone": c.gone,
                }
                for c in comparison.classes
            ],
            "displacement": comparison.displaced,
            "shifts": [
                {"fell": s.fell.value, "rose": s.rose.value, "fall": s.fall, "rise": s.rise}
                for s in comparison.shifts
            ],
            "moved": [
                {"from": before.value, "to": after.value, "count": count}
                for (before, after), count in comparison.moved.most_common()
            ],
            "parameter_stability": comparison.parameter_stability,
            "pairs": [change_record(m) for m in comparison.matches],
        },
        ensure_ascii=False,
        indent=2,
    )


def changes_csv(comparison: Comparison) -> str:
    return csv_text([FIELDS, *(list(change_record(m).values()) for m in comparison.matches)])


def changes_table(comparison: Comparison, width: int) -> Iterator[str]:
    """First the figures and what they mean, then every change with its sentences."""
    yield f"{plain(comparison.old.document.name)}  →  {plain(comparison.new.document.name)}"
    yield ""
    yield from _figures(comparison, width)
    yield ""
    yield from in_words(comparison, width)
    for change in (Change.NEW, Change.GONE, Change.REWORDED, Change.KEPT):
        matches = [m for m in comparison.matches if m.change is change]
        if matches:
            yield ""
            yield f"{WORDS[change]} ({len(matches)})"
            for match in matches:
                yield from _match(match, width)


def _figures(comparison: Comparison, width: int) -> Iterator[str]:
    """As many columns as there is room for."""
    titles = ["Før", "Nå", "Endring", "Beholdt", "Omskrevet", "Nye", "Borte"]
    if width < _NAME + _COLUMN * len(titles):
        titles = titles[:3]
    rows = [(NAMES[c.requirement_class], _values(c)) for c in comparison.classes]
    rows.append(
        ("Sum krav", [sum(column) for column in zip(*(_values(c) for c in comparison.classes), strict=True)])
    )
    column = _COLUMN if width >= _NAME + _COLUMN * len(titles) else 7
    yield f"{'Klasse':<{_NAME}}" + "".join(f"{title:>{column}}" for title in titles)
    yield "─" * (_NAME + column * len(titles))
    for name, values in rows:
        numbers = (f"{v:+}" if place == 2 else str(v) for place, v in enumerate(values[: len(titles)]))
        yield f"{name:<{_NAME}}" + "".join(f"{number:>{column}}" for number in numbers)


def _values(c: ClassChange) -> list[int]:
    return [c.before, c.after, c.net, c.kept, c.reworded, c.new, c.gone]


def in_words(comparison: Comparison, width: int) -> Iterator[str]:
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
    for sentence in sentences:
        yield from textwrap.wrap(sentence, max(width, 40), break_on_hyphens=False)


def _net(comparison: Comparison) -> str:
    share = comparison.net_share
    part = "" if share is None else f" ({share * 100:+.0f} prosent)".replace("-", "−")
    if comparison.net == 0:
        return f"Antallet krav er det samme: {comparison.after}."
    direction = "flere" if comparison.net > 0 else "færre"
    return f"Det er {abs(comparison.net)} {direction} krav enn før{part}: {comparison.before} ble til {comparison.after}."


def _match(match: Match, width: int) -> Iterator[str]:
    old, new = match.old, match.new
    if match.change is Change.REWORDED and old is not None and new is not None:
        moved = "" if old.requirement_class is new.requirement_class else f" → {NAMES[new.requirement_class]}"
        yield from _wrapped(f"  {NAMES[old.requirement_class]}{moved}, før: ", old.quote, width)
        yield from _wrapped("      nå: ", new.quote, width)
        return
    one = new or old
    if one is not None:
        yield from _wrapped(f"  {NAMES[one.requirement_class]}: ", one.quote, width)


def _wrapped(label: str, quote: str, width: int) -> list[str]:
    return textwrap.wrap(
        label + plain(quote),
        max(width, 40),
        subsequent_indent="      ",
        break_on_hyphens=False,
        drop_whitespace=True,
    )
