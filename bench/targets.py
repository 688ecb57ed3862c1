"""The servers that are measured: to start, to ask, and to look at from outside.

The servers share one core, where one at a time has work; the client, PostgreSQL and Valkey have the
other.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asked import message
from client import Connection
from services import free_port

BENCH = Path(__file__).resolve().parent
START_LIMIT = 60  # seconds
SERVERS_CPU, CLIENTS_CPU = sorted(os.sched_getaffinity(0))[:2]
MESSAGES = 15  # in the thread that is read, each with its answer: more than a page


@dataclass
class Target:
    """A running server, what its client sends with each request, and what was measured."""

    name: str
    port: int
    process: int
    database: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    thread_id: str = ""
    results: dict[str, list[float]] = field(default_factory=dict)

    def connections(self, count: int) -> list[Connection]:
        return [Connection(self.port, self.headers) for _ in range(count)]

    def add(self, found: Mapping[str, float]) -> None:
        for name, result in found.items():
            self.results.setdefault(name, []).append(result)

    def processes(self) -> list[int]:
        """Its own and those it started."""
        found = [self.process]
        for one in found:
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        return found

    def cpu_seconds(self) -> float:
        return sum(cpu_seconds(one) for one in self.processes())

    def threads(self) -> int:
        return sum(len(list(Path(f"/proc/{one}/task").iterdir())) for one in self.processes())

    def memory(self) -> int:
        """Bytes that are resident."""
        pages = (Path(f"/proc/{one}/statm").read_text().split()[1] for one in self.processes())
        return sum(map(int, pages)) * os.sysconf("SC_PAGE_SIZE")

    @property
    def is_ours(self) -> bool:
        return self.name.startswith("D")

    async def prepare(self) -> None:
        await wait_until_up(self.port)
        if self.is_ours:
            await self.sign_in()

    async def sign_in(self) -> None:
        (connection,) = self.connections(1)
        body, _ = await connection.send(connection.request("GET", "/sign-in"))
        token = json.loads(body)["csrfToken"]
        self.headers = {"Cookie": "; ".join(sorted(connection.cookies)), "X-CSRFToken": token}
        connection.close()

    async def answer(self) -> bytes:
        """What it streams to one message in a new thread."""
        (connection,) = self.connections(1)
        body, _ = await connection.post("threads.create", input=message())
        connection.close()
        return body

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

    async def settle(self) -> None:
        """Return when it has nothing to do any more, or after some seconds."""
        deadline, before = time.monotonic() + 30, self.cpu_seconds()
        while time.monotonic() < deadline:
            await asyncio.sleep(0.3)
            before, now = self.cpu_seconds(), before
            if before - now < 0.02:
                return


def cpu_seconds(process: int) -> float:
    """Of all its threads, also of those that have ended, to the nanosecond."""
    return time.clock_gettime(~process << 3 | 2)  # what clock_getcpuclockid(3) returns


Take = Callable[[Target], Awaitable[Mapping[str, float]]]


async def interleaved(targets: Sequence[Target], rounds: int, *takes: Take) -> None:
    """Each round asks all of them, in alternating order."""
    for number in range(rounds):
        for take in takes:
            for target in targets if number % 2 == 0 else reversed(targets):
                target.add(await take(target))


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


def uvicorn(module: str, port: int) -> list[str]:
    command = [sys.executable, "-m", "uvicorn", f"servers.{module}:application"]
    return [*command, "--port", str(port), "--log-level", "warning", "--no-access-log"]


def serve(port: int, workers: int) -> list[str]:
    """The package's own way to serve."""
    command = [sys.executable, "-m", "django", "chatkit_serve", "servers.short:application"]
    return [*command, "--port", str(port), "--workers", str(workers), "--log-level", "warning"]


@contextmanager
def server(
    name: str,
    module: str = "",
    database: str = "",
    *,
    workers: int = 0,
    cpus: Sequence[int] = (SERVERS_CPU,),
    **variables: str,
) -> Iterator[Target]:
    """One uvicorn, or with ``workers`` the package's own command, on its port and these cores."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(BENCH), *sys.path[1:]])}
    environment |= variables
    if database:
        environment |= {
            "BENCH_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "servers.ours.settings",
        }
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=BENCH, env=environment, check=True)
    port = free_port()
    command = serve(port, workers) if workers else uvicorn(module, port)
    with started(command, cpus, cwd=BENCH, env=environment) as process:
        yield Target(name, port, process.pid, database)


@contextmanager
def started(
    command: Sequence[str], cpus: Sequence[int], **options: Any
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command, preexec_fn=lambda: os.sched_setaffinity(0, cpus), **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
