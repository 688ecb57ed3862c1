"""The event log in a Valkey or Redis server: a stream for each run, whose entries are some frames
in a row and have the number of the last of them as their id.

The server takes no entry behind a higher id. So what is appended again changes nothing; and as the
entry with a run's end has the highest id there is, nothing comes behind it.
"""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from chatkit_django.conf import RUN_LOG_SECONDS
from chatkit_django.runs.batches import ANSWER_BYTES, Batch, count_of, cut, joined
from chatkit_django.runs.event_log import EventLog, LogUnavailable, Part

if TYPE_CHECKING:
    from redis.asyncio import Redis

T = TypeVar("T")

PREFIX = "chatkit:run:"
ANSWER_SECONDS = 2.0
"""How long the server may take to answer, or longer than it was asked to wait."""
RUNNING_SECONDS = 24 * 60 * 60
"""How long a run that has not ended is kept after the last it said."""
MOST_ENTRIES = 500
"""Entries in one answer: to take one apart is some 40 µs, in which nothing else is done."""

_CONNECT_SECONDS = 1.0
_IN_ONE_COMMAND = 250
_END_ID = f"{2**64 - 2}-0"
# One command for all: redis-py takes longer for each of many than the server does. What the server
# does not take is there already, and stays for as long as it was to.
_APPEND = """
local fault
for number, key in ipairs(KEYS) do
  local at = 4 * number
  local id, first, frames, seconds = ARGV[at - 3], ARGV[at - 2], ARGV[at - 1], ARGV[at]
  local added = redis.pcall('XADD', key, id, 'first', first, 'frames', frames)
  if type(added) ~= 'table' then
    redis.call('EXPIRE', key, seconds)
  elseif not string.find(added.err, 'equal or smaller', 1, true) then
    fault = added
  end
end
return fault or 'OK'
"""


class ValkeyLog(EventLog):
    """A run is known as soon as something of it was appended; the server forgets it by itself. If
    the server has lost what it had, a run goes on there after a gap."""

    interval = 0.02
    goes_with_runs = False

    def __init__(self, url: str) -> None:
        # redis-py knows the server only by its other name.
        self._url = "redis" + url.removeprefix("valkey") if url.startswith("valkey") else url
        self._clients: dict[AbstractEventLoop, Redis] = {}

    async def append(self, parts: Sequence[Part]) -> None:
        entries = [entry for part in parts for entry in _entries(part)]
        for some in _chunks(entries):
            keys = [key for key, *_ in some]
            values: list[Any] = [value for _, *values in some for value in values]
            async with self._asked() as client:
                await client.register_script(_APPEND)(keys, values)

    async def read(
        self, cursors: Mapping[str, int], *, wait: float = 0
    ) -> Mapping[str, Part | None]:
        found: dict[str, Part | None] = {}
        waiting: dict[str, int] = {}
        size = 0
        for some in _chunks(list(cursors.items())):
            async with self._asked() as client:
                there, ended = await _there(client, dict(some))
            found |= there
            waiting |= {run_id: number for run_id, number in some if run_id not in ended}
            size += sum(map(_size, there.values()))
            if size > ANSWER_BYTES:
                break
        if found or wait <= 0 or not cursors:
            return found
        if not waiting:
            await asyncio.sleep(wait)
            return {}
        async with self._asked(wait) as client:
            milliseconds = max(1, round(wait * 1000))
            answer = await _ask(client, "XREAD", "BLOCK", milliseconds, *_after(waiting))
        return _parts(waiting, answer)[0]

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


async def _there(
    client: "Redis", cursors: Mapping[str, int]
) -> tuple[dict[str, Part | None], set[str]]:
    """What comes after the numbers, without waiting; and which runs have ended there."""
    keys = [_key(run_id) for run_id in cursors]
    pipeline = client.pipeline(transaction=False)
    pipeline.execute_command("EXISTS", *keys)
    pipeline.execute_command("XREAD", *_after(cursors))
    known, answer = await pipeline.execute()
    found, ended = _parts(cursors, answer)
    if known < len(keys):
        for key in keys:
            pipeline.execute_command("EXISTS", key)
        each = zip(cursors, await pipeline.execute(), strict=True)
        found |= {run_id: None for run_id, known in each if not known}
    return found, ended


def _entries(part: Part) -> Iterator[tuple[str, str, int, bytes, int]]:
    """What the script is given for each of its batches."""
    key = _key(part.run_id)
    for first, last, ended, frames in cut(part):
        if ended:
            yield key, _END_ID, first, frames, RUN_LOG_SECONDS.get()
        else:
            yield key, f"{last}-0", first, frames, RUNNING_SECONDS


def _after(cursors: Mapping[str, int]) -> list[str | int]:
    keys = [_key(run_id) for run_id in cursors]
    most = max(1, MOST_ENTRIES // len(keys))
    return ["COUNT", most, "STREAMS", *keys, *(f"{last}-0" for last in cursors.values())]


def _parts(cursors: Mapping[str, int], answer: Any) -> tuple[dict[str, Part | None], set[str]]:
    """What an answer to ``XREAD`` has; and which runs have ended before."""
    found: dict[str, Part | None] = {}
    ended: set[str] = set()
    for key, entries in answer or ():
        run_id = key.decode().removeprefix(PREFIX)
        batches = [_batch(*entry) for entry in entries]
        if batches[-1].last > cursors[run_id]:
            found[run_id] = joined(run_id, cursors[run_id], batches)
        elif batches[-1].last == cursors[run_id]:
            ended.add(run_id)
        else:  # somebody else wrote the end before what was read
            found[run_id] = None
    return found, ended


def _batch(id_: bytes, fields: Mapping[bytes, bytes]) -> Batch:
    first, frames = int(fields[b"first"]), fields[b"frames"]
    return Batch(first, first + count_of(frames) - 1, id_.decode() == _END_ID, frames)


def _key(run_id: str) -> str:
    return PREFIX + run_id


def _size(part: Part | None) -> int:
    return sum(map(len, part.frames)) if part is not None else 0


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _IN_ONE_COMMAND):
        yield values[start : start + _IN_ONE_COMMAND]
