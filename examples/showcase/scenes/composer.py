"""What the server got of what was written."""

import json
from collections.abc import AsyncIterator

from chatkit.types import ThreadStreamEvent
from examples.showcase.stage import Scene, Stage


async def received(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    message = stage.message
    parts = [part.model_dump(mode="json") for part in message.content] if message else []
    quote = message.quoted_text if message else None
    told = json.dumps({"content": parts, "quoted_text": quote}, indent=2)
    async for event in stage.say(f"```json\n{told}\n```", pause=0):
        yield event


SCENES: dict[str, Scene] = {"received": received}
