"""The system on one's own machine, as `./start` runs it: loopback only, SQLite, a secret made at the first start."""

import secrets

from .base import *
from .base import VAR_DIR, env


def _local_secret() -> str:
    """A secret of this machine's own, kept in the var folder, so that log-ins survive a restart."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")


DEBUG = False
SECRET_KEY = env.str("TILLITSROM_SECRET_KEY", default="") or _local_secret()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DEMO_ALLOWED = True
