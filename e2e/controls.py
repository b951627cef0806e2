"""The story's control measure: proposed by the manager, not yet discussed."""

from datetime import timedelta

from django.utils import timezone

from tillitsrom.controls.actions import measures
from tillitsrom.people.models import Organisation, User


def build(manager: User, organisation: Organisation) -> None:
    today = timezone.localdate()
    measures.register(
        actor=manager,
        organisation=organisation,
        unit=None,
        values={
            "title": "Temperatur i medisinrommet", "purpose": "Medisinene skal holde seg.", "basis": "Forskriften § 4",
            "imposed_by": "municipality", "group_covered": "De som har vakt", "data_collected": "Temperatur\nKlokkeslett",
            "retention": "Ett år", "minutes_a_week": 70, "starts_on": today, "assumed_end": today + timedelta(days=200),
            "next_evaluation": today + timedelta(days=100),
        },
    )  # fmt: skip
