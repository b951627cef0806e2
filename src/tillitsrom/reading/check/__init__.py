"""Check a steering document against what is known to make steering heavy: one finding a line, each with its place.

Reading order: model, config, letter, the rules (goals, people, reports, repeats, dates, wording), registry, texts, engine,
output, command.
"""

from tillitsrom.reading.check.config import Config, ConfigError, Silence
from tillitsrom.reading.check.engine import Result, Silenced, check, examine
from tillitsrom.reading.check.model import Finding, Phrase, Related, Rule, Severity
from tillitsrom.reading.check.registry import RULES

__all__ = [
    "RULES", "Config", "ConfigError", "Finding", "Phrase", "Related", "Result", "Rule", "Severity", "Silence", "Silenced",
    "check", "examine",
]  # fmt: skip
