from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "tillitsrom.core"
    label = "core"

    def ready(self) -> None:
        """Collect what each slice declares: kinds of event and notice, erasure, periodic work, what its forms cost,
        its part of the desk and of what a person can download about themself."""
        autodiscover_modules(
            "events", "actions.erasure", "notice_kinds", "periodic", "burden", "desk", "own_data"
        )
