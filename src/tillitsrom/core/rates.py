"""How many requests one caller may make in a minute: a fixed window counted in the cache.

The cache is each process's own unless the installation sets a shared one, so N processes allow up to N times the limit. That is
enough to stop a runaway script; it is no defence against an attack, which belongs in the proxy in front.
"""

import time

from django.core.cache import cache


def take(bucket: str, *, limit: int, seconds: int = 60) -> int:
    """Count one request. Returns 0 while there is room, else the seconds until there is room again."""
    now = time.time()
    window = int(now // seconds)
    key = _key(bucket, window)
    if cache.add(key, 1, timeout=seconds + 1):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:
        # The cache threw the counter away between the two calls; the window starts anew.
        cache.set(key, 1, timeout=seconds + 1)
        return 0
    return 0 if count <= limit else max(1, int((window + 1) * seconds - now))


def is_full(bucket: str, *, limit: int, seconds: int = 60) -> bool:
    """Whether so many were counted already in this window; counts nothing itself."""
    return int(cache.get(_key(bucket, int(time.time() // seconds)), 0)) >= limit


def _key(bucket: str, window: int) -> str:
    return f"rate:{bucket}:{window}"
