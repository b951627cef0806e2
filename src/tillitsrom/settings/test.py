"""Settings for tests: the same system with fast passwords, jobs run at once, and files in a folder of their own."""

import tempfile
from pathlib import Path

from .base import *
from .base import env

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105  # guards nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are served from where they lie: nothing is collected for the tests.
WHITENOISE_AUTOREFRESH = True
DOCUMENTS_DIR = Path(tempfile.gettempdir()) / "tillitsrom-test-documents"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = env.bool("TILLITSROM_TEST_AXES", default=True)
DATABASES = {
    "default": env.db_url_config(env.str("TILLITSROM_TEST_DATABASE_URL", default="sqlite:///:memory:"))
}
DEMO_ALLOWED = True
