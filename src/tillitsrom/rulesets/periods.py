"""Days counted in months."""

import calendar
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_day_after(last: date | None, today: date) -> date:
    """The day after the last one, but never before today; today where there is no last day."""
    return max(last + timedelta(days=1), today) if last is not None else today
