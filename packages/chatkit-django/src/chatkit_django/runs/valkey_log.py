"""The event log in a Valkey or Redis server: a stream for each run, whose entries are some frames
in a row and have the number of the last of them as their id."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from chatkit_django.conf import RUN_LOG_SECONDS
from chatkit_django.runs.batches import ANSWER_BYTES, Batch, cut, joined
from chatkit_django.runs.event_log import EventLog, LogUnavailable, Part

if TYPE_CHECKING:
    from redis.asyncio import Redis

T = TypeVar("T")

PREFIX = "chatkit:run:"
ANSWER_SECONDS = 2.0
"""How long the server may take to answer, or longer than it was asked to wait."""
RUNNING_SECONDS = 24 * 60 * 60
"""How long a run that has not ended is kept after the last it said."""
MOST_ENTRIES = 100
"""Entries of one run in one answer."""

_CONNECT_SECONDS = 1.0
_IN_ONE_COMMAND = 250
_THERE_ALREADY = "equal or smaller"


class ValkeyLog(EventLog):
    """A run is known as soon as something of it was appended; the server forgets it by itself. If
    the server has lost what it had, a run goes on there after a gap."""

    def __init__(self, url: str) -> None:
        # redis-py knows the server only by its other name.
        self._url = "redis" + url.removeprefix("valkey") if url.startswith("valkey") else url
        self._clients: dict[AbstractEventLoop, Redis] = {}

    async def append(self, parts: Sequence[Part]) -> None:
        if not parts:
            return
        async with self._asked() as client:
            pipeline = client.pipeline(transaction=False)
            for part in parts:
                for command in _commands(part):
                    pipeline.execute_command(*command)
            answers = await pipeline.execute(raise_on_error=False)
        for answer in answers:
            if isinstance(answer, Exception) and _THERE_ALREADY not in str(answer):
                raise LogUnavailable from answer

    async def read(
        self, cursors: Mapping[str, int], *, wait: float = 0
    ) -> Mapping[str, Part | None]:
        found: dict[str, Part | None] = {}
        size = 0
        for some in _chunks(list(cursors.items())):
            async with self._asked() as client:
                there = await _there(client, dict(some))
            found |= there
            size += sum(map(_size, there.values()))
            if size > ANSWER_BYTES:
                break
        if found or wait <= 0 or not cursors:
            return found
        async with self._asked(wait) as client:
            milliseconds = max(1, round(wait * 1000))
            answer = await _ask(client, "XREAD", "BLOCK", milliseconds, *_after(cursors))
        return _parts(cursors, answer)

    async def forget(self, run_ids: Collection[str]) -> None:
        for some in _chunks(list(run_ids)):
            async with self._asked() as client:
                await _ask(client, "UNLINK", *map(_key, some))

    async def expire(self) -> None:
        """The server does it."""

    async def close(self) -> None:
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.aclose()

    @asynccontextmanager
    async def _asked(self, wait: float = 0) -> AsyncIterator["Redis"]:
        from redis import RedisError

        try:
            async with asyncio.timeout(wait + ANSWER_SECONDS):
                yield self._client()
        except (RedisError, OSError) as error:
            raise LogUnavailable from error

    def _client(self) -> "Redis":
        """The one of this event loop: a connection belongs to the loop that opened it."""
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            for ended in [one for one in self._clients if one.is_closed()]:
                del self._clients[ended]
            client = self._clients[loop] = _new_client(self._url)
        return client


def _new_client(url: str) -> "Redis":
    from redis.asyncio import Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    # All that is asked may be asked twice: a connection the server has closed meanwhile is
    # replaced at once. The time of an answer is limited where it is asked for.
    return Redis.from_url(
        url,
        protocol=2,
        retry=Retry(NoBackoff(), 1),
        socket_connect_timeout=_CONNECT_SECONDS,
        socket_timeout=None,
    )


async def _ask(client: "Redis", *command: str | int) -> Any:
    return await client.execute_command(*command)  # type: ignore[no-untyped-call]


async def _there(client: "Redis", cursors: Mapping[str, int]) -> dict[str, Part | None]:
    """What comes after the numbers, without waiting."""
    keys = [_key(run_id) for run_id in cursors]
    pipeline = client.pipeline(transaction=False)
    pipeline.execute_command("EXISTS", *keys)
    pipeline.execute_command("XREAD", *_after(cursors))
    known, answer = await pipeline.execute()
    found = _parts(cursors, answer)
    if known < len(keys):
        for key in keys:
            pipeline.execute_command("EXISTS", key)
        each = zip(cursors, await pipeline.execute(), strict=True)
        found |= {run_id: None for run_id, known in each if not known}
    return found


def _commands(part: Part) -> Iterator[tuple[Any, ...]]:
    key = _key(part.run_id)
    for first, last, ended, frames in cut(part):
        fields = ["first", first, "frames", frames]
        yield "XADD", key, f"{last}-0", *fields, *(["ended", 1] if ended else [])
    yield "EXPIRE", key, RUN_LOG_SECONDS.get() if part.ended else RUNNING_SECONDS


def _after(cursors: Mapping[str, int]) -> list[str | int]:
    keys = [_key(run_id) for run_id in cursors]
    return ["COUNT", MOST_ENTRIES, "STREAMS", *keys, *(f"{last}-0" for last in cursors.values())]


def _parts(cursors: Mapping[str, int], answer: Any) -> dict[str, Part | None]:
    found: dict[str, Part | None] = {}
    for key, entries in answer or ():
        run_id = key.decode().removeprefix(PREFIX)
        found[run_id] = joined(run_id, cursors[run_id], map(_batch, entries))
    return found


def _batch(entry: tuple[bytes, dict[bytes, bytes]]) -> Batch:
    last, fields = entry
    number = int(last.partition(b"-")[0])
    return Batch(int(fields[b"first"]), number, b"ended" in fields, fields[b"frames"])


def _key(run_id: str) -> str:
    return PREFIX + run_id


def _size(part: Part | None) -> int:
    return sum(map(len, part.frames)) if part is not None else 0


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _IN_ONE_COMMAND):
        yield values[start : start + _IN_ONE_COMMAND]
