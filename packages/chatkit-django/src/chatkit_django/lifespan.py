"""From the start of a process that serves the chat to its end.

An ASGI server says when it starts and stops (the lifespan protocol). With one that does not, what
is done at the start is done with the first request.
"""

import asyncio
import gc
import logging
from typing import Any

from django.urls import get_resolver

from chatkit_django import stop_signals
from chatkit_django.chat_urls import chat_paths
from chatkit_django.conf import TUNE_GC
from chatkit_django.event_stream import Receive, Send
from chatkit_django.runs import draining

logger = logging.getLogger(__name__)

LONGEST_WARM_UP = 10.0
"""Seconds after which requests are taken although the chats are not built yet."""


class Lifespan:
    """One process's. ``has_begun`` says whether ``begin`` or ``serve`` was called."""

    def __init__(self) -> None:
        self.has_begun = False
        self._warming: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Listen to the signals to stop, and in the background warm up and look after runs whose
        worker is gone."""
        self.has_begun = True
        loop = asyncio.get_running_loop()
        stop_signals.follow(loop)
        self._warming = loop.create_task(_warm_up())
        self._watching = loop.create_task(_watch(self._warming))

    async def serve(self, receive: Receive, send: Send) -> None:
        """Speak the lifespan protocol with the server."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.begin()
                await self._until_warm()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await draining.end()
                if self._watching is not None:
                    self._watching.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _until_warm(self) -> None:
        if self._warming is not None:
            await asyncio.wait({self._warming}, timeout=LONGEST_WARM_UP)


async def _warm_up() -> None:
    """Build the chats, which imports the SDK, so that no request waits for that."""
    try:
        for path, view in await asyncio.to_thread(_chats):
            await _built(path, view)
    except Exception:  # the project's URLs: the first request will meet the same error and say it
        logger.exception("The chats could not be found")
    if TUNE_GC.get():
        tune_gc()


async def _watch(warming: "asyncio.Task[None]") -> None:
    await asyncio.wait({warming})
    from chatkit_django.runs.watchdog import Watchdog  # loaded with the server

    await Watchdog().watch()


def _chats() -> list[tuple[str, Any]]:
    return list(chat_paths(get_resolver().url_patterns, "/"))


async def _built(path: str, view: Any) -> None:
    try:
        await view.view_initkwargs["lazy_server"].get()
    except Exception:  # the first request will meet the same error and answer it
        logger.exception("The chat at %s could not be built", path)


def tune_gc() -> None:
    """Let the garbage collector leave alone what is there now, and look at the rest less often: a
    full collection of all that the SDK imports stops every stream for a sixth of a second. Frozen
    objects alone would make it worse, because what is left then grows by a quarter all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
