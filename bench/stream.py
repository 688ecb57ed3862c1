"""Ratios of chatkit-django (D) to the stock SDK with a store in memory (R), measured interleaved.

    make bench

Each round asks both servers, in alternating order, for the same work over loopback from one
client process; the ratio of the medians is printed as a table for bench/README.md. Absolute
figures depend on the machine and its load; only the ratios are kept. R keeps nothing and asks
nobody to sign in; D signs in, filters by owner and writes durably (SQLite, synchronous=FULL).
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from services import free_port

BENCH = Path(__file__).resolve().parent
ROUNDS = 5
STREAMS, AT_ONCE = 24, 8
CALLS = 200
START_LIMIT = 60  # seconds


@dataclass
class Target:
    """A running server and what its client sends with each request."""

    name: str
    url: str
    client: httpx2.AsyncClient
    headers: dict[str, str] = field(default_factory=dict)
    results: dict[str, list[float]] = field(default_factory=dict)

    async def post(self, type_: str, **params: Any) -> httpx2.Response:
        body = {"type": type_, "params": params}
        response = await self.client.post(f"{self.url}/chatkit", json=body, headers=self.headers)
        response.raise_for_status()
        return response


def message() -> dict[str, Any]:
    content = [{"type": "input_text", "text": "hello"}]
    return {"content": content, "attachments": [], "inference_options": {}}


async def wait_until_up(url: str) -> None:
    deadline = time.monotonic() + START_LIMIT
    async with httpx2.AsyncClient() as client:
        while time.monotonic() < deadline:
            try:
                await client.get(url)
            except httpx2.TransportError:
                await asyncio.sleep(0.1)
            else:
                return
    raise RuntimeError(f"{url} did not start")


async def events_per_second(target: Target) -> float:
    """200-delta answers, AT_ONCE at a time; events a second over all of them."""
    limit = asyncio.Semaphore(AT_ONCE)
    events = 0

    async def one() -> None:
        nonlocal events
        async with limit:
            response = await target.post("threads.create", input=message())
            events += response.content.count(b"data: ")

    started = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(STREAMS)))
    return events / (time.perf_counter() - started)


async def first_event_per_second(target: Target) -> float:
    """1 / the median time from request to first event of a new thread, one after the other."""
    times = []
    body = {"type": "threads.create", "params": {"input": message()}}
    for _ in range(20):
        started = time.perf_counter()
        address = f"{target.url}/chatkit"
        async with target.client.stream(
            "POST", address, json=body, headers=target.headers
        ) as response:
            arrived = None
            async for _chunk in response.aiter_raw():
                arrived = arrived or time.perf_counter() - started
            assert arrived is not None
            times.append(arrived)
    return 1 / statistics.median(times)


def calls_per_second(type_: str, **params: Any) -> Callable[[Target], Awaitable[float]]:
    async def measure(target: Target) -> float:
        limit = asyncio.Semaphore(16)
        if "thread_id" in params:
            listed = (await target.post("threads.list", limit=1, order="desc")).json()
            params["thread_id"] = listed["data"][0]["id"]

        async def one() -> None:
            async with limit:
                await target.post(type_, **params)

        started = time.perf_counter()
        await asyncio.gather(*(one() for _ in range(CALLS)))
        return CALLS / (time.perf_counter() - started)

    return measure


MEASURES: dict[str, Callable[[Target], Awaitable[float]]] = {
    "streamed events/s, 200 deltas, 8 at once": events_per_second,
    "1 / time to first event, new thread, 1 at once": first_event_per_second,
    "threads.list/s, 20 of them, 16 at once": calls_per_second(
        "threads.list", limit=20, order="desc"
    ),
    "threads.get_by_id/s, 16 at once": calls_per_second("threads.get_by_id", thread_id=""),
    "items.list/s, 16 at once": calls_per_second(
        "items.list", thread_id="", limit=20, order="desc"
    ),
}


async def measure(targets: list[Target], rounds: int) -> None:
    for round_ in range(rounds):
        for name, take in MEASURES.items():
            for target in targets if round_ % 2 == 0 else reversed(targets):
                target.results.setdefault(name, []).append(await take(target))


def report(reference: Target, ours: Target) -> None:
    print(f"\n| measure | {ours.name} / {reference.name} | least and most of a round |")
    print("|---|---|---|")
    for name in MEASURES:
        pairs = list(zip(ours.results[name], reference.results[name], strict=True))
        ratio = statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)
        each = sorted(a / b for a, b in pairs)
        print(f"| {name} | {ratio:.2f} | {each[0]:.2f} … {each[-1]:.2f} |")


async def run(urls: dict[str, str], rounds: int) -> None:
    async with httpx2.AsyncClient(timeout=120) as first, httpx2.AsyncClient(timeout=120) as second:
        reference = Target("R", urls["reference"], first)
        ours = Target("D", urls["ours"], second)
        for url in urls.values():
            await wait_until_up(url)
        signed_in = await second.get(f"{ours.url}/sign-in")
        ours.headers["X-CSRFToken"] = json.loads(signed_in.content)["csrfToken"]
        for target in (reference, ours):  # what is loaded once is not what is measured
            await target.post("threads.create", input=message())
            await target.post("threads.list", limit=20, order="desc")
        await measure([reference, ours], rounds)
        report(reference, ours)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="spendo-bench-") as data:
        urls, servers = {}, []
        environment = os.environ | {
            "BENCH_DATA": data,
            "DJANGO_SETTINGS_MODULE": "servers.ours.settings",
            "PYTHONPATH": str(BENCH),
        }
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=BENCH, env=environment, check=True)
        try:
            for name in ("reference", "ours"):
                port = free_port()
                urls[name] = f"http://127.0.0.1:{port}"
                command = [sys.executable, "-m", "uvicorn", f"servers.{name}:application"]
                command += ["--port", str(port), "--log-level", "warning", "--no-access-log"]
                servers.append(subprocess.Popen(command, cwd=BENCH, env=environment))
            asyncio.run(run(urls, ROUNDS))
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(20)


if __name__ == "__main__":
    main()
