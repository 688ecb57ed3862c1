"""A cache that does not answer is left alone for a while: not every request waits for it."""

import logging
import threading
from time import monotonic

from chatkit_django.metrics import METRICS

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5
LOG_SECONDS = 60


class Outage:
    """What this worker knows of one cache."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lasts = False
        self._next_try = 0.0
        self._next_line = 0.0

    def may_ask(self) -> bool:
        """Whether to ask the cache now: always while it answers, else one caller each time."""
        with self._lock:
            if self._lasts and monotonic() < self._next_try:
                return False
            self._next_try = monotonic() + RETRY_SECONDS
            return True

    def begin(self, error: Exception) -> None:
        """The cache did not answer."""
        if METRICS is not None:
            METRICS.limits_cache_failures.inc()
        with self._lock:
            now = monotonic()
            self._lasts = True
            self._next_try = now + RETRY_SECONDS
            if now < self._next_line:
                return
            self._next_line = now + LOG_SECONDS
        logger.error(
            "The cache of the limits does not answer, so the database counts until it does. "
            "This is said once a minute. %s: %s",
            type(error).__name__,
            error,
        )

    def end(self) -> None:
        """The cache has answered."""
        with self._lock:
            lasted, self._lasts = self._lasts, False
        if lasted:
            logger.warning("The cache of the limits answers again.")
