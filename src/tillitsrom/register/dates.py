"""Deadlines as the counting rules write them (date, month or year), and the last day they allow."""

import calendar
import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

_FORM = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def last_day(deadline: str) -> date | None:
    """The last day that a deadline allows: 2026 → 31 December 2026, 2026-06 → 30 June 2026; None for no deadline.

    Raises ValidationError for anything that is not a date, a month or a year.
    """
    if not deadline:
        return None
    found = _FORM.match(deadline)
    try:
        if found is None:
            raise ValueError(deadline)
        year, month, day = (int(part) if part else None for part in found.groups())
        if year is None or month is None:
            return date(int(found[1]), 12, 31)
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        raise ValidationError(
            _(
                "%(value)s is not a date. Write it as 2026-06-30, or only 2026-06 for a month and 2026 for a year."
            ),
            params={"value": deadline},
        ) from None


def in_words(deadline: str) -> str:
    """The deadline as the reader's language writes it: 30. juni 2026, juni 2026 or 2026."""
    last = last_day(deadline)
    if last is None:
        return ""
    if len(deadline) == 4:
        return deadline
    return formats.date_format(last, "DATE_FORMAT" if len(deadline) == 10 else "YEAR_MONTH_FORMAT")
