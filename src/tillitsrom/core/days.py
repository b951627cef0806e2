"""A day as it is written in text that is kept: the same in every language, whoever reads it later."""

from datetime import date


def in_figures(day: date) -> str:
    """5.12.2026, as dates are written in both kinds of Norwegian."""
    return f"{day.day}.{day.month}.{day.year}"
