"""Readers that are cut again and again, at random events of random runs, and come back at one of
two workers."""

import asyncio
import random
import re
from dataclasses import dataclass, field
from time import monotonic

from chatkit.types import (
    ProgressUpdateEvent,
    ThreadsCreateReq,
    UserMessageInput,
)

from chatkit_django.testing import message
from tests.scripted import ScriptedServer

_NUMBER = re.compile(rb"id: (\d+)\n")
_END = re.compile(rb"\n: end\n\n$")
LIMITS = {
    "requests": {"user": "100000000/minute"},
    "messages": {"user": "1000000/minute"},
    "responses": {"user": 1000},
}
"""A ``CHATKIT_LIMITS`` for one user who does this."""


class RandomServer(ScriptedServer):
    """Says texts and other things of random sizes, now and then after a pause."""

    def __init__(self, chance):
        super().__init__()
        self._chance = chance

    async def respond(self, thread, input_user_message, context):
        chance = self._chance
        for _ in range(chance.randint(1, 4)):
            yield ProgressUpdateEvent(text="é" * chance.randint(0, 2_000))
            deltas = ["word " * chance.randint(0, 5) for _ in range(chance.randint(1, 40))]
            async for event in self._message(thread, deltas, context):
                yield event
                if chance.random() < 0.15:
                    await asyncio.sleep(chance.choice([0, 0, 0.002, 0.02]))


@dataclass
class Cuts:
    """What became of the readers. ``lost`` and ``doubled`` are events, ``different`` readers whose
    bytes are not those of the run, ``resets`` readers who were told the state instead of events."""

    cuts: int = 0
    runs: int = 0
    readers: int = 0
    lost: int = 0
    doubled: int = 0
    different: int = 0
    resets: int = 0
    seconds: float = 0
    wrong: list[str] = field(default_factory=list)

    def compare(self, run_id, frames, read):
        self.readers += 1
        numbers = [int(_NUMBER.match(frame)[1]) for frame in read]
        lost = len(set(range(1, len(frames) + 1)) - set(numbers))
        doubled = len(numbers) - len(set(numbers))
        self.lost += lost
        self.doubled += doubled
        if read != frames:
            self.different += 1
            self.wrong.append(f"{run_id}: {lost} lost, {doubled} doubled")


async def cut_readers(context, cuts, seed=0, *, runs_at_once=8, readers=6):
    """At least so many cuts. ``CHATKIT_EVENT_LOG`` is where the two workers share their events."""
    chance, found, began = random.Random(seed), Cuts(), monotonic()  # noqa: S311
    servers = [RandomServer(chance), RandomServer(chance)]
    try:
        while found.cuts < cuts:
            several = [
                _one_run(servers, context, chance, readers, found) for _ in range(runs_at_once)
            ]
            await asyncio.gather(*several)
    finally:
        for server in servers:
            await server._runs.drain(0)
        if (mirrors := servers[0]._runs._mirrors) is not None:
            await mirrors._shared.close()
    found.seconds = monotonic() - began
    return found


async def _one_run(servers, context, chance, readers, found):
    request = ThreadsCreateReq(
        params={"input": UserMessageInput(**message("go"))}, metadata={"resumable": True}
    )
    result = await chance.choice(servers).serve(request, context)
    run_id = result.json_events.run_id
    found.runs += 1
    reading = [_read(servers, context, chance, run_id, found) for _ in range(readers)]
    whole, *read = await asyncio.gather(_all(result.json_events), *reading)
    frames = _frames(whole)
    for one in read:
        if one is None:
            found.resets += 1
        else:
            found.compare(run_id, frames, one)


async def _all(parts):
    return b"".join([part async for part in parts])


async def _read(servers, context, chance, run_id, found):
    """The frames that a reader has read when it has come to the end, however often it was cut;
    None if it was told the state."""
    read = []
    while True:
        after = int(_NUMBER.match(read[-1])[1]) if read else 0
        result = await chance.choice(servers).follow(run_id, str(after), context)
        if result is None:
            return read
        stays = chance.randint(0, 5)
        parts = result.json_events
        try:
            async for part in parts:
                frames = _frames(part)
                if any(frame.startswith(b"data: ") for frame in frames):
                    return None
                frames = [frame for frame in frames if _NUMBER.match(frame)]  # no heartbeats
                stays -= 1
                arrives = len(frames) if stays >= 0 else chance.randint(0, len(frames))
                read += frames[:arrives]
                if arrives == len(frames) and read and _END.search(read[-1]):
                    return read
                if stays < 0:
                    break
        finally:
            await parts.aclose()
        found.cuts += 1


def _frames(stream):
    return [frame + b"\n\n" for frame in stream.split(b"\n\n")[:-1]]
