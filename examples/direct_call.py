"""A direct call of a model: the conversation so far goes in, and its words stream out."""

import os
from collections.abc import AsyncIterator

from chatkit.types import ThreadItem, ThreadMetadata, ThreadStreamEvent, UserMessageItem
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionMessageParam

from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer
from chatkit_django.text_answer import stream_text, text_of

MODEL = os.environ.get("OPENAI_MODEL", "gpt-5-mini")
REMEMBERED = 30  # items


class DirectCallServer(ChatKitServer):
    def __init__(self) -> None:
        super().__init__()
        self.model = AsyncOpenAI()  # reads OPENAI_API_KEY and OPENAI_BASE_URL

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        newest = await self.store.load_thread_items(thread.id, None, REMEMBERED, "desc", context)
        words = self.words([spoken(item) for item in newest.data[::-1] if text_of(item)])
        async for event in stream_text(words, thread, self.store, context):
            yield event

    async def words(self, messages: list[ChatCompletionMessageParam]) -> AsyncIterator[str]:
        stream = await self.model.chat.completions.create(
            model=MODEL, messages=messages, stream=True
        )
        async with stream:  # a reader who leaves ends the call
            async for chunk in stream:
                if chunk.choices and (word := chunk.choices[0].delta.content):
                    yield word


def spoken(item: ThreadItem) -> ChatCompletionMessageParam:
    if isinstance(item, UserMessageItem):
        return {"role": "user", "content": text_of(item)}
    return {"role": "assistant", "content": text_of(item)}
