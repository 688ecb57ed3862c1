"""Answering with ``text/event-stream``, under Django's ASGI handler and under ours."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import Any

from django.http import StreamingHttpResponse

from chatkit_django.cancellation import finish
from chatkit_django.database import release_request_connections
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
        seen = self.observation or Observation("", "unknown")
        seen.stream_opened()
        try:
            await release_request_connections()
            async for part in self.streaming_content:  # type: ignore[union-attr]
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
        try:
            await until_sent_or_left(self._serve(send, more_headers), receive)
        finally:
            await self._parts.aclose()  # who leaves at once may leave before the first part

    async def _serve(self, send: Send, more_headers: Sequence[tuple[bytes, bytes]]) -> None:
        headers = [(name.encode(), value.encode("latin1")) for name, value in self.items()]
        headers += more_headers
        headers += [
            (b"Set-Cookie", cookie.output(header="").strip().encode())
            for cookie in self.cookies.values()
        ]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
        async with aclosing(aiter(self)) as parts:
            async for part in parts:
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body"})


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
