from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "tillitsrom.signals"
    label = "signals"

    def ready(self) -> None:
        # What these modules register: events, notices, the desk, the clock, erasure and a person's own data.
        from . import desk, events, kinds, own_data, periodic  # noqa: F401
        from .actions import erasure  # noqa: F401
