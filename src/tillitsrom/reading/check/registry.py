"""Every rule, in the order of the codes."""

from tillitsrom.reading.check import dates, goals, people, repeats, reports, wording
from tillitsrom.reading.check.model import Rule

RULES: tuple[Rule, ...] = (
    *goals.RULES,
    *people.RULES,
    *reports.RULES,
    *repeats.RULES,
    *dates.RULES,
    *wording.RULES,
)
BY_CODE = {rule.code: rule for rule in RULES}
