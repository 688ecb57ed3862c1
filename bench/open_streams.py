"""What 500 open streams hold: threads, connections to the database, memory."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import psycopg

from held import hold
from targets import Target

PACE_MS = 200
STREAMS, SECONDS, LOOKS = 500, 4, 8
WARM_UP = 50  # streams: what the first request loads is not what a stream takes
MEMORY = "memory of a stream, KiB"
# By the state of the connection; ``process`` is what the server's process has open.
CONNECTIONS = """
SELECT count(*) FILTER (WHERE state = 'idle'), count(*) FILTER (WHERE state <> 'idle')
FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = %s
"""


async def look(target: Target) -> dict[str, float]:
    """At what it holds, while so many streams are open."""
    await hold(target, WARM_UP, 20, 1, ramp=1)
    found: dict[str, float] = {"threads before": target.threads()}
    before = target.memory()
    held: list[dict[str, float]] = []

    async def watch() -> None:
        for _ in range(LOOKS):
            await asyncio.sleep(SECONDS / LOOKS)
            held.append({"threads": target.threads(), **connections(target)})
        found[MEMORY] = (target.memory() - before) / STREAMS / 1024

    seen = await hold(target, STREAMS, PACE_MS, 0, meanwhile=watch)
    found["of the deltas that were due, %"] = seen.share * 100
    for name in held[0]:
        found[f"{name}, at most"] = max(one[name] for one in held)
    return found


def connections(target: Target) -> dict[str, float]:
    if target.database.startswith("sqlite"):
        return {"connections": open_files(target)}
    if not target.database:
        return {"connections": 0}
    with psycopg.connect(target.database) as connection:
        name = connection.info.dbname
        row = connection.execute(CONNECTIONS, [name, "client backend"]).fetchone()
    assert row is not None
    return {"connections": sum(row), "connections that do something": row[1]}


def open_files(target: Target) -> int:
    """How often the process has its SQLite file open: once for each connection."""
    path = Path(target.database.removeprefix("sqlite:///")).resolve()
    links: Sequence[Path] = list(Path(f"/proc/{target.process}/fd").iterdir())
    return sum(link.exists() and link.resolve() == path for link in links)
