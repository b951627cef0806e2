from django.apps import AppConfig


class ControlsConfig(AppConfig):
    name = "tillitsrom.controls"
    label = "controls"

    def ready(self) -> None:
        from . import about  # noqa: F401  # cases can be about a control measure from now on
