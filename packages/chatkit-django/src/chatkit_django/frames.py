"""An answer as ``text/event-stream``: each event is a frame, and frames that come without a wait
in between are one part."""

import asyncio
import types
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterable
from contextlib import suppress
from functools import partial
from json.encoder import encode_basestring
from typing import Any

from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
)
from pydantic import BaseModel

MOST_TOGETHER = 32
"""Frames in one part. After as many the other requests of this process have their turn."""

WriteFrame = Callable[[ThreadStreamEvent], bytes]

_END = b"\n\n"
_END_OF_DELTA = b"}}" + _END
_KNOWN_FIELDS: dict[type[BaseModel], set[str]] = {
    ThreadItemUpdatedEvent: {"type", "item_id", "update"},
    AssistantMessageContentPartTextDelta: {"type", "content_index", "delta"},
}


def frame_writer(serialize: Callable[[BaseModel], bytes], *, is_sdks: bool) -> WriteFrame:
    """Writes the events of one answer. If ``serialize`` does what the SDK's does, it is asked for
    the first delta of each text only: the others differ from that in the delta."""

    def write(event: ThreadStreamEvent) -> bytes:
        return b"data: " + serialize(event) + _END

    heads: dict[tuple[str, int], bytes] = {}

    def write_fast(event: ThreadStreamEvent) -> bytes:
        if type(event) is not ThreadItemUpdatedEvent:
            return write(event)
        update = event.update
        if type(update) is not AssistantMessageContentPartTextDelta:
            return write(event)
        try:
            delta = encode_basestring(update.delta).encode() + _END_OF_DELTA
        except TypeError:  # an update that was not validated
            return write(event)
        place = event.item_id, update.content_index
        head = heads.get(place)
        if head is None:
            frame = write(event)
            if frame.endswith(delta):
                heads[place] = frame.removesuffix(delta)
            return frame
        return head + delta

    return write_fast if is_sdks and _fields_are_known() else write


def _fields_are_known() -> bool:
    """Whether this version of the SDK writes nothing else with a delta."""
    return all(kind.model_fields.keys() == fields for kind, fields in _KNOWN_FIELDS.items())


async def parts(
    opening: Iterable[ThreadStreamEvent],
    events: AsyncGenerator[ThreadStreamEvent, None],
    write: WriteFrame,
) -> AsyncGenerator[bytes, None]:
    """The frames of ``opening`` and then of ``events``, never held back for one that has to be
    waited for. A reader that leaves cancels ``events`` where they are. All of it is to be read in
    one task: one wait of theirs may go on from one part to the next."""
    unsent = [write(event) for event in opening]
    if unsent:
        yield b"".join(unsent)
        unsent.clear()
    writing = _Writing(_write_all(events, write, unsent), unsent)
    try:
        while not writing.ended:
            await writing.go_on()
            if unsent:
                part = b"".join(unsent)
                unsent.clear()
                yield part
    except GeneratorExit:
        with suppress(asyncio.CancelledError):
            await writing.cancel()
        raise


async def _write_all(
    events: AsyncGenerator[ThreadStreamEvent, None], write: WriteFrame, unsent: list[bytes]
) -> None:
    async for event in events:
        try:
            unsent.append(write(event))
        except ValueError as error:
            # It cannot be written as JSON: the answer has failed there.
            unsent.append(write(await events.athrow(error)))
        if len(unsent) >= MOST_TOGETHER:
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError as error:
                await events.athrow(error)
                raise


class _Writing:
    """Does ``work``, but returns before each wait that would hold back what is unsent."""

    def __init__(self, work: Coroutine[Any, Any, None], unsent: list[bytes]) -> None:
        self._work = work
        self._unsent = unsent
        self._on = partial(work.send, None)
        self._step: Callable[[], Any] | None = self._on  # what is next; None: to wait
        self._waits_for: Any = None
        self.ended = False

    @types.coroutine
    def go_on(self) -> Generator[Any, Any, None]:
        step = self._step or (yield from self._wait())
        self._step = None
        try:
            while True:
                self._waits_for = step()
                if self._unsent:
                    return
                step = yield from self._wait()
        except StopIteration:
            self.ended = True

    def _wait(self) -> Generator[Any, Any, Callable[[], Any]]:
        try:
            yield self._waits_for
        except BaseException as error:
            return partial(self._work.throw, error)
        return self._on

    async def cancel(self) -> None:
        """As ``Task.cancel`` does: cancel what is waited for, or else the work itself."""
        cancel = getattr(self._waits_for, "cancel", None)
        if cancel is None or not cancel():
            self._step = partial(self._work.throw, asyncio.CancelledError())
        while not self.ended:
            await self.go_on()
            self._unsent.clear()
