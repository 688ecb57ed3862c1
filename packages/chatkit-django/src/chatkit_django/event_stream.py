"""Answering with ``text/event-stream``, under Django's ASGI handler and under ours."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from django.http import StreamingHttpResponse

from chatkit_django.cancellation import finish
from chatkit_django.database import release_request_connections
from chatkit_django.direct_send import Listening, needs_no_task, pusher
from chatkit_django.observation import Observation

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


HEADERS = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",
}


class EventStreamResponse(StreamingHttpResponse):
    """Streams the parts. When the reader leaves, they are closed at once, also if it leaves
    while one is being sent."""

    def __init__(self, parts: AsyncGenerator[bytes, None]) -> None:
        super().__init__(parts, headers=HEADERS)
        self._parts = parts
        self.observation: Observation | None = None  # told of what is sent

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        # Not Django's own: it takes a TypeError raised inside the stream for a synchronous one.
        seen = self.observation or Observation("", "unknown")
        seen.stream_opened()
        try:
            await release_request_connections()
            async for part in self._current_parts():
                seen.part_sent(part)
                yield part
            seen.stream_completed()
        finally:
            try:
                await self._parts.aclose()
            finally:
                seen.stream_ended()

    async def serve_until_left(self, send: Send, receive: Receive) -> None:
        """Send the whole response to an ASGI server, as long as the client stays."""
        seen = self.observation or Observation("", "unknown")
        stream = EventStream(self._parts, seen, self._current_parts())
        await stream.serve_until_left(self._start(), send, receive)

    def _current_parts(self) -> AsyncIterator[bytes]:
        # A middleware may have put something around them.
        is_plain = self._iterator is self._parts  # type: ignore[attr-defined]
        return self._parts if is_plain else aiter(self.streaming_content)  # type: ignore[arg-type]

    def _start(self) -> Mapping[str, Any]:
        headers = [(name.encode(), value.encode("latin1")) for name, value in self.items()]
        headers += [
            (b"Set-Cookie", cookie.output(header="").strip().encode())
            for cookie in self.cookies.values()
        ]
        return {"type": "http.response.start", "status": self.status_code, "headers": headers}


class EventStream:
    """The parts of a stream on their way to an ASGI server. ``current`` is what is sent, if
    something was put around the parts."""

    def __init__(
        self,
        parts: AsyncGenerator[bytes, None],
        seen: Observation,
        current: AsyncIterator[bytes] | None = None,
    ) -> None:
        self._parts = parts
        self._seen = seen
        self._current = current or parts

    async def serve_until_left(
        self, start: Mapping[str, Any], send: Send, receive: Receive
    ) -> None:
        """Send them all behind the start, as long as the client stays."""
        reader = Reader()
        try:
            try:
                await self._serve(start, send, receive, reader)
            except BaseException:
                await finish(asyncio.ensure_future(self._parts.aclose()))
                raise
            finally:
                reader.forget()
        except asyncio.CancelledError:
            if not reader.has_left:
                raise

    async def _serve(
        self, start: Mapping[str, Any], send: Send, receive: Receive, reader: "Reader"
    ) -> None:
        seen, parts = self._seen, self._current
        seen.stream_opened()
        try:
            await release_request_connections()
            await send(start)
            reader.watch(receive)
            more = True
            push, takes_push = pusher(send, seen), getattr(parts, "push_to", None)
            if push is not None and takes_push is not None:
                takes_push(push)
            async for part in parts:
                seen.part_sent(part)
                more = not getattr(parts, "is_over", False)
                await send({"type": "http.response.body", "body": part, "more_body": more})
            await self._parts.aclose()
            seen.stream_completed()
            if more:
                await send({"type": "http.response.body"})
        finally:
            seen.stream_ended()


class Reader:
    """Who the current task sends to. When it leaves, the task is cancelled."""

    def __init__(self) -> None:
        self._task = asyncio.current_task()
        self._stop_watching: Callable[[], object] | None = None
        self.has_left = False

    def watch(self, receive: Receive) -> None:
        if needs_no_task(receive):
            self._stop_watching = Listening(receive, self._leave).close
            return
        leaving = asyncio.create_task(_disconnect(receive))
        leaving.add_done_callback(self._has_ended)
        self._stop_watching = leaving.cancel

    def forget(self) -> None:
        """From here on nobody is cancelled."""
        task, self._task = self._task, None
        if self._stop_watching is not None:
            self._stop_watching()
        if self.has_left and task is not None:
            task.uncancel()

    def _has_ended(self, leaving: "asyncio.Task[None]") -> None:
        if not leaving.cancelled():
            self._leave()

    def _leave(self) -> None:
        if self._task is not None:
            self.has_left = True
            self._task.cancel()


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
