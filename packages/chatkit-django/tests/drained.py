"""Runs that only note what they are told."""

import asyncio

from chatkit_django.runs import draining


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
