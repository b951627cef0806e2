"""Agreements made ready for the pages: sources as links, rules by form, the wheel by month."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Reason

from . import load
from .models import LocalAgreement, WheelPoint
from .schema import WEIGHT, CaseForm, Provision, Rule, RuleSet

_LAW = re.compile(r"^(lov|forskrift)-(\d{4}-\d{2}-\d{2}(?:-\d+)?)(?: (§+) ?(.+))?$")
FORM_TONES = {
    CaseForm.INFORMATION: "neutral",
    CaseForm.CONSULTATION: "info",
    CaseForm.COMMITTEE: "info",
    CaseForm.DISCUSSION: "success",
    CaseForm.NEGOTIATION: "warning",
}
STATUS_TONES = {
    "negotiating": "warning",
    "signed": "info",
    "in_force": "success",
    "evaluated": "success",
    "replaced": "neutral",
    "terminated": "neutral",
}
DECIDES: dict[str, Reason] = {
    "employer": _("The employer decides"),
    "committee": _("The committee decides"),
    "board": _("A joint board or the ministry decides"),
    "ministry": _("The ministry decides"),
    "council": _("The political leadership decides"),
    "agreement": _("Nothing holds until the parties agree"),
}
WRITES: dict[str, Reason] = {
    "employer": _("the employer"),
    "committee": _("the committee"),
    "both": _("the parties together"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A source as a link: the section of a law at Lovdata, or a page by the name of its site."""

    label: str
    url: str


def source_of(reference: str) -> Source:
    found = _LAW.match(reference)
    if found is None:
        return Source(urlsplit(reference).netloc.removeprefix("www."), reference)
    kind, number, _sign, section = found.groups()
    place = f"/§{section.split(',')[0].split(' og ')[0].strip()}" if section else ""
    path = quote(f"{kind}/{number}{place}".replace(" ", ""), safe="/§-")
    label = f"{kind} {number}" + (f" § {section}" if section else "")
    return Source(label, f"https://lovdata.no/{path}")


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether a statement is confirmed for the day, in words."""

    confirmed: bool
    label: Reason
    why: Reason


def mark_of(provision: Provision, on: date) -> Mark:
    if provision.verified_on(on):
        return Mark(True, _("Confirmed"), _("The text of the provision was read."))
    if provision.verified and provision.valid_from is not None and on < provision.valid_from:
        return Mark(False, _("Not confirmed"), _("It does not hold yet."))
    if provision.verified:
        return Mark(
            False,
            _("Not confirmed"),
            _("Read in an earlier edition. The edition that holds now was not read."),
        )
    return Mark(False, _("Not confirmed"), _("A suggestion: the text of the provision was not read."))


def area_shown(rule_set: RuleSet, today: date) -> dict[str, Any]:
    """What the page of an area needs."""
    ordered = sorted(rule_set.rules.values(), key=lambda rule: -WEIGHT[rule.form])
    groups = [(form, [r for r in ordered if r.form == form]) for form in reversed(CaseForm.values)]
    return {
        "area": rule_set,
        "today": today,
        "standing": rule_set.standing_text(today),
        "groups": [(CaseForm(form), rules) for form, rules in groups if rules],
        "forms": [
            (one, rule_set.minutes[one.form], rule_set.paths[one.form]) for one in rule_set.forms.values()
        ],
        "statutes": [one for one in load.statutes().values() if rule_set.code in one.areas],
    }


def questions_in_words(rule_set: RuleSet, rule: Rule) -> tuple[list[Any], list[Any]]:
    """The questions that a rule asks, to be answered yes, and those to be answered no."""
    return (
        [rule_set.questions[name].text for name in rule.conditions],
        [rule_set.questions[name].text for name in rule.unless],
    )


def wheel_of(agreement: LocalAgreement) -> list[tuple[Any, list[WheelPoint]]]:
    """The annual wheel month by month; months with nothing are left out."""
    by_month: dict[int, list[WheelPoint]] = {}
    for point in agreement.wheel.all():
        by_month.setdefault(point.month, []).append(point)
    return [(MONTHS[month], by_month[month]) for month in sorted(by_month)]
