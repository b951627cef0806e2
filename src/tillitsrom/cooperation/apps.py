from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "tillitsrom.cooperation"
    label = "cooperation"
