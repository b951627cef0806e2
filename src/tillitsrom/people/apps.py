from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tillitsrom.people"
    label = "people"
