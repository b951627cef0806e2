from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "tillitsrom.demo"
    label = "demo"
