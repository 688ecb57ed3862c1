"""The way down: runs finish if they can; of those that are cut short, what was said is kept.

Whoever keeps runs registers. A signal to stop begins the drain of one event loop; from then on no
run begins there.
"""

import asyncio
import logging
from collections.abc import Callable
from time import monotonic
from typing import Protocol
from weakref import WeakKeyDictionary, WeakSet

from chatkit_django.conf import DRAIN_SECONDS
from chatkit_django.exceptions import Restarting

logger = logging.getLogger(__name__)

LONGEST_END = 10.0
"""Seconds that the end of a process waits for runs that are being ended: a database may be away."""


class Drainable(Protocol):
    """Who keeps runs. It is held weakly."""

    async def drain(self, seconds: float) -> None:
        """Let the runs of this event loop finish. After ``seconds`` end those that are left: what
        was said is stored and their readers are told. Returns when there is none, and begins none
        from the call on. Called once more while it waits, it ends them after the fewer seconds."""


class _Drain:
    """The drain of one event loop."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._until: float | None = None

    @property
    def has_started(self) -> bool:
        return self._until is not None

    @property
    def seconds_left(self) -> float:
        return max(0.0, (self._until or 0.0) - monotonic())

    def start(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until = monotonic() + seconds
        self._until = until if self._until is None else min(self._until, until)
        for drainable in list(_drainables):
            task = loop.create_task(_drained(drainable, seconds))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if seconds > 0:
            # Once more, for a run that was let in before and had not begun yet.
            loop.call_later(seconds, self.start, 0)

    async def ended(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)


_drainables: WeakSet[Drainable] = WeakSet()
_drains: WeakKeyDictionary[asyncio.AbstractEventLoop, _Drain] = WeakKeyDictionary()
_following: set[asyncio.Task[None]] = set()


def register(drainable: Drainable) -> None:
    """Its runs take part in every drain from now on, on whichever event loop."""
    _drainables.add(drainable)


def begin(
    loop: asyncio.AbstractEventLoop,
    seconds: float | None = None,
    then: Callable[[], object] | None = None,
) -> None:
    """Give the runs of the loop so many more seconds, ``CHATKIT_DRAIN_SECONDS`` if not said;
    afterwards ``then`` is called there. Works in a signal handler and in any thread. Begun again,
    a drain ends when the shorter time is over."""
    drain = _drains.setdefault(loop, _Drain())
    wanted = DRAIN_SECONDS.get() if seconds is None else seconds
    loop.call_soon_threadsafe(_start, drain, wanted, then)


async def end() -> None:
    """Return when no run is left on this event loop. A drain that has begun takes its time, also
    for runs that nobody reads; without one, it begins now. Waits at most ``LONGEST_END`` seconds
    longer than that."""
    drain = _drains.setdefault(asyncio.get_running_loop(), _Drain())
    await asyncio.sleep(0)  # one that has begun may be about to start
    if not drain.has_started:
        drain.start(DRAIN_SECONDS.get())
    try:
        async with asyncio.timeout(drain.seconds_left + LONGEST_END):
            await drain.ended()
            drain.start(0)
            await drain.ended()
    except TimeoutError:
        logger.error("Runs could not be ended within %s seconds", LONGEST_END)


def is_draining() -> bool:
    """Whether no run begins any more on this event loop; False outside of one."""
    try:
        return asyncio.get_running_loop() in _drains
    except RuntimeError:
        return False


def refuse_if_draining() -> None:
    """Raises ``Restarting`` if no run may begin."""
    if is_draining():
        raise Restarting


def _start(drain: _Drain, seconds: float, then: Callable[[], object] | None) -> None:
    drain.start(seconds)
    if then is not None:
        following = asyncio.get_running_loop().create_task(_after(drain, then))
        _following.add(following)
        following.add_done_callback(_following.discard)


async def _after(drain: _Drain, then: Callable[[], object]) -> None:
    await drain.ended()
    # Outside of any task: it may raise what ends the process.
    asyncio.get_running_loop().call_soon(then)


async def _drained(drainable: Drainable, seconds: float) -> None:
    try:
        await drainable.drain(seconds)
    except Exception:
        logger.exception("Runs could not be ended in order")
