"""The configuration of a check: which rules, which bounds, and which findings are silenced for a reason."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

FILE_NAME = "tillitsrom.toml"
FAIL_ON = ("error", "warning", "note", "never")
_LARGEST = 1_000_000


class ConfigError(ValueError):
    """A configuration that cannot be used. The message is one line in bokmål: where, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A finding that somebody has looked at and accepted, and why."""

    code: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Config:
    """What to check. Codes may be whole ("TR101") or the beginning of several ("TR1"); an empty `select` is all rules."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    cap_goals: int = 5
    crowd: int = 5
    july: bool = True
    fail_on: str = "warning"
    silence: tuple[Silence, ...] = ()

    def wants(self, code: str) -> bool:
        """Whether the rule is selected and not ignored."""
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))


def with_codes(config: Config, select: Iterable[str], ignore: Iterable[str]) -> Config:
    """The same configuration with what the command line said; what it says nothing about stays."""
    chosen, left_out = _codes(select, "--select"), _codes(ignore, "--ignore")
    return replace(config, select=chosen or config.select, ignore=left_out or config.ignore)


def find_config(*places: Path) -> Path | None:
    """The nearest `tillitsrom.toml` at or above the first place that has one."""
    for place in places:
        start = place.resolve()
        for folder in (start, *start.parents):
            candidate = folder / FILE_NAME
            if candidate.is_file():
                return candidate
    return None


def load_config(path: Path) -> Config:
    """Read `[check]` of a configuration file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: Filen kan ikke leses ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: Filen er ikke UTF-8. Lagre den som UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: Filen er ikke gyldig TOML ({error}).") from None
    try:
        return parse_config(content.get("check", {}))
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None


def parse_config(table: Any) -> Config:
    """The `[check]` table as a configuration; anything unknown or of the wrong kind is refused."""
    if not isinstance(table, Mapping):
        raise ConfigError("check skal være en tabell: [check].")
    for key in table:
        if key not in _SETTINGS:
            raise ConfigError(f"[check] har ingen innstilling «{key}». Velg blant: {', '.join(_SETTINGS)}.")
    return Config(**{key: _SETTINGS[key](value, key) for key, value in table.items()})


def _chosen_codes(value: Any, key: str) -> tuple[str, ...]:
    return _codes(_texts(value, key), key)


def _switch(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{key} skal være true eller false.")
    return value


def _level(value: Any, key: str) -> str:
    if not isinstance(value, str) or value not in FAIL_ON:
        raise ConfigError(f"{key} skal være en av: {', '.join(FAIL_ON)}.")
    return value


def _texts(value: Any, key: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ConfigError(f'{key} skal være en liste av koder, for eksempel ["TR101"].')
    return value


def _number(value: Any, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LARGEST:
        raise ConfigError(f"{key} skal være et helt tall fra 1 og oppover.")
    return int(value)


def _codes(codes: Iterable[str], where: str) -> tuple[str, ...]:
    from tillitsrom.reading.check.registry import RULES

    cleaned = tuple(code.strip().upper() for code in codes if code.strip())
    for code in cleaned:
        if not any(rule.code.startswith(code) for rule in RULES):
            raise ConfigError(
                f"{where}: Ingen regel heter «{code}». Velg blant {RULES[0].code}–{RULES[-1].code}."
            )
    return cleaned


def _silences(value: Any, _key: str) -> tuple[Silence, ...]:
    if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
        raise ConfigError("silence skal være tabeller: [[check.silence]].")
    return tuple(_silence(entry, number) for number, entry in enumerate(value, 1))


def _silence(entry: Mapping[str, Any], number: int) -> Silence:
    where = f"[[check.silence]] nr. {number}"
    for key in entry:
        if key not in ("code", "quote", "reason"):
            raise ConfigError(f"{where} har ingen innstilling «{key}». Velg blant: code, quote, reason.")
    for key in ("code", "quote", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ConfigError(
                f"{where} mangler {key}. Den som leser, skal se hva som er godtatt, og hvorfor."
            )
    (code,) = _codes([entry["code"]], where)
    return Silence(code, entry["quote"], entry["reason"])


_SETTINGS: dict[str, Callable[[Any, str], Any]] = {
    "select": _chosen_codes,
    "ignore": _chosen_codes,
    "cap_goals": _number,
    "crowd": _number,
    "july": _switch,
    "fail_on": _level,
    "silence": _silences,
}
