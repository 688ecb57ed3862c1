"""One event log: what it costs to append what many runs say, and to read it beside that.

    python -m workers.log PLACE

PLACE is what ``CHATKIT_EVENT_LOG`` may be.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import django

from workers.lines import serve

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from chatkit_django import database  # noqa: E402
from chatkit_django.models import Run, Thread  # noqa: E402
from chatkit_django.runs.event_log import EventLog, Part, end_frame  # noqa: E402
from chatkit_django.runs.logs import shared_log  # noqa: E402
from chatkit_django.runs.process_log import ProcessLog  # noqa: E402

RUNS, TOKENS = 50, 200
TICKS = os.sysconf("SC_CLK_TCK")
DELTA = (
    'id: %d\ndata: {"type":"thread.item.updated","item_id":"msg_0123456789abcdef0123456789abcdef",'
    '"update":{"type":"assistant_message.content_part.text_delta","content_index":0,'
    '"delta":" %s"}}\n\n'
)
numbers = count()
chance = random.Random(1)  # noqa: S311


@dataclass
class Server:
    """What this log has used so far: seconds of its server's CPU, bytes that were written to it,
    bytes that it keeps."""

    cpu_seconds: Callable[[], float]
    written: Callable[[], int]
    kept: Callable[[], int]


def frames_of(first: int, last: int) -> list[bytes]:
    """Those of one batch; the last of all says that it is the end."""
    words = [f"{chance.randrange(10**6):x}" for _ in range(first, min(last, TOKENS) + 1)]
    said = [(DELTA % (first + at, word)).encode() for at, word in enumerate(words)]
    return [*said, end_frame(last)] if last > TOKENS else said


def batches(names: list[str], size: int) -> list[list[Part]]:
    """The calls of a publisher: each with what every run has said meanwhile."""
    calls = []
    for first in range(1, TOKENS + 2, size):
        last = min(first + size - 1, TOKENS + 1)
        ended = last > TOKENS
        calls.append([Part(name, first, frames_of(first, last), ended) for name in names])
    return calls


async def begin(names: list[str]) -> None:
    now = timezone.now()
    user, _ = await User.objects.aget_or_create(username="bench")
    threads = [Thread(id=name, owner=user, created_at=now, updated_at=now) for name in names]
    await Thread.objects.abulk_create(threads)
    times = {"started_at": now, "lease_until": now}
    await Run.objects.abulk_create(
        Run(id=name, thread_id=name, owner=user, from_position=1, **times) for name in names
    )


async def append(log: EventLog, parts: list[Part]) -> None:
    """As whoever publishes does; and in the process as a run itself does: each event by itself."""
    if not isinstance(log, ProcessLog):
        await log.append(parts)
        return
    for part in parts:
        run = log.find(part.run_id) or log.begin(part.run_id)
        for frame in part.frames:
            run.append([frame])
        if part.ended:
            run.append([], ended=True)


async def follow(log: EventLog, parts: list[Part]) -> None:
    """As one reader of all of it does."""
    found = await log.read({part.run_id: part.first - 1 for part in parts})
    for part in parts:
        if (one := found[part.run_id]) is None or list(one.frames) != part.frames:
            raise RuntimeError("the log has something else")


def written_bytes() -> int:
    """What this process wrote so far, to files and to sockets."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("wchar")).split()[1])


async def measured(log: EventLog, server: Server, calls: list[list[Part]]) -> dict[str, float]:
    """For each token, in µs of CPU and in bytes."""
    found = {"append": 0.0, "read": 0.0}
    there, written, kept = server.cpu_seconds(), server.written(), server.kept()
    for parts in calls:
        began = time.process_time()
        await append(log, parts)
        appended = time.process_time()
        await follow(log, parts)
        found["append"] += (appended - began) * 1e6
        found["read"] += (time.process_time() - appended) * 1e6
    found["server"] = (server.cpu_seconds() - there) * 1e6
    found["written"] = server.written() - written
    found["kept"] = server.kept() - kept
    return {what: amount / (RUNS * TOKENS) for what, amount in found.items()}


def server_of(place: str, log: EventLog) -> Server:
    if isinstance(log, ProcessLog):
        return Server(lambda: 0, lambda: 0, lambda: log._ended_size)
    if place != "database":
        import redis

        def info(section: str, *names: str) -> Any:
            found = client.info(section)
            return sum(found[name] for name in names)

        client = redis.Redis.from_url(place)
        return Server(
            lambda: info("cpu", "used_cpu_user", "used_cpu_sys"),
            lambda: info("stats", "total_net_input_bytes"),
            lambda: info("memory", "used_memory"),
        )
    if connection.vendor == "sqlite":
        size = ("PRAGMA page_count", "PRAGMA page_size")
        return Server(lambda: 0, written_bytes, lambda: asked(size[0]) * asked(size[1]))
    return Server(
        postgres_cpu_seconds,
        lambda: asked("SELECT pg_current_wal_insert_lsn() - '0/0'"),
        lambda: asked("SELECT pg_total_relation_size('chatkit_django_runevents')"),
    )


def asked(sql: str) -> int:
    def ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return int(cursor.fetchone()[0])

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # nothing else runs meanwhile
    return ask()


def postgres_cpu_seconds() -> float:
    """Of all its processes."""
    parent = fields_of(asked("SELECT pg_backend_pid()"))[1]
    processes = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    found = [fields_of(process) for process in processes]
    ticks = [int(one[11]) + int(one[12]) for one in found if len(one) > 12 and one[1] == parent]
    return sum(ticks) / TICKS


def fields_of(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended
        return []


def main() -> None:
    call_command("migrate", verbosity=0)
    place = sys.argv[1]
    with override_settings(CHATKIT_EVENT_LOG=place):
        log = shared_log() or ProcessLog()
        server = server_of(place, log)

        async def answer(size: int) -> dict[str, Any]:
            """One round, with parts of so many tokens."""
            names = [f"run-{next(numbers)}" for _ in range(RUNS)]
            await begin(names)
            return await measured(log, server, batches(names, size))

        serve(answer)
        database.close()


if __name__ == "__main__":
    main()
