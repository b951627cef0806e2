from django.apps import AppConfig


class CheckingConfig(AppConfig):
    name = "tillitsrom.checking"
    label = "checking"
