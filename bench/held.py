"""Streams that are held open: each of many clients reads one answer after the other, at the pace of
the answer, and notes when something came."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast

from asked import DELTAS, message
from client import body_of
from targets import Target

DELTA = b".text_delta"
_LAST_CHUNK = b"0\r\n\r\n"
RAMP_SECONDS = DELTAS * 0.020
"""The first answers begin over the time of one answer, and so the later ones do."""


@dataclass
class Held:
    """What so many clients saw in the time that was looked at."""

    streams: int
    ideal: float = 0  # deltas that are due in that time
    deltas: int = 0
    gaps: list[float] = field(default_factory=list)  # seconds between two parts of an answer
    firsts: list[float] = field(default_factory=list)  # seconds from a message to its first event
    begun: int = 0
    cpu: float = 0  # seconds of the server
    clients_load: float = 0  # share of a core that the client needed: near 1 it is what is measured
    is_watched: bool = False

    @property
    def share(self) -> float:
        return self.deltas / self.ideal

    @property
    def gap_p99(self) -> float:
        return percentile(self.gaps, 0.99)

    @property
    def is_held(self) -> bool:
        return self.begun == self.streams and self.share >= 0.97 and self.gap_p99 < 0.1


def percentile(numbers: list[float], share: float) -> float:
    return sorted(numbers)[int(len(numbers) * share)] if numbers else float("inf")


class Listener(asyncio.Protocol):
    """One client: sends the request, and again once its answer has ended."""

    def __init__(self, request: bytes, seen: Held) -> None:
        self._request = request
        self._seen = seen
        self._transport: asyncio.Transport | None = None
        self._has_begun = False
        self._waits = True
        self._tail = b""
        self._at = 0.0
        self.failure = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        assert self._transport is not None
        self._waits, self._at = True, time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now, seen = time.perf_counter(), self._seen
        if self._waits:
            if b"data: " not in data:
                if not data.startswith(b"HTTP/1.1 200"):
                    self.failure = data[:200].decode("latin1")
                return
            self._waits = False
            seen.firsts.append(now - self._at)
            if not self._has_begun:
                self._has_begun = True
                seen.begun += 1
        elif seen.is_watched:
            seen.gaps.append(now - self._at)
        self._at = now
        if seen.is_watched:
            seen.deltas += data.count(DELTA)
        self._tail = (self._tail + data)[-5:] if len(data) < 5 else data[-5:]
        if self._tail == _LAST_CHUNK:
            self._ask()

    def end_watch(self) -> None:
        """What it is waiting for counts as far as it has waited."""
        if not self._waits:
            self._seen.gaps.append(time.perf_counter() - self._at)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()


async def hold(
    target: Target,
    streams: int,
    pace_ms: int,
    seconds: float,
    *,
    ramp: float = RAMP_SECONDS,
    meanwhile: Callable[[], Awaitable[object]] | None = None,
) -> Held:
    """Hold so many streams, look at them for that time, and let them go. ``meanwhile`` is called
    when all of them are to be open, and its time is looked at in place of ``seconds``."""
    seen = Held(streams)
    body = body_of("threads.create", input=message(pace_ms))
    request = target.connections(1)[0].request("POST", "/chatkit", body)
    listeners = [Listener(request, seen) for _ in range(streams)]
    try:
        await _begin(target, listeners, ramp)
        began, cpu, own = time.perf_counter(), target.cpu_seconds(), time.process_time()
        seen.is_watched = True
        await (meanwhile() if meanwhile else asyncio.sleep(seconds))
        seen.is_watched = False
        spent = time.perf_counter() - began
        for listener in listeners:
            listener.end_watch()
        seen.cpu = target.cpu_seconds() - cpu
        seen.clients_load = (time.process_time() - own) / spent
        seen.ideal = streams * spent * 1000 / pace_ms
    finally:
        for listener in listeners:
            listener.close()
    await target.settle()
    for listener in listeners:
        if listener.failure:
            raise RuntimeError(f"{target.name}: {listener.failure}")
    return seen


async def _begin(target: Target, listeners: list[Listener], ramp: float) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number, listener in enumerate(listeners):
        await asyncio.sleep(began + number * ramp / len(listeners) - loop.time())
        await loop.create_connection(lambda one=listener: one, "127.0.0.1", target.port)
    await asyncio.sleep(began + ramp - loop.time())
