"""A server that says what it was told, word by word."""

import asyncio
from collections.abc import AsyncIterator

from chatkit.types import ThreadMetadata, ThreadStreamEvent, UserMessageItem

from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer
from chatkit_django.text_answer import stream_text, text_of


class EchoServer(ChatKitServer):
    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        words = slowly(f"You said: {text_of(input_user_message)}")
        async for event in stream_text(words, thread, self.store, context):
            yield event


async def slowly(text: str) -> AsyncIterator[str]:
    for word in text.split(" "):
        yield f"{word} "
        await asyncio.sleep(0.05)
