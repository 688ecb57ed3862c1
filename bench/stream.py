"""Ratios of chatkit-django (D) to the stock SDK with a store in memory (R), measured interleaved.

    make bench

Each round asks all servers, in alternating order, for the same work over loopback from one
client process; ratios of medians are printed as tables for bench/README.md. Absolute figures
depend on the machine and its load; only the ratios are kept.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop

from client import Connection, body_of
from services import free_port, postgres

BENCH = Path(__file__).resolve().parent
ROUNDS = 5
STREAMS, STREAMS_AT_ONCE = 24, 8
CALLS_SECONDS, CALLS_AT_ONCE = 0.8, 16
MESSAGES = 15  # in the thread that is read, each with its answer: more than a page
START_LIMIT = 60  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
# The servers share one core, where one at a time has work; the client and PostgreSQL the other.
SERVERS_CPU, CLIENTS_CPU = sorted(os.sched_getaffinity(0))[:2]


@dataclass
class Target:
    """A running server, what its client sends with each request, and what was measured."""

    name: str
    port: int
    process: int
    headers: dict[str, str] = field(default_factory=dict)
    thread_id: str = ""
    results: dict[str, list[float]] = field(default_factory=dict)

    def connections(self, count: int) -> list[Connection]:
        return [Connection(self.port, self.headers) for _ in range(count)]

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    async def sign_in(self) -> None:
        (connection,) = self.connections(1)
        body, _ = await connection.send(connection.request("GET", "/sign-in"))
        token = json.loads(body)["csrfToken"]
        self.headers = {"Cookie": "; ".join(sorted(connection.cookies)), "X-CSRFToken": token}
        connection.close()

    async def fill(self) -> None:
        """What is loaded once is not what is measured; a page of threads, and one long thread."""
        (connection,) = self.connections(1)
        for _ in range(20):
            await connection.post("threads.create", input=message())
        listed, _ = await connection.post("threads.list", limit=1, order="desc")
        self.thread_id = json.loads(listed)["data"][0]["id"]
        for _ in range(MESSAGES):
            await connection.post(
                "threads.add_user_message", thread_id=self.thread_id, input=message()
            )
        connection.close()


def message() -> dict[str, Any]:
    content = [{"type": "input_text", "text": "hello"}]
    return {"content": content, "attachments": [], "inference_options": {}}


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
    return {
        "streamed events/s, 200 deltas, 8 at once": events / spent,
        "streamed events per second of the server's CPU": events / max(cpu, 1 / TICKS),
    }


async def first_event(target: Target) -> dict[str, float]:
    async def work(connection: Connection) -> float:
        return (await connection.post("threads.create", input=message()))[1]

    times = await each(target, 20, 1, work)
    return {"1 / time to first event, new thread, 1 at once": 1 / statistics.median(times)}


def calls(type_: str, **params: Any) -> Callable[[Target], Awaitable[dict[str, float]]]:
    async def measure(target: Target) -> dict[str, float]:
        asked = params | ({"thread_id": target.thread_id} if "thread_id" in params else {})
        connections = target.connections(CALLS_AT_ONCE)
        request = connections[0].request("POST", "/chatkit", body_of(type_, **asked))
        times: list[float] = []
        started, cpu = time.perf_counter(), target.cpu_seconds()

        async def one(connection: Connection) -> None:
            while time.perf_counter() < started + CALLS_SECONDS:
                times.append((await connection.send(request))[1])
            connection.close()

        await asyncio.gather(*map(one, connections))
        spent, cpu = time.perf_counter() - started, target.cpu_seconds() - cpu
        times.sort()
        return {
            f"{type_}/s, 16 at once": len(times) / spent,
            f"{type_} per second of the server's CPU": len(times) / max(cpu, 1 / TICKS),
            f"{type_}, p99 / p50": times[int(len(times) * 0.99)] / times[len(times) // 2],
        }

    return measure


MEASURES = (
    streams,
    first_event,
    calls("threads.list", limit=20, order="desc"),
    calls("threads.get_by_id", thread_id=""),
    calls("items.list", thread_id="", limit=20, order="desc"),
)


async def measure(targets: list[Target], rounds: int) -> None:
    for round_ in range(rounds):
        for take in MEASURES:
            for target in targets if round_ % 2 == 0 else reversed(targets):
                for name, result in (await take(target)).items():
                    target.results.setdefault(name, []).append(result)


def report(targets: list[Target]) -> None:
    reference, tuned, *ours = targets
    columns = [(target, base) for target in ours for base in (reference, tuned)]
    print("\n| measure | " + " | ".join(f"{one.name} / {base.name}" for one, base in columns), "|")
    print("|---" * (len(columns) + 1) + "|")
    for name in reference.results:
        if "p99" in name:
            continue
        cells = [
            f"{statistics.median(one.results[name]) / statistics.median(base.results[name]):.2f}"
            for one, base in columns
        ]
        print(f"| {name} | " + " | ".join(cells), "|")
    print("\n| measure | " + " | ".join(target.name for target in targets), "|")
    print("|---" * (len(targets) + 1) + "|")
    for name in reference.results:
        if "p99" in name:
            cells = [f"{statistics.median(target.results[name]):.1f}" for target in targets]
            print(f"| {name} | " + " | ".join(cells), "|")


async def run(targets: list[Target]) -> None:
    for target in targets:
        await wait_until_up(target.port)
        if target.name.startswith("D"):
            await target.sign_in()
        await target.fill()
    await measure(targets, ROUNDS)
    report(targets)


async def wait_until_up(port: int) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise RuntimeError(f"port {port} did not open")


@contextmanager
def server(name: str, module: str, database: str | None = None) -> Iterator[Target]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(BENCH), *sys.path[1:]])}
    if database is not None:
        environment |= {
            "BENCH_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "servers.ours.settings",
        }
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=BENCH, env=environment, check=True)
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", f"servers.{module}:application"]
    command += ["--port", str(port), "--log-level", "warning", "--no-access-log"]
    process = subprocess.Popen(command, cwd=BENCH, env=environment)
    os.sched_setaffinity(process.pid, {SERVERS_CPU})
    try:
        yield Target(name, port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    os.sched_setaffinity(0, {CLIENTS_CPU})
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="spendo-bench-"))
        on_postgres = stack.enter_context(postgres(durable=True))
        servers = (
            server("R", "reference"),
            server("R*", "tuned"),
            server("D stock", "stock", f"sqlite:///{data}/stock.sqlite3"),
            server("D fast", "short", f"sqlite:///{data}/fast.sqlite3"),
            server("D fast, PostgreSQL", "short", on_postgres),
        )
        uvloop.run(run([stack.enter_context(one) for one in servers]))


if __name__ == "__main__":
    main()
