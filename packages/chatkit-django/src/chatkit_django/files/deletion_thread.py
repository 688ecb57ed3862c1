"""One thread of this process for bytes whose deletion nobody waits for: a storage may be far away,
and whoever deletes a thread with fifty files shall not make as many round trips."""

import logging
import threading
from collections.abc import Callable, Sequence

from django.db import Error, connections

logger = logging.getLogger(__name__)

MOST_WAITING = 10_000


class DeletionThread:
    """Calls ``discard`` with the names it is given. It runs while there are any, and dies with
    its process: what it has not done then, ``chatkit_collect`` does."""

    def __init__(
        self, discard: Callable[[Sequence[str]], object], most_waiting: int = MOST_WAITING
    ) -> None:
        self._discard = discard
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._waiting: list[str] = []
        self._thread: threading.Thread | None = None

    def add(self, names: Sequence[str]) -> bool:
        """False, and nothing is done, if too many wait already."""
        with self._lock:
            if len(self._waiting) + len(names) > self._most_waiting:
                return False
            self._waiting += names
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._work, name="chatkit-deletion", daemon=True
                )
                self._thread.start()
        return True

    def settle(self, seconds: float) -> bool:
        """Wait for its end; False if it has not come within so many seconds."""
        thread = self._thread
        if thread is None:
            return True
        thread.join(seconds)
        return not thread.is_alive()

    def _work(self) -> None:
        while names := self._next():
            try:
                self._discard(names)
            except Error:
                logger.exception("%s files wait for chatkit_collect", len(names))
            finally:
                connections.close_all()

    def _next(self) -> list[str]:
        with self._lock:
            names, self._waiting = self._waiting, []
            if not names:
                self._thread = None  # the next name starts another one
        return names
