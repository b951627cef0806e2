"""Make the first system administrator of an installation: the one who lets everybody else in."""

import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from tillitsrom.people import actions
from tillitsrom.people.models import Level, User

PASSWORD_VARIABLE = "TILLITSROM_ADMINISTRATOR_PASSWORD"  # noqa: S105  # the name of a variable


class Command(BaseCommand):
    help = (
        "Lag en systemadministrator. Kommandoen spør om det du ikke oppgir. Passordet leses fra "
        f"{PASSWORD_VARIABLE}. Er det tomt, blir du spurt. Det kan ikke oppgis på kommandolinjen, der andre kan se det."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", help="e-postadressen å logge inn med")
        parser.add_argument("--name", help="navnet på personen")
        parser.add_argument(
            "--organisation", help="navnet på virksomheten, som blir laget hvis den ikke finnes"
        )
        parser.add_argument(
            "--level", choices=Level.values, default=Level.OTHER, help="forvaltningsnivået til virksomheten"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            email = options["email"] or input("E-postadresse: ").strip()
            name = options["name"] or input("Navn: ").strip()
            organisation = options["organisation"] or input("Virksomhet: ").strip()
            password = os.environ.get(PASSWORD_VARIABLE) or getpass.getpass("Passord: ")
        except (EOFError, KeyboardInterrupt):
            raise CommandError(
                "Ingenting ble laget, for det var ingen å spørre. Oppgi alt på kommandolinjen."
            ) from None
        # One language for the whole command, also for what the checks say.
        with translation.override("nb"):
            try:
                validate_password(password, User(email=email, name=name))
                person = actions.make_administrator(
                    actor=None,
                    email=email,
                    name=name,
                    password=password,
                    organisation=organisation,
                    level=options["level"],
                )
            except ValidationError as error:
                raise CommandError("Ingenting ble laget. " + " ".join(error.messages)) from error
        self.stdout.write(f"{person.name} ({person.email}) er nå systemadministrator i {organisation}.")
