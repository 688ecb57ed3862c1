"""A long document with everything that markdown can be here."""

from collections.abc import AsyncIterator
from pathlib import Path

from chatkit.types import ThreadStreamEvent
from examples.showcase.stage import Scene, Stage

DOCUMENTS = Path(__file__).parent / "documents"


def _document(name: str) -> str:
    return (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")


async def markdown(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say(_document("everything"), pause=0.005):
        yield event


async def maths(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say(_document("maths")):
        yield event


async def code(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say(_document("code")):
        yield event


async def pictures(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say(_document("pictures")):
        yield event


SCENES: dict[str, Scene] = {
    "markdown": markdown,
    "where did the money go": markdown,
    "maths": maths,
    "code": code,
    "pictures": pictures,
}
