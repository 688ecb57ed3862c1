"""Answering with ``text/event-stream``: under Django's ASGI handler one frame at a time, under
ours what is there already together."""

import asyncio
import types
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import Any

from django.http import StreamingHttpResponse

from chatkit_django.cancellation import finish
from chatkit_django.database import release_request_connections
from chatkit_django.observation import Observation

MOST_TOGETHER = 32
"""Frames in one part. After as many the other requests of this process have their turn."""

SendPart = Callable[[bytes], Awaitable[None]]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class EventStreamResponse(StreamingHttpResponse):
    """Streams the frames. When the reader leaves, they are closed at once, also if it leaves
    while a frame is being sent."""

    def __init__(self, frames: AsyncGenerator[bytes, None]) -> None:
        super().__init__(
            frames,
            content_type="text/event-stream",
            headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
        )
        self._frames = frames
        self.observation: Observation | None = None  # told of what is sent

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        # Not Django's own: it takes a TypeError raised inside the stream for a synchronous one.
        seen = self.observation or Observation("", "unknown")
        seen.stream_opened()
        try:
            await release_request_connections()
            async for part in self.streaming_content:  # type: ignore[union-attr]
                seen.frame_sent(part)
                yield part
            seen.stream_completed()
        finally:
            try:
                await self._frames.aclose()
            finally:
                seen.stream_ended()

    async def serve_until_left(
        self,
        send: Send,
        receive: Receive,
        more_headers: Sequence[tuple[bytes, bytes]] = (),
    ) -> None:
        """Send the whole response to an ASGI server, as long as the client stays."""
        try:
            await until_sent_or_left(self._serve(send, more_headers), receive)
        finally:
            await self._frames.aclose()  # who leaves at once may leave before the first frame

    async def _serve(self, send: Send, more_headers: Sequence[tuple[bytes, bytes]]) -> None:
        headers = [(name.encode(), value.encode("latin1")) for name, value in self.items()]
        headers += more_headers
        headers += [
            (b"Set-Cookie", cookie.output(header="").strip().encode())
            for cookie in self.cookies.values()
        ]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})

        async def send_part(part: bytes) -> None:
            await send({"type": "http.response.body", "body": part, "more_body": True})

        await self.send_to(send_part)
        await send({"type": "http.response.body"})

    async def send_to(self, send: SendPart) -> None:
        """Send all frames. Those that come without a pause in between are sent as one part, and
        never held back for one that has to be waited for."""
        unsent: list[bytes] = []

        async def flush() -> None:
            if unsent:
                part = b"".join(unsent)
                unsent.clear()
                await send(part)

        async with aclosing(aiter(self)) as frames:
            await send(await anext(frames, b""))
            while True:
                try:
                    unsent.append(await _next_frame(frames, flush))
                except StopAsyncIteration:
                    break
                if len(unsent) == MOST_TOGETHER:
                    await flush()
                    await asyncio.sleep(0)
            await flush()


@types.coroutine
def _next_frame(
    frames: AsyncGenerator[bytes, None], flush: Callable[[], Awaitable[None]]
) -> Generator[Any, Any, bytes]:
    """``await anext(frames)``, but ``flush`` before the first wait there. If the flush is ended
    or fails, nobody reads on: ``frames`` is cancelled."""
    step = frames.__anext__().__await__()
    flushed = False
    error: BaseException | None = None
    while True:
        try:
            waited_for = step.send(None) if error is None else step.throw(error)
        except StopIteration as arrived:
            frame: bytes = arrived.value
            return frame
        error = None
        if not flushed:
            flushed = True
            try:
                yield from flush().__await__()
            except BaseException:
                error = asyncio.CancelledError()
                continue
        try:
            yield waited_for
        except BaseException as raised:
            error = raised


async def until_sent_or_left(sending: Awaitable[None], receive: Receive) -> None:
    """Send the stream; end it when the client leaves or the server gives it up."""
    stream = asyncio.ensure_future(sending)
    leaving = asyncio.ensure_future(_disconnect(receive))
    try:
        await asyncio.wait({stream, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        left = not stream.done()
        if left:
            stream.cancel()
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await finish(stream)
    if not left:
        stream.result()


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
