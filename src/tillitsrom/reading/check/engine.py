"""The one way in: a reading goes in, the findings come out in the document's order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tillitsrom.reading.check.config import Config, Silence
from tillitsrom.reading.check.letter import Letter
from tillitsrom.reading.check.model import Finding, Rule
from tillitsrom.reading.check.registry import RULES
from tillitsrom.reading.check.texts import message
from tillitsrom.reading.model import Reading
from tillitsrom.reading.report import plain

_DEFAULT = Config()


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that somebody has accepted, with the silence that says why."""

    finding: Finding
    silence: Silence


@dataclass(frozen=True, slots=True)
class Result:
    """All that was found: what is to be looked at, and what was looked at before."""

    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()

    @property
    def used(self) -> frozenset[Silence]:
        """The silences that silenced something here."""
        return frozenset(one.silence for one in self.silenced)


def check(
    reading: Reading,
    *,
    previous: Reading | None = None,
    others: Sequence[Reading] = (),
    config: Config = _DEFAULT,
) -> tuple[Finding, ...]:
    """Try every rule that is wanted; what is silenced with a reason is left out."""
    return examine(reading, previous=previous, others=others, config=config).findings


def examine(
    reading: Reading,
    *,
    previous: Reading | None = None,
    others: Sequence[Reading] = (),
    config: Config = _DEFAULT,
) -> Result:
    """The same, with what was silenced beside what was not."""
    letter = Letter(reading, previous, others, config)
    found = [finding for rule in RULES if config.wants(rule.code) for finding in _findings(rule, letter)]
    loud: list[Finding] = []
    quiet: list[Silenced] = []
    for finding in sorted(found, key=lambda f: (f.start, f.code, f.end)):
        silences = [silence for silence in config.silence if _silenced(finding, silence)]
        quiet += [Silenced(finding, silence) for silence in silences]
        if not silences:
            loud.append(finding)
    return Result(tuple(loud), tuple(quiet))


def _findings(rule: Rule, letter: Letter) -> Iterator[Finding]:
    for mark in rule.find(letter):
        yield Finding(
            rule.code,
            rule.severity,
            mark.start,
            mark.end,
            letter.reading.document.page_at(mark.start),
            letter.text[mark.start : mark.end],
            message(rule, mark.values),
            mark.related,
            mark.values,
        )


def _silenced(finding: Finding, silence: Silence) -> bool:
    return finding.code.startswith(silence.code) and plain(silence.quote) in plain(finding.quote)
