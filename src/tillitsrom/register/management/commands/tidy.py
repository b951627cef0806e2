"""`tillitsrom manage tidy`: remove what has served its purpose. The worker does it once a day by itself."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tillitsrom.core import periodic
from tillitsrom.people import actions
from tillitsrom.register import jobs


class Command(BaseCommand):
    help = "Fjern utløpte økter, gamle innloggingsforsøk, utløpte nøkler og avsluttede jobber."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        removed = actions.tidy(actor=None, now=now)
        jobs_removed = jobs.forget_ended(now)
        others = sum(periodic.tidy_all(now).values())
        self.stdout.write(
            f"Fjernet {removed['sessions']} økter, {removed['attempts']} innloggingsforsøk, "
            f"{removed['keys']} nøkler, {jobs_removed} jobber og {others} annet."
        )
