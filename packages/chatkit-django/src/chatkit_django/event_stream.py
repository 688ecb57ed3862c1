"""Answering with ``text/event-stream``, under Django's ASGI handler and under ours."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.http import StreamingHttpResponse

from chatkit_django.cancellation import finish
from chatkit_django.database import release_request_connections
from chatkit_django.direct_send import pusher
from chatkit_django.observation import Observation

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class EventStreamResponse(StreamingHttpResponse):
    """Streams the parts. When the reader leaves, they are closed at once, also if it leaves
    while one is being sent."""

    def __init__(self, parts: AsyncGenerator[bytes, None]) -> None:
        super().__init__(
            parts,
            content_type="text/event-stream",
            headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
        )
        self._parts = parts
        self.observation: Observation | None = None  # told of what is sent

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        # Not Django's own: it takes a TypeError raised inside the stream for a synchronous one.
        seen = self._opened()
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

    async def serve_until_left(
        self,
        send: Send,
        receive: Receive,
        more_headers: Sequence[tuple[bytes, bytes]] = (),
    ) -> None:
        """Send the whole response to an ASGI server, as long as the client stays."""
        reader = Reader()
        try:
            try:
                await self._serve(send, receive, reader, more_headers)
            except BaseException:
                await finish(asyncio.ensure_future(self._parts.aclose()))
                raise
            finally:
                reader.forget()
        except asyncio.CancelledError:
            if not reader.has_left:
                raise

    async def _serve(
        self,
        send: Send,
        receive: Receive,
        reader: "Reader",
        more_headers: Sequence[tuple[bytes, bytes]],
    ) -> None:
        seen = self._opened()
        try:
            await release_request_connections()
            await send(self._start(more_headers))
            reader.watch(receive)
            more, parts = True, self._current_parts()
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

    def _opened(self) -> Observation:
        seen = self.observation or Observation("", "unknown")
        seen.stream_opened()
        return seen

    def _current_parts(self) -> AsyncIterator[bytes]:
        # A middleware may have put something around them.
        is_plain = self._iterator is self._parts  # type: ignore[attr-defined]
        return self._parts if is_plain else aiter(self.streaming_content)  # type: ignore[arg-type]

    def _start(self, more_headers: Sequence[tuple[bytes, bytes]]) -> Mapping[str, Any]:
        headers = [(name.encode(), value.encode("latin1")) for name, value in self.items()]
        headers += more_headers
        headers += [
            (b"Set-Cookie", cookie.output(header="").strip().encode())
            for cookie in self.cookies.values()
        ]
        return {"type": "http.response.start", "status": self.status_code, "headers": headers}


class Reader:
    """Who the current task sends to. When it leaves, the task is cancelled."""

    def __init__(self) -> None:
        self._task = asyncio.current_task()
        self._leaving: asyncio.Task[None] | None = None
        self.has_left = False

    def watch(self, receive: Receive) -> None:
        self._leaving = asyncio.create_task(_disconnect(receive))
        self._leaving.add_done_callback(self._leave)

    def forget(self) -> None:
        """From here on nobody is cancelled."""
        task, self._task = self._task, None
        if self._leaving is not None:
            self._leaving.cancel()
        if self.has_left and task is not None:
            task.uncancel()

    def _leave(self, leaving: "asyncio.Task[None]") -> None:
        if self._task is not None and not leaving.cancelled():
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
