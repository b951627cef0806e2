"""The one way in: a reading goes in, the findings come out in the document's order."""

from collections.abc import Iterator, Sequence

from tillitsrom.reading.check.config import Config, Silence
from tillitsrom.reading.check.letter import Letter
from tillitsrom.reading.check.model import Finding, Mark, Rule
from tillitsrom.reading.check.registry import RULES
from tillitsrom.reading.model import Reading
from tillitsrom.reading.report import plain

_DEFAULT = Config()


def check(
    reading: Reading,
    *,
    previous: Reading | None = None,
    others: Sequence[Reading] = (),
    config: Config = _DEFAULT,
) -> tuple[Finding, ...]:
    """Try every rule that is wanted; what is silenced with a reason is left out."""
    letter = Letter(reading, previous, others, config)
    found = [finding for rule in RULES if config.wants(rule.code) for finding in _findings(rule, letter)]
    loud = [f for f in found if not any(_silenced(f, silence) for silence in config.silence)]
    return tuple(sorted(loud, key=lambda f: (f.start, f.code, f.end)))


def _findings(rule: Rule, letter: Letter) -> Iterator[Finding]:
    for mark in rule.find(letter):
        yield Finding(
            rule.code,
            rule.severity,
            mark.start,
            mark.end,
            letter.reading.document.page_at(mark.start),
            letter.text[mark.start : mark.end],
            _message(rule, mark),
            mark.related,
        )


def _message(rule: Rule, mark: Mark) -> str:
    return rule.message.format(**{k: plain(v) if isinstance(v, str) else v for k, v in mark.values.items()})


def _silenced(finding: Finding, silence: Silence) -> bool:
    return finding.code.startswith(silence.code) and plain(silence.quote) in plain(finding.quote)
