from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "tillitsrom.signals"
    label = "signals"
