"""What `tillitsrom check` does between the command line and the library."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tillitsrom.reading.check.config import Config, ConfigError, Silence, find_config, load_config, with_codes
from tillitsrom.reading.check.engine import examine
from tillitsrom.reading.check.model import Severity
from tillitsrom.reading.check.output import Checked
from tillitsrom.reading.check.registry import RULES
from tillitsrom.reading.model import Reading


def configuration(
    named: str | None, files: Sequence[str], select: Iterable[str], ignore: Iterable[str], fail_on: str | None
) -> Config:
    """The configuration of a run: the named file, or the nearest one above the first document or where one stands."""
    path = Path(named) if named else find_config(*(Path(f).parent for f in files[:1]), Path.cwd())
    config = with_codes(load_config(path) if path else Config(), split(select), split(ignore))
    return replace(config, fail_on=fail_on) if fail_on else config


def split(values: Iterable[str]) -> list[str]:
    """Codes may be given several times, or with commas between."""
    return [code for value in values for code in value.split(",")]


def check_all(
    read: Sequence[tuple[str, Reading]], previous: Reading | None, others: Sequence[Reading], config: Config
) -> list[Checked]:
    """Check each document by itself."""
    checked = []
    for path, reading in read:
        result = examine(reading, previous=previous, others=others, config=config)
        checked.append(Checked(path, reading, result.findings, result.silenced))
    return checked


def unused(checked: Iterable[Checked], config: Config) -> tuple[Silence, ...]:
    """The silences of rules that were tried, which silenced nothing: what they accepted is gone, so they may go too."""
    used = {one.silence for each in checked for one in each.silenced}
    return tuple(s for s in config.silence if s not in used and _tried(s.code, config))


def _tried(code: str, config: Config) -> bool:
    return any(rule.code.startswith(code) and config.wants(rule.code) for rule in RULES)


def complaint(silence: Silence) -> str:
    """A silence that is not needed, in one line."""
    return (
        f"Ubrukt: [[check.silence]] {silence.code} «{silence.quote}» ({silence.reason}) demper ingen funn. "
        "Stryk den, eller rett sitatet."
    )


def fails(checked: Iterable[Checked], config: Config) -> bool:
    """Whether anything is as severe as what the configuration says shall fail."""
    if config.fail_on == "never":
        return False
    floor = Severity(config.fail_on).rank
    return any(f.severity.rank >= floor for one in checked for f in one.findings)


__all__ = ["ConfigError", "check_all", "complaint", "configuration", "fails", "split", "unused"]
