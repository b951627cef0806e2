from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "tillitsrom.core"
    label = "core"

    def ready(self) -> None:
        """Collect the kinds of event that each slice declares in its `events.py`, and what it does when a person is erased."""
        autodiscover_modules("events", "actions.erasure")
