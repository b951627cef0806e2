from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "tillitsrom.register"
    label = "register"
