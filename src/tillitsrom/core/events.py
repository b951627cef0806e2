"""The event log: kinds are registered where they happen, with the sentence people see and what erasure removes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tillitsrom.core.decisions import Reason
    from tillitsrom.core.models import Event
    from tillitsrom.people.models import User

KINDS: dict[str, "EventKind"] = {}
# What slices do when a person is erased, beyond the log: called in the same transaction, before anything is removed.
ERASERS: list[Callable[["User"], None]] = []


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event.

    `sentence` has named placeholders that the event's data fills. `personal` names the keys of the data that are about a
    person and are removed when that person is erased; an empty tuple is a decision, not an omission.
    """

    code: str
    sentence: "Reason"
    personal: tuple[str, ...]


def register(*kinds: EventKind) -> None:
    """Make kinds known. The same code twice is a mistake."""
    for kind in kinds:
        if kind.code in KINDS:
            raise ValueError(f"event kind {kind.code!r} is registered twice")
        KINDS[kind.code] = kind


def when_erased(eraser: Callable[["User"], None]) -> Callable[["User"], None]:
    """Register what a slice must do to its own tables when a person is erased. A decorator."""
    ERASERS.append(eraser)
    return eraser


def subject_of(obj: models.Model) -> tuple[str, int]:
    return obj._meta.label_lower, int(obj.pk)


def record(
    kind: str, *, subject: models.Model, actor: "User | None", data: Mapping[str, Any] | None = None
) -> "Event":
    """Write one event in the caller's transaction. `actor` is None only for what the system did by itself."""
    return record_many(kind, subjects=[subject], actor=actor, data=[data or {}])[0]


def record_many(
    kind: str,
    *,
    subjects: Iterable[models.Model],
    actor: "User | None",
    data: Iterable[Mapping[str, Any]],
) -> list["Event"]:
    """Write one event per subject with one statement; an unregistered kind is an error."""
    from tillitsrom.core.models import Event

    if kind not in KINDS:
        raise KeyError(f"event kind {kind!r} is not registered")
    rows = []
    for subject, values in zip(subjects, data, strict=True):
        subject_type, subject_id = subject_of(subject)
        rows.append(
            Event(
                kind=kind,
                subject_type=subject_type,
                subject_id=subject_id,
                actor=actor,
                by_system=actor is None,
                data=dict(values),
            )
        )
    return Event.objects.bulk_create(rows)


def history(obj: models.Model) -> models.QuerySet["Event"]:
    """What happened to the object, oldest first."""
    from tillitsrom.core.models import Event

    subject_type, subject_id = subject_of(obj)
    return (
        Event.objects.filter(subject_type=subject_type, subject_id=subject_id)
        .select_related("actor")
        .order_by("at", "pk")
    )


def sentence(event: "Event") -> str:
    """The event as a sentence in the reader's language."""
    kind = KINDS.get(event.kind)
    if kind is None:
        return event.kind
    values = _Lenient(event.data)
    if isinstance(values.get("fields"), list):
        values["fields"] = field_names(event.subject_type, values["fields"])
    return str(kind.sentence) % values


def field_names(subject_type: str, fields: list[str]) -> str:
    """The names of changed fields in the reader's language, as the event's data holds them in code."""
    model = apps.get_model(subject_type)
    return ", ".join(str(getattr(model._meta.get_field(field), "verbose_name", field)) for field in fields)


def who(event: "Event", reader: "User | AnonymousUser") -> str:
    """Who did it, as this reader may see it: colleagues see names, the public sees that a person did."""
    if event.actor is None:
        return _("Tillitsrom") if event.by_system else _("a person who has been erased")
    return event.actor.name if reader.is_authenticated else _("a person")


class _Lenient(dict[str, Any]):
    """Data whose personal parts were erased still makes a sentence."""

    def __missing__(self, key: str) -> str:
        return "…"
