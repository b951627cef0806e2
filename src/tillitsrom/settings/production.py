"""The system on a server. Refuses to start without a secret and the host names it answers to."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import VAR_DIR, env

try:
    VAR_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"TILLITSROM_VAR: {VAR_DIR}: {error.strerror}") from None

DEBUG = False
SECRET_KEY = env.str("TILLITSROM_SECRET_KEY")
ALLOWED_HOSTS = env.list("TILLITSROM_HOSTS")
# A leading dot means every host below a domain; here that is written with a star.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]
SITE_URL = env.str("TILLITSROM_SITE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
SECURE_SSL_REDIRECT = True
# Whoever asks whether the server is up asks it directly, not through the proxy.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
DEMO_ALLOWED = env.bool("TILLITSROM_DEMO_ALLOWED", default=False)
