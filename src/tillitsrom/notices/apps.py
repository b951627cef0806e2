from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tillitsrom.notices"
    label = "notices"
