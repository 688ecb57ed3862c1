"""Which event log the project chose."""

import logging
from collections.abc import Collection
from functools import lru_cache

from django.core.exceptions import ImproperlyConfigured

from chatkit_django.conf import EVENT_LOG
from chatkit_django.runs.event_log import EventLog, LogUnavailable

logger = logging.getLogger(__name__)

SCHEMES = ("redis://", "rediss://", "valkey://", "valkeys://")


def shared_log() -> EventLog | None:
    """Where the processes of the project find what a run says in another; None if each keeps it to
    itself. Raises ``ImproperlyConfigured``."""
    return _log_at(EVENT_LOG.get())


def outlives_runs() -> bool:
    """Whether a deleted run has to be forgotten there."""
    log = shared_log()
    return log is not None and not log.goes_with_runs


async def forget(run_ids: Collection[str]) -> None:
    """Leave nothing of runs that are deleted. What a log that does not answer has of them ends by
    itself."""
    log = shared_log()
    if log is None or log.goes_with_runs or not run_ids:
        return
    try:
        await log.forget(run_ids)
    except LogUnavailable:
        logger.warning("The event log does not answer: %s deleted runs are kept on", len(run_ids))


@lru_cache(maxsize=1)
def _log_at(place: str) -> EventLog | None:
    # What is not chosen is not loaded.
    if place == "process":
        return None
    if place == "database":
        from chatkit_django.runs.database_log import DatabaseLog

        return DatabaseLog()
    if place.startswith(SCHEMES):
        return _in_valkey(place)
    raise ImproperlyConfigured(
        f'{EVENT_LOG.name} must be "process", "database", or the address of a Redis or Valkey '
        "server, such as redis://localhost:6379/0."
    )


def _in_valkey(url: str) -> EventLog:
    try:
        import redis  # noqa: F401
    except ImportError as error:
        raise ImproperlyConfigured(
            f"{EVENT_LOG.name} names a server: install chatkit-django[valkey]."
        ) from error
    from chatkit_django.runs.valkey_log import ValkeyLog

    return ValkeyLog(url)
