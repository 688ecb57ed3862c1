"""A server that shows what was asked for: the first words of a message name a scene."""

from collections.abc import AsyncIterator

from chatkit.types import (
    AudioInput,
    ClientToolCallItem,
    StructuredInputItem,
    ThreadItem,
    ThreadMetadata,
    ThreadStreamEvent,
    TranscriptionResult,
    UserMessageItem,
)
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
        message, given = input_user_message, None
        if message is None:
            message, given = await self._asked_and_given(thread, context)
        stage = Stage(thread, message, self.store, context, given)
        named = [name for name in SCENES if stage.words.lower().startswith(name)]
        scene = SCENES[max(named, key=len)] if named else _all_names
        async for event in scene(stage):
            yield event

    async def transcribe(
        self, audio_input: AudioInput, context: RequestContext
    ) -> TranscriptionResult:
        return TranscriptionResult(text=f"spoken words as {audio_input.media_type}")

    async def _asked_and_given(
        self, thread: ThreadMetadata, context: RequestContext
    ) -> tuple[UserMessageItem | None, ThreadItem | None]:
        """The last message, and what the page or the user gave to it since."""
        page = await self.store.load_thread_items(thread.id, None, 20, "desc", context)
        asked = next((item for item in page.data if isinstance(item, UserMessageItem)), None)
        given = (i for i in page.data if isinstance(i, ClientToolCallItem | StructuredInputItem))
        return asked, next(given, None)


async def _all_names(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    names = "\n".join(f"- `{name}`" for name in sorted(SCENES))
    async for event in stage.say(f"Write one of these:\n\n{names}"):
        yield event
