"""What the page or the user is asked for in the middle of an answer."""

import json
from collections.abc import AsyncIterator
from typing import Any

from chatkit.types import ClientToolCallItem, ThreadItemDoneEvent, ThreadStreamEvent
from examples.showcase.stage import Scene, Stage

from chatkit_django.clock import local_now


def use(*names: str) -> Scene:
    """A scene that calls these tools of the page one after another, and says what they gave."""

    async def scene(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
        given = stage.given if isinstance(stage.given, ClientToolCallItem) else None
        left = names[names.index(given.name) + 1 :] if given else names
        if given:
            async for event in stage.say(f"`{given.name}` gave `{json.dumps(given.output)}`."):
                yield event
        if left:
            yield _call(stage, left[0], {"about": stage.words})

    return scene


def _call(stage: Stage, name: str, arguments: dict[str, Any]) -> ThreadStreamEvent:
    return ThreadItemDoneEvent(
        item=ClientToolCallItem(
            id=stage.new_id("tool_call"),
            thread_id=stage.thread.id,
            created_at=local_now(),
            call_id=stage.new_id("tool_call"),
            name=name,
            arguments=arguments,
        )
    )


SCENES: dict[str, Scene] = {
    "use a tool": use("page_title"),
    "use two tools": use("page_title", "page_width"),
    "use a failing tool": use("fail"),
    "use a slow tool": use("wait_for_the_page"),
}
