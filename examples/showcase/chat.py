"""A server that shows what was asked for: the first words of a message name a scene."""

from collections.abc import AsyncIterator

from chatkit.types import ThreadMetadata, ThreadStreamEvent, UserMessageItem
from examples.showcase.scenes import SCENES
from examples.showcase.stage import Stage

from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer


class ShowcaseServer(ChatKitServer):
    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        stage = Stage(thread, input_user_message, self.store, context)
        named = [name for name in SCENES if stage.words.lower().startswith(name)]
        scene = SCENES[max(named, key=len)] if named else _all_names
        async for event in scene(stage):
            yield event


async def _all_names(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    names = "\n".join(f"- `{name}`" for name in sorted(SCENES))
    async for event in stage.say(f"Write one of these:\n\n{names}"):
        yield event
