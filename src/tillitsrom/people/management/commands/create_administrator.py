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
        "Make a system administrator. Asks for what is not given. The password is read from "
        f"{PASSWORD_VARIABLE} or asked for; it is never an argument, since arguments are seen by others."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", help="the e-mail address to log in with")
        parser.add_argument("--name", help="the person's name")
        parser.add_argument("--organisation", help="the organisation's name; made if it is not there")
        parser.add_argument(
            "--level", choices=Level.values, default=Level.OTHER, help="the organisation's level"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            email = options["email"] or input("E-mail address: ").strip()
            name = options["name"] or input("Name: ").strip()
            organisation = options["organisation"] or input("Organisation: ").strip()
            password = os.environ.get(PASSWORD_VARIABLE) or getpass.getpass("Password: ")
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Nothing was made: there was nobody to ask.") from None
        # One language for the whole command, also for what the checks say.
        with translation.override("en"):
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
                raise CommandError("Nothing was made. " + " ".join(error.messages)) from error
        self.stdout.write(f"{person.name} ({person.email}) is now system administrator in {organisation}.")
