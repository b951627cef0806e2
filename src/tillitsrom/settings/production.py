"""The system on a server. Refuses to start without a secret and the host names it answers to."""

from .base import *
from .base import env

DEBUG = False
SECRET_KEY = env.str("TILLITSROM_SECRET_KEY")
ALLOWED_HOSTS = env.list("TILLITSROM_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
DEMO_ALLOWED = env.bool("TILLITSROM_DEMO_ALLOWED", default=False)
