"""Every rule, in the order of the codes."""

from tillitsrom.reading.check import goals, people
from tillitsrom.reading.check.model import Rule

RULES: tuple[Rule, ...] = (*goals.RULES, *people.RULES)
BY_CODE = {rule.code: rule for rule in RULES}
