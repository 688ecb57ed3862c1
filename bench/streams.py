"""Streams without a pause: how many events a server makes of its time, and how soon the first."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

from asked import message
from client import Connection
from targets import Target

STREAMS, STREAMS_AT_ONCE = 32, 8
FIRST_EVENTS = 20
RATE = "streamed events/s, 200 deltas, 8 at once"
OF_CPU = "streamed events per second of the server's CPU"
FIRST = "1 / time to first event, new thread, 1 at once"


async def each(
    target: Target, count: int, at_once: int, work: Callable[[Connection], Awaitable[float]]
) -> list[float]:
    """What ``work`` returned, ``count`` times, over as many connections as are used at once."""
    found: list[float] = []
    left = iter(range(count))

    async def one(connection: Connection) -> None:
        for _ in left:
            result = await work(connection)
            found.append(result)
        connection.close()

    await asyncio.gather(*(one(connection) for connection in target.connections(at_once)))
    return found


async def streams(target: Target) -> dict[str, float]:
    async def work(connection: Connection) -> float:
        body, _ = await connection.post("threads.create", input=message())
        return body.count(b"data: ")

    started, cpu = time.perf_counter(), target.cpu_seconds()
    events = sum(await each(target, STREAMS, STREAMS_AT_ONCE, work))
    spent, cpu = time.perf_counter() - started, target.cpu_seconds() - cpu
    return {RATE: events / spent, OF_CPU: events / cpu}


async def first_event(target: Target) -> dict[str, float]:
    async def work(connection: Connection) -> float:
        return (await connection.post("threads.create", input=message()))[1]

    times = await each(target, FIRST_EVENTS, 1, work)
    return {FIRST: 1 / statistics.median(times)}
