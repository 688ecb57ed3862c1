"""Requests that are answered at once: pages of threads and items."""

import asyncio
import time
from typing import Any

from client import body_of
from targets import Take, Target

CALLS_SECONDS, CALLS_AT_ONCE = 0.8, 16


def calls(type_: str, **params: Any) -> Take:
    async def measure(target: Target) -> dict[str, float]:
        asked = params | ({"thread_id": target.thread_id} if "thread_id" in params else {})
        connections = target.connections(CALLS_AT_ONCE)
        request = connections[0].request("POST", "/chatkit", body_of(type_, **asked))
        times: list[float] = []
        started, cpu = time.perf_counter(), target.cpu_seconds()

        async def one(connection: Any) -> None:
            while time.perf_counter() < started + CALLS_SECONDS:
                times.append((await connection.send(request))[1])
            connection.close()

        await asyncio.gather(*map(one, connections))
        spent, cpu = time.perf_counter() - started, target.cpu_seconds() - cpu
        times.sort()
        return {
            f"{type_}/s, 16 at once": len(times) / spent,
            f"{type_} per second of the server's CPU": len(times) / cpu,
            f"{type_}, p99 / p50": times[int(len(times) * 0.99)] / times[len(times) // 2],
        }

    return measure


PAGES = (
    calls("threads.list", limit=20, order="desc"),
    calls("threads.get_by_id", thread_id=""),
    calls("items.list", thread_id="", limit=20, order="desc"),
)
