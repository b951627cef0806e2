from django.apps import AppConfig


class RulesetsConfig(AppConfig):
    name = "tillitsrom.rulesets"
    label = "rulesets"
