"""Answers in words."""

from collections.abc import AsyncIterator

from chatkit.types import ThreadStreamEvent
from examples.showcase.stage import Scene, Stage

LONG = " ".join(f"word{number}" for number in range(200))


async def hello(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say("Hello. Ask for a scene by its name."):
        yield event


async def long(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say(LONG, pause=0.02):
        yield event


SCENES: dict[str, Scene] = {"hello": hello, "long": long}
