"""Who listens to the signals of a request."""

from django.core import signals
from django.core.cache import close_caches
from django.core.handlers.base import reset_urlconf
from django.db import close_old_connections, connections, reset_queries
from django.dispatch import Signal

# They look at what their own thread holds, and the event loop's holds nothing.
_DJANGOS = frozenset({reset_queries, close_old_connections, close_caches, reset_urlconf})


class Listeners:
    """Those that are connected now; a project may connect more at any time."""

    def __init__(self, sender: type) -> None:
        self._sender = sender
        self._found: tuple[list[object], list[object]] | None = None
        self._only_djangos = False

    def are_only_djangos(self) -> bool:
        """Whether nobody would notice if the signals were not sent."""
        receivers = (signals.request_started.receivers, signals.request_finished.receivers)
        if receivers != self._found:
            self._found = (list(receivers[0]), list(receivers[1]))
            self._only_djangos = all(
                self._are_djangos(signal)
                for signal in (signals.request_started, signals.request_finished)
            )
        return self._only_djangos

    def can_be_told_inline(self, signal: Signal) -> bool:
        """Whether nobody listens but Django, and nothing of this thread is in its way."""
        return self._are_djangos(signal) and all(
            one.connection is None for one in connections.all(initialized_only=True)
        )

    def _are_djangos(self, signal: Signal) -> bool:
        synchronous, asynchronous = signal._live_receivers(sender=self._sender)
        return not asynchronous and _DJANGOS.issuperset(synchronous)
