"""Who goes down in order: a scripted server, and runs that only note what they are told."""

import asyncio

from chatkit.errors import CustomStreamError

from chatkit_django.runs import draining
from tests.scripted import ScriptedServer


class DrainedServer(ScriptedServer):
    def __init__(self, store=None) -> None:
        super().__init__(store)
        self._over = asyncio.Event()
        self._running = 0
        draining.register(self)

    async def _streamed(self, request, context):
        draining.refuse_if_draining()
        return await super()._streamed(request, context)

    async def respond(self, thread, input_user_message, context):
        events = super().respond(thread, input_user_message, context)
        over = asyncio.ensure_future(self._over.wait())
        self._running += 1
        try:
            while (event := await self._next(events, over)) is not None:
                yield event
        finally:
            self._running -= 1
            over.cancel()

    async def drain(self, seconds):
        deadline = asyncio.get_running_loop().time() + seconds
        while self._running:
            if asyncio.get_running_loop().time() >= deadline:
                self._over.set()
            await asyncio.sleep(0.01)

    async def _next(self, events, over):
        following = asyncio.ensure_future(one_of(events))
        try:
            await asyncio.wait({following, over}, return_when=asyncio.FIRST_COMPLETED)
            if not following.done():
                raise CustomStreamError("The server is being restarted.", allow_retry=True)
            return following.result()
        finally:
            following.cancel()
            await asyncio.wait({following})


class Runs:
    """Runs that end only when they must, and what they were told."""

    def __init__(self) -> None:
        self.told = []
        self.loops = []
        self.ended = asyncio.Event()
        draining.register(self)

    async def drain(self, seconds):
        self.told.append(seconds)
        self.loops.append(asyncio.get_running_loop())
        if seconds:
            await self.ended.wait()
        self.ended.set()

    async def are_told(self, *seconds):
        await until(lambda: self.told == list(seconds))


async def until(true):
    async with asyncio.timeout(5):
        while True:
            if true():
                return
            await asyncio.sleep(0)


async def one_of(events):
    return await anext(events, None)
