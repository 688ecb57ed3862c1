"""raw: no framework, no store, no SDK. It sends the bytes that D sent once, one send for each
event: what the ASGI server itself can do."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from asked import asked_for

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
HEADERS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-cache")]
DELTA = b".text_delta"


async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        raise RuntimeError("nothing else is served")
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    count, pace = asked_for(json.loads(body)["params"]["input"]["content"][0]["text"])
    opening, deltas, end = recorded()
    leaving = asyncio.ensure_future(receive())
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    for frame in opening:
        await send({"type": "http.response.body", "body": frame, "more_body": True})
    began = monotonic()
    for number, frame in enumerate(deltas[:count], 1):
        if pace:
            await asyncio.sleep(max(0, began + number * pace - monotonic()))
            if leaving.done():
                return
        await send({"type": "http.response.body", "body": frame, "more_body": True})
    for frame in end:
        await send({"type": "http.response.body", "body": frame, "more_body": True})
    await send({"type": "http.response.body"})
    leaving.cancel()


@cache
def recorded() -> tuple[list[bytes], list[bytes], list[bytes]]:
    """The frames before the deltas, those of the deltas, and those after them."""
    answer = Path(os.environ["BENCH_RECORDED"]).read_bytes()
    frames = [part + b"\n\n" for part in answer.split(b"\n\n")[:-1]]
    at = [number for number, frame in enumerate(frames) if DELTA in frame]
    return frames[: at[0]], frames[at[0] : at[-1] + 1], frames[at[-1] + 1 :]
