"""Answering with ``text/event-stream`` under Django's ASGI handler."""

from collections.abc import AsyncGenerator, AsyncIterator

from django.http import StreamingHttpResponse

from chatkit_django.database import release_request_connections
from chatkit_django.observation import Observation


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

    async def __aiter__(self) -> AsyncIterator[bytes]:
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
