"""What every way of running the system shares."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

env = environ.Env()

# Where the database file, uploaded documents and the local secret live; never inside the package.
VAR_DIR = Path(env.str("TILLITSROM_VAR", default=str(Path.cwd() / "var")))
DOCUMENTS_DIR = VAR_DIR / "documents"

INSTALLED_APPS = [
    "tillitsrom.web",
    "tillitsrom.core",
    "tillitsrom.people",
    "tillitsrom.notices",
    "tillitsrom.register",
    "tillitsrom.signals",
    "tillitsrom.rulesets",
    "tillitsrom.cooperation",
    "tillitsrom.controls",
    "tillitsrom.outcomes",
    "tillitsrom.ledger",
    "tillitsrom.checking",
    "tillitsrom.insights",
    "tillitsrom.portal",
    "tillitsrom.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "tillitsrom.web.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tillitsrom.core.middleware.BoundsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tillitsrom.core.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tillitsrom.urls"
WSGI_APPLICATION = "tillitsrom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tillitsrom.web.context.shell",
            ],
        },
    }
]

# Every form is drawn in the design system's markup.
FORM_RENDERER = "tillitsrom.web.forms.Renderer"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "tillitsrom.people.backends.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# Ten wrong passwords for an address from one place lock that pair for a quarter of an hour. Addresses of machines are kept
# no longer than the lock needs (see the retention table in docs/operations.md).
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "tillitsrom.core.http.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database() -> dict[str, object]:
    """SQLite in the var folder, or what TILLITSROM_DATABASE_URL says."""
    url = env.str("TILLITSROM_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'tillitsrom.sqlite3'}")
    config: dict[str, object] = env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # WAL lets readers go on while one writes; IMMEDIATE makes writers queue instead of failing half-way.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;"
            "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;",
        }
    else:
        config["OPTIONS"] = {
            "pool": {"min_size": 1, "max_size": env.int("TILLITSROM_DATABASE_POOL", default=8)}
        }
    return config


DATABASES = {"default": database()}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
FORMAT_MODULE_PATH = ["tillitsrom.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tillitsrom.web.views.csrf_failure"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("TILLITSROM_BEHIND_PROXY", default=False) else None
)

EMAIL_CONFIG = env.email_url("TILLITSROM_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("TILLITSROM_EMAIL_FROM", default="Tillitsrom <ikke-svar@tillitsrom.example>")

# Uploads are hostile until read: these bound what one document may cost.
UPLOAD_MAX_BYTES = env.int("TILLITSROM_UPLOAD_MAX_BYTES", default=30 * 1024 * 1024)
UPLOAD_MAX_FILES = 20
UPLOAD_MAX_PAGES = env.int("TILLITSROM_UPLOAD_MAX_PAGES", default=1000)
UPLOAD_MAX_SECONDS = env.int("TILLITSROM_UPLOAD_MAX_SECONDS", default=120)
UPLOAD_MAX_MEMORY_MB = env.int("TILLITSROM_UPLOAD_MAX_MEMORY_MB", default=1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A draft that is checked is read while a person waits, and kept in memory, so it may cost less.
CHECK_MAX_BYTES = env.int("TILLITSROM_CHECK_MAX_BYTES", default=10 * 1024 * 1024)
CHECK_MAX_SECONDS = env.int("TILLITSROM_CHECK_MAX_SECONDS", default=20)
CHECKS_PER_MINUTE = env.int("TILLITSROM_CHECKS_PER_MINUTE", default=10)
# The addresses that take files, and how much one request to each may carry.
UPLOAD_PATHS = {
    "/dokumenter/ny/": UPLOAD_MAX_FILES * UPLOAD_MAX_BYTES,
    "/api/v1/documents": 2 * UPLOAD_MAX_BYTES,
    "/sjekk/": CHECK_MAX_BYTES,
    "/api/v1/check": CHECK_MAX_BYTES,
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Public facts about the installation, shown on its pages.
SITE_NAME = "Tillitsrom"
# The address that e-mails point back to, and the hour of the day (local time) when digests go out.
SITE_URL = env.str("TILLITSROM_SITE_URL", default="http://127.0.0.1:8000")
DIGEST_HOUR = env.int("TILLITSROM_DIGEST_HOUR", default=7)
ACCESSIBILITY_STATEMENT_URL = env.str("TILLITSROM_ACCESSIBILITY_STATEMENT_URL", default="")
CONTACT_EMAIL = env.str("TILLITSROM_CONTACT_EMAIL", default="post@tillitsrom.example")
SECURITY_CONTACT = env.str("TILLITSROM_SECURITY_CONTACT", default="mailto:sikkerhet@tillitsrom.example")
# Where the source code of this installation can be had; the licence asks for it when the code was changed.
SOURCE_URL = env.str("TILLITSROM_SOURCE_URL", default="")
# The organisation's own hourly wage and hours a year for the standard cost model; empty for the examples in the package.
STANDARD_COST_FILE = env.str("TILLITSROM_STANDARD_COST_FILE", default="")
# The house rules of signals (promised days, working time); empty for the file in the package. No group is shown that is smaller.
SIGNALS_FILE = env.str("TILLITSROM_SIGNALS_FILE", default="")
OUTCOMES_FILE = env.str("TILLITSROM_OUTCOMES_FILE", default="")
CONTROLS_FILE = env.str("TILLITSROM_CONTROLS_FILE", default="")
LEDGER_FILE = env.str("TILLITSROM_LEDGER_FILE", default="")
SMALLEST_GROUP = max(3, env.int("TILLITSROM_SMALLEST_GROUP", default=5))
# A corpus made by `tillitsrom corpus build`, shown to everyone on the insight pages; empty for none.
CORPUS = env.str("TILLITSROM_CORPUS", default="")
API_REQUESTS_PER_MINUTE = env.int("TILLITSROM_API_REQUESTS_PER_MINUTE", default=300)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"tillitsrom": {"level": "INFO"}},
}
