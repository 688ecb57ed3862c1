"""A server whose answers are told by the message it gets."""

import asyncio
from collections.abc import AsyncIterator

from chatkit.errors import CustomStreamError
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    CustomTask,
    HiddenContextItem,
    ProgressUpdateEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTextContent,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
)

from chatkit_django.clock import local_now
from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer


class ScriptedServer(ChatKitServer):
    """``respond`` does what the first word of the message says; see the methods below.

    ``go_on`` holds back whatever waits for it, ``ended`` counts the answers whose ``finally``
    has run.
    """

    def __init__(self, store=None) -> None:
        super().__init__(store)
        self.go_on = asyncio.Event()
        self.reset()

    def reset(self) -> None:
        """As new; answers that still wait go on."""
        self.go_on.set()
        self.go_on = asyncio.Event()
        self.started = asyncio.Event()
        self.ended = 0
        self.sent_deltas = 0

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        words = text_of(input_user_message)
        script = getattr(self, f"_{words.split()[0].lower()}", self._echo)
        try:
            async for event in script(thread, words, context):
                yield event
        finally:
            self.ended += 1

    async def _echo(self, thread, words, context):
        async for event in self._message(thread, ["You said: ", words], context):
            yield event

    async def _wait(self, thread, words, context):
        """Says two words, then waits for ``go_on``, then says the rest."""
        self.started.clear()
        async for event in self._message(thread, ["One ", "two ", None, "three."], context):
            yield event

    async def _many(self, thread, words, context):
        """Talks on as fast as it is read."""
        async for event in self._message(thread, ["blah "] * 200_000, context):
            yield event
            await asyncio.sleep(0)

    async def _work(self, thread, words, context):
        """A tool at work, then the answer."""
        yield ProgressUpdateEvent(icon="search", text="Looking")
        item = WorkflowItem(
            id=self.store.generate_item_id("workflow", thread, context),
            thread_id=thread.id,
            created_at=local_now(),
            workflow=Workflow(type="custom", tasks=[CustomTask(title="Read the ledger")]),
        )
        yield ThreadItemAddedEvent(item=item.model_copy(deep=True))
        item.workflow.tasks.append(CustomTask(title="Add it up", status_indicator="loading"))
        yield ThreadItemUpdatedEvent(
            item_id=item.id, update=WorkflowTaskAdded(task_index=1, task=item.workflow.tasks[1])
        )
        yield ThreadItemDoneEvent(item=item)
        async for event in self._message(thread, ["Found ", "**$12.30**."], context):
            yield event

    async def _title(self, thread, words, context):
        thread.title = words.partition(" ")[2]
        yield ProgressUpdateEvent(text="Naming")
        async for event in self._message(thread, ["Named."], context):
            yield event

    async def _hide(self, thread, words, context):
        """Five items for the model only, then an answer."""
        for number in range(5):
            yield ThreadItemDoneEvent(
                item=HiddenContextItem(
                    id=self.store.generate_item_id("message", thread, context),
                    thread_id=thread.id,
                    created_at=local_now(),
                    content=f"secret {number}",
                )
            )
        async for event in self._message(thread, ["Noted."], context):
            yield event

    async def _fake(self, thread, words, context):
        """Two messages named as models outside the Responses API name them."""
        for text in ("First.", "Second."):
            async for event in self._message(thread, [text], context, item_id="__fake_id__"):
                yield event

    async def _fail(self, thread, words, context):
        async for event in self._message(thread, ["Half an ", "answer"], context, done=False):
            yield event
        raise RuntimeError("secret upstream failure sk-test-123")

    async def _typeerror(self, thread, words, context):
        yield ProgressUpdateEvent(text="Soon")
        raise TypeError("secret type error")

    async def _surrogate(self, thread, words, context):
        async for event in self._message(thread, ["ok ", "\ud800"], context):
            yield event

    async def _refuse(self, thread, words, context):
        yield ProgressUpdateEvent(text="Hm")
        raise CustomStreamError("Ask me about money.", allow_retry=False)

    async def _message(self, thread, deltas, context, *, item_id=None, done=True):
        item = AssistantMessageItem(
            id=item_id or self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=local_now(),
            content=[],
        )
        yield ThreadItemAddedEvent(item=item)
        yield ThreadItemUpdatedEvent(
            item_id=item.id,
            update=AssistantMessageContentPartAdded(
                content_index=0, content=AssistantMessageContent(text="")
            ),
        )
        said = ""
        for delta in deltas:
            if delta is None:
                self.started.set()
                await self.go_on.wait()
                continue
            said += delta
            self.sent_deltas += 1
            yield ThreadItemUpdatedEvent(
                item_id=item.id,
                update=AssistantMessageContentPartTextDelta(content_index=0, delta=delta),
            )
        if not done:
            return
        content = AssistantMessageContent(text=said)
        yield ThreadItemUpdatedEvent(
            item_id=item.id,
            update=AssistantMessageContentPartDone(content_index=0, content=content),
        )
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))


def text_of(message: UserMessageItem | None) -> str:
    if message is None:
        return "echo"
    texts = [part.text for part in message.content if isinstance(part, UserMessageTextContent)]
    return " ".join(texts) or "echo"
