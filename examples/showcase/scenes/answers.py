"""Answers that are more than words, or go other ways than to an end."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import timedelta

from chatkit.server import stream_widget
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    EndOfTurnItem,
    ErrorEvent,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    InferenceOptions,
    NoticeEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTextContent,
)
from chatkit.widgets import Button, Caption, Card, Markdown, Text, Title, WidgetRoot
from examples.showcase.picture import picture
from examples.showcase.stage import Scene, Stage

from chatkit_django.clock import local_now

PROPOSAL = "You may move **$250** to savings and still have two weeks of expenses at hand."
STAGES = ((12, 0.25), (24, 0.5), (64, 0.75))


def answer(stage: Stage, text: str) -> AssistantMessageItem:
    return AssistantMessageItem(
        id=stage.new_id("message"),
        thread_id=stage.thread.id,
        created_at=local_now(),
        content=[AssistantMessageContent(text=text)],
    )


async def image(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    item = GeneratedImageItem(
        id=stage.new_id("message"), thread_id=stage.thread.id, created_at=local_now()
    )
    yield ThreadItemAddedEvent(item=item)
    await asyncio.sleep(0.8)
    for size, progress in STAGES:
        made = GeneratedImage(id=item.id, url=picture(size))
        yield ThreadItemUpdatedEvent(
            item_id=item.id, update=GeneratedImageUpdated(image=made, progress=progress)
        )
        await asyncio.sleep(0.8)
    whole = GeneratedImage(id=item.id, url=picture(400))
    yield ThreadItemDoneEvent(item=item.model_copy(update={"image": whole}))
    async for event in stage.say("The hills behind the house, at sunset."):
        yield event


async def notices(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say("You spent **$412.80** on groceries in October."):
        yield event
    yield NoticeEvent(level="info", message="Rates are of *yesterday evening*.")
    yield NoticeEvent(
        level="warning",
        title="Nearly used up",
        message="You have **3 questions** left today. [See plans](https://example.com/plans).",
    )
    yield NoticeEvent(level="danger", title="Not connected", message="The bank has not answered.")


async def error(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say("Let me add up what"):
        yield event
    yield ErrorEvent(message="The ledger is being closed for the night.", allow_retry=True)


async def error_at_last(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    async for event in stage.say("Let me see."):
        yield event
    yield ErrorEvent(message="This account was closed.", allow_retry=False)


async def replaced(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    """The first of two answers is replaced while it is read."""
    draft = answer(stage, "A draft: about **$400**, with a [link](https://example.com) to focus.")
    yield ThreadItemDoneEvent(item=draft)
    yield ThreadItemDoneEvent(item=answer(stage, "It is counted again from the receipts."))
    await asyncio.sleep(1.5)
    final = "Counted: **$412.80**, with a [link](https://example.com) to focus."
    content = [AssistantMessageContent(text=final)]
    yield ThreadItemReplacedEvent(item=draft.model_copy(update={"content": content}))


async def removed(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    """A guardrail takes everything back that was said."""
    said = answer(stage, "What must not be said, with a [link](https://example.com) to focus.")
    yield ThreadItemAddedEvent(item=said)
    await asyncio.sleep(1.5)
    yield ThreadItemRemovedEvent(item_id=said.id)
    yield ErrorEvent(message="That cannot be answered here.", allow_retry=False)


async def turns(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    """Two turns of the assistant in one response."""
    yield ThreadItemDoneEvent(item=answer(stage, "The first turn, in two messages:"))
    yield ThreadItemDoneEvent(item=answer(stage, "this one ends it."))
    yield ThreadItemDoneEvent(
        item=EndOfTurnItem(
            id=stage.new_id("message"), thread_id=stage.thread.id, created_at=local_now()
        )
    )
    await asyncio.sleep(1.5)
    async for event in stage.say("The second turn is a message of its own."):
        yield event


async def widget(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    words = PROPOSAL.split(" ")

    async def drafts() -> AsyncGenerator[WidgetRoot]:
        for count in range(1, len(words) + 1):
            yield Card(
                children=[
                    Title(value="Savings"),
                    Caption(value="Proposed today"),
                    Markdown(
                        id="text",
                        value=" ".join(words[:count]),
                        streaming=count < len(words),
                    ),
                    Text(value="It can be undone."),
                    Button(label="Move $250"),
                ]
            )
            await asyncio.sleep(0.05)

    async for event in stream_widget(
        stage.thread, drafts(), "Move $250 to savings.", lambda kind: stage.new_id(kind)
    ):
        yield event


async def days(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    """Another thread, of forty questions over ten days, to be opened from the history."""
    now = local_now()
    thread = ThreadMetadata(
        id=stage.store.generate_thread_id(stage.context),
        title="Ten days of questions",
        created_at=now - timedelta(days=9, hours=3),
    )
    await stage.store.save_thread(thread, stage.context)
    for number in range(40):
        asked = now - timedelta(days=9 - number // 4, hours=3 - number % 4)
        question = UserMessageItem(
            id=stage.store.generate_item_id("message", thread, stage.context),
            thread_id=thread.id,
            created_at=asked,
            content=[UserMessageTextContent(text=f"Question {number + 1}: what came in?")],
            inference_options=InferenceOptions(),
        )
        reply = AssistantMessageItem(
            id=stage.store.generate_item_id("message", thread, stage.context),
            thread_id=thread.id,
            created_at=asked + timedelta(seconds=4),
            content=[AssistantMessageContent(text=f"**${number * 13 + 20}** from two senders.")],
        )
        for item in (question, reply):
            await stage.store.add_thread_item(thread.id, item, stage.context)
    async for event in stage.say("The thread “Ten days of questions” is in the history."):
        yield event


SCENES: dict[str, Scene] = {
    "image": image,
    "notices": notices,
    "error": error,
    "error at last": error_at_last,
    "replaced": replaced,
    "removed": removed,
    "turns": turns,
    "widget in words": widget,
    "days": days,
}
