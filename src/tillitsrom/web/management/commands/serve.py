"""`tillitsrom serve`: the web server and the worker together, for an installation of one machine."""

import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from tillitsrom.serving import Servers


class Command(BaseCommand):
    help = "Start nettløsningen og arbeideren som leser dokumenter. Stopp med Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adressen å svare på (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="porten å svare på (8000)")
        parser.add_argument("--workers", type=int, default=2, help="antall nettprosesser (2)")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        servers = Servers(Path(sys.executable), options["host"], options["port"], workers=options["workers"])
        signal.signal(signal.SIGINT, servers.stop)
        signal.signal(signal.SIGTERM, servers.stop)
        servers.start()
        if servers.wait_until_up():
            self.stdout.write(f"Tillitsrom svarer på http://{options['host']}:{options['port']}")
        sys.exit(servers.join())
