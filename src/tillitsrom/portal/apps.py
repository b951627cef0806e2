from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tillitsrom.portal"
    label = "portal"
