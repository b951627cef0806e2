from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "tillitsrom.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        from . import for_statements  # noqa: F401  # problem statements can be noted as lying in a case from now on
