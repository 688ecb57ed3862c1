"""Answering with ``text/event-stream`` under Django's ASGI handler."""

from collections.abc import AsyncGenerator, AsyncIterator

from django.http import StreamingHttpResponse

from chatkit_django.database import release_request_connections


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

    async def __aiter__(self) -> AsyncIterator[bytes]:
        # Not Django's own: it takes a TypeError raised inside the stream for a synchronous one.
        await release_request_connections()
        try:
            async for part in self.streaming_content:  # type: ignore[union-attr]
                yield part
        finally:
            await self._frames.aclose()
