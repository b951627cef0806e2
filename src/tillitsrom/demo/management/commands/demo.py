"""`tillitsrom demo`: load the demo data into an empty database, or say which log-ins it has."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tillitsrom.demo import loader
from tillitsrom.people.models import User


class Command(BaseCommand):
    help = "Last inn demodata i en tom database. Rører aldri en database som har data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="gjør ingenting hvis databasen har data")
        parser.add_argument("--log-ins", action="store_true", help="skriv ut demobrukerne")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["log_ins"]:
            self.show_log_ins()
            return
        if not settings.DEMO_ALLOWED:
            raise CommandError(
                "Demodata er slått av her. Sett TILLITSROM_DEMO_ALLOWED=true for å tillate dem."
            )
        try:
            loader.load(self.stdout.write)
        except loader.NotEmpty:
            if options["if_empty"]:
                return
            raise CommandError(
                "Databasen har data fra før, så demodata lastes ikke inn. Bruk en tom database."
            ) from None
        self.stdout.write("Demodata er lastet inn.")
        self.show_log_ins()

    def show_log_ins(self) -> None:
        """Only addresses of the demo that are in this database; nothing where there are none."""
        known = set(User.objects.values_list("email", flat=True))
        rows = [row for row in loader.story()["people"] if row["email"] in known]
        if not rows:
            return
        self.stdout.write(f"  Demobrukere (passord for alle: {loader.PASSWORD})")
        for row in rows:
            self.stdout.write(f"    {row['email']:<36} {row['title']}")
