"""Django's command line, for developers; installed systems use `tillitsrom manage`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillitsrom.settings.local")
execute_from_command_line(sys.argv)
