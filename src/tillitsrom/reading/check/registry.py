"""Every rule, in the order of the codes."""

from tillitsrom.reading.check import dates, goals, people, repeats, wording
from tillitsrom.reading.check.model import Rule

RULES: tuple[Rule, ...] = (*goals.RULES, *people.RULES, *repeats.RULES, *dates.RULES, *wording.RULES)
BY_CODE = {rule.code: rule for rule in RULES}
