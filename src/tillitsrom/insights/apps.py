from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "tillitsrom.insights"
    label = "insights"
