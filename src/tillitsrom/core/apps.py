from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "tillitsrom.core"
    label = "core"

    def ready(self) -> None:
        """Collect the kinds of event that each slice declares in its `events.py`."""
        autodiscover_modules("events")
