from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "tillitsrom.outcomes"
    label = "outcomes"
