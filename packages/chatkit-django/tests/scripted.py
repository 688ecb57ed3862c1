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
    ClientToolCallItem,
    CustomTask,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    HiddenContextItem,
    ProgressUpdateEvent,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    SyncCustomActionResponse,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    TranscriptionResult,
    UserMessageItem,
    UserMessageTextContent,
    WidgetComponentUpdated,
    WidgetItem,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
)
from chatkit.widgets import DynamicWidgetComponent, DynamicWidgetRoot

from chatkit_django.clock import local_now
from chatkit_django.context import RequestContext
from chatkit_django.server import ChatKitServer

MANY = 20_000


class ScriptedServer(ChatKitServer):
    """``respond`` does what the first word of the message says; see the methods below.

    ``go_on`` holds back whatever waits for it, ``ended`` counts the answers whose ``finally``
    has run.
    """

    def __init__(self, store=None, attachment_store=None) -> None:
        super().__init__(store, attachment_store)
        self.go_on = asyncio.Event()
        self.reset()

    def reset(self) -> None:
        """As new; answers that still wait go on."""
        self.go_on.set()
        self.go_on = asyncio.Event()
        self.started = asyncio.Event()
        self.ended = 0
        self.sent_deltas = 0
        self.heard = None
        self.feedback = None

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

    async def _slowly(self, thread, words, context):
        """Says twenty words in more than a second."""
        async for event in self._message(thread, ["word "] * 20, context):
            yield event
            await asyncio.sleep(0.06)

    async def _many(self, thread, words, context):
        """Says more than a connection holds, waits for ``go_on``, then says that it is over."""
        async for event in self._message(thread, ["blah "] * MANY + [None, "over."], context):
            yield event

    async def _heavy(self, thread, words, context):
        """A tool says two megabytes; then waits for ``go_on``, and it is two more."""
        async for event in self._message(thread, ["heavier"], context):
            yield event
        widget = card("é" * 1_000_000)
        yield ThreadItemDoneEvent(item=self._new(WidgetItem, thread, context, widget=widget))
        await self.go_on.wait()
        yield ThreadItemDoneEvent(item=self._new(WidgetItem, thread, context, widget=widget))

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

    async def _widget(self, thread, words, context):
        yield ThreadItemDoneEvent(item=self._new(WidgetItem, thread, context, widget=card("open")))

    async def _call(self, thread, words, context):
        """Asks the page for something, and goes on to talk."""
        yield ThreadItemDoneEvent(
            item=self._new(
                ClientToolCallItem, thread, context, call_id="c1", name="where", arguments={}
            )
        )
        yield ThreadItemDoneEvent(
            item=self._new(HiddenContextItem, thread, context, content="asked the page")
        )

    async def _question(self, thread, words, context):
        """Asks for a choice of one, a choice of several and a text."""
        options = [StructuredInputMultipleChoiceOption(value=word) for word in ("red", "blue")]
        choice = {"question": "Which?", "options": options}
        yield ThreadItemDoneEvent(
            item=self._new(
                StructuredInputItem,
                thread,
                context,
                inputs=[
                    StructuredInputMultipleChoice(id="one", **choice),
                    StructuredInputMultipleChoice(id="some", multiple=True, **choice),
                    StructuredInputFreeform(id="why", question="Why?"),
                ],
            )
        )

    async def _draw(self, thread, words, context):
        """A widget, a workflow and an image that are never finished; then waits."""
        items = [
            self._new(WidgetItem, thread, context, widget=card("drawing")),
            self._new(
                WorkflowItem,
                thread,
                context,
                workflow=Workflow(
                    type="custom", tasks=[CustomTask(title="Draw", status_indicator="loading")]
                ),
            ),
            self._new(GeneratedImageItem, thread, context),
        ]
        for item in items:
            yield ThreadItemAddedEvent(item=item)
        update = WidgetRootUpdated(widget=card("half drawn"))
        yield ThreadItemUpdatedEvent(item_id=items[0].id, update=update)
        image = GeneratedImage(id="i", url="https://pictures.example/half.png")
        update = GeneratedImageUpdated(image=image, progress=0.5)
        yield ThreadItemUpdatedEvent(item_id=items[2].id, update=update)
        self.started.set()
        await self.go_on.wait()
        if "fail" in words:
            raise RuntimeError("no ink")

    def _new(self, kind, thread, context, **fields):
        return kind(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=local_now(),
            **fields,
        )

    async def action(self, thread, action, sender, context):
        """``set`` changes the sender's text to the payload, ``say`` says it."""
        match action.type:
            case "set":
                text = {"type": "Text", "id": "state", "value": action.payload}
                component = DynamicWidgetComponent.model_validate(text)
                yield ThreadItemUpdatedEvent(
                    item_id=sender.id,
                    update=WidgetComponentUpdated(component_id="state", component=component),
                )
            case "append":
                for letter in action.payload:
                    yield ThreadItemUpdatedEvent(
                        item_id=sender.id,
                        update=WidgetStreamingTextValueDelta(
                            component_id="state", delta=letter, done=False
                        ),
                    )
            case "lose":
                yield ThreadItemUpdatedEvent(
                    item_id="msg_unknown", update=WidgetRootUpdated(widget=card("lost"))
                )
            case _:
                async for event in self._message(thread, [f"Did {action.type}."], context):
                    yield event

    async def sync_action(self, thread, action, sender, context):
        if action.type == "name":
            thread.title = action.payload
        if sender is None:
            return SyncCustomActionResponse()
        return SyncCustomActionResponse(
            updated_item=sender.model_copy(update={"widget": card(action.payload)})
        )

    async def transcribe(self, audio_input, context):
        self.heard = audio_input
        return TranscriptionResult(text=audio_input.data.decode(errors="replace"))

    async def add_feedback(self, thread_id, item_ids, feedback, context):
        self.feedback = (thread_id, item_ids, feedback)

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


def card(state):
    """A card with one text, and with things that the SDK's typed widgets would lose."""
    return DynamicWidgetRoot.model_validate(
        {
            "type": "Card",
            "border": {"size": 1},
            "children": [{"type": "Text", "id": "state", "value": state, "unheard_of": [1, 2.5]}],
        }
    )


def text_of(message: UserMessageItem | None) -> str:
    if message is None:
        return "echo"
    texts = [part.text for part in message.content if isinstance(part, UserMessageTextContent)]
    return " ".join(texts) or "echo"
