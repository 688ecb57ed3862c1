"""Hearing of the signal to stop before the connections are closed.

An ASGI server tells its application that it stops when all connections have ended, or have been
cut. That is too late for a stream. So its signal handlers are wrapped: ours begins the drain, then
theirs does what it always did.
"""

import asyncio
import logging
import signal
import threading
import time
import weakref
from collections.abc import Callable
from types import FrameType
from typing import Any

from chatkit_django.conf import DRAIN_SECONDS
from chatkit_django.runs import draining

logger = logging.getLogger(__name__)

ECHO_SECONDS = 2.0
"""A SIGTERM so soon after the first signal is the same one: a service manager or a terminal sends
it to all processes of the group, and the supervisor among them passes it on to its workers."""
LEFT_FOR_THE_END = 1.0
"""Seconds that are left for storing what was said before a server cuts connections."""
FOR_READERS = 0.5
"""Seconds in which readers get the last event from a process that would else die of the signal."""

_TO_STOP = [signal.SIGINT, signal.SIGTERM]
# gunicorn asks its workers by SIGQUIT to be quick, and uvicorn's worker does not listen.
_TO_HURRY = [signal.SIGQUIT] if hasattr(signal, "SIGQUIT") else []
_AT_ONCE = (signal.SIG_DFL, signal.default_int_handler)

Handler = Callable[[int, FrameType | None], Any]


def follow(loop: asyncio.AbstractEventLoop) -> None:
    """From now on a signal to stop begins the drain of the loop. Does nothing outside of the main
    thread, where Python takes no handlers; there runs are ended when the server says so."""
    if threading.current_thread() is threading.main_thread():
        _StopSignals(loop).install()


class _StopSignals:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = weakref.ref(loop)
        self._before: dict[int, Any] = {}
        self._seconds: float = 0
        self._first_at: float | None = None
        self._hurried = False

    def install(self) -> None:
        for number in (*_TO_STOP, *_TO_HURRY):
            before = signal.getsignal(number)
            earlier = getattr(before, "__self__", None)
            if isinstance(earlier, _StopSignals):
                if earlier._loop() is self._loop():
                    return
                before = earlier._before[number]
            waits = number in _TO_HURRY and before in _AT_ONCE  # it writes a core dump
            if before in (None, signal.SIG_IGN) or waits:
                continue
            self._before[number] = before
            signal.signal(number, self._received)
        self._seconds = _seconds_under(self._before.get(signal.SIGTERM))

    def _received(self, number: int, frame: FrameType | None) -> None:
        loop = self._loop()
        if loop is None or loop.is_closed() or self._hurried:
            self._pass_on(number)
        elif self._first_at is None and number in _TO_STOP:
            self._first_at = time.monotonic()
            self._begin(loop, number)
        elif number != signal.SIGTERM or self._is_no_echo():
            # Not passed on: the server is told already, and one that hears it twice cuts readers.
            self._hurried = True
            draining.begin(loop, 0)
            if self._first_at is None:
                self._pass_on(signal.SIGTERM)

    def _begin(self, loop: asyncio.AbstractEventLoop, number: int) -> None:
        if self._before[number] in _AT_ONCE:

            def leave() -> None:
                loop.call_later(FOR_READERS, self._pass_on, number)

            draining.begin(loop, self._seconds, leave)
        else:
            draining.begin(loop, self._seconds)
            self._pass_on(number)

    def _is_no_echo(self) -> bool:
        return self._first_at is not None and time.monotonic() - self._first_at > ECHO_SECONDS

    def _pass_on(self, number: int) -> None:
        before = self._before.get(number, signal.SIG_DFL)
        if callable(before):
            before(number, None)
        else:
            signal.signal(number, before)
            signal.raise_signal(number)


def _seconds_under(handler: object) -> float:
    """How long runs may go on: less than ``CHATKIT_DRAIN_SECONDS`` if the server, of which uvicorn
    lets us ask that, cuts connections before."""
    wanted = DRAIN_SECONDS.get()
    config = getattr(getattr(handler, "__self__", None), "config", None)
    limit = getattr(config, "timeout_graceful_shutdown", None)
    if not isinstance(limit, int | float) or limit >= wanted + LEFT_FOR_THE_END:
        return wanted
    given = max(0.0, limit - LEFT_FOR_THE_END)
    logger.warning(
        "The server cuts connections %s seconds after the signal to stop, so runs have %s seconds "
        "and not %s: raise --timeout-graceful-shutdown above CHATKIT_DRAIN_SECONDS",
        limit,
        given,
        wanted,
    )
    return given
