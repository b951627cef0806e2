"""What every part of the story is told with: its file, the days it gives, the e-mail it keeps back, requirements by their words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from importlib import resources
from typing import Any

import yaml
from django.utils import timezone

from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.register.models import Requirement


def read(name: str) -> dict[str, Any]:
    """One file of the story."""
    raw = resources.files("tillitsrom.demo").joinpath(name).read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(raw)
    return loaded


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@contextmanager
def dated(day: date | None) -> Iterator[None]:
    """Give the events and notices written inside the day of the story, so that a history of three years reads as one.

    What happens on the same day stands in the order in which it was told.
    """
    event, notice = _last_event(), _last_notice()
    yield
    if day is not None:
        Event._meta.base_manager.filter(pk__gt=event).update(at=noon(day))
        Notice.objects.filter(pk__gt=notice).update(at=noon(day))


@contextmanager
def without_mail() -> Iterator[None]:
    """Nobody in the story is to be sent e-mail: the notices written inside stand in the application alone."""
    last = _last_notice()
    yield
    Notice.objects.filter(pk__gt=last).update(mail=Notice.Mail.NONE, next_try_at=None)


def _last_event() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _last_notice() -> int:
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def requirement_with(words: str) -> Requirement:
    """The newest requirement whose sentence has the words."""
    found = Requirement.objects.filter(quote__contains=words).order_by("-year", "pk").first()
    if found is None:
        raise LookupError(f"no requirement has the words {words!r}")
    return found
