"""An answer with sources of every kind, at their places in the text."""

import asyncio
from collections.abc import AsyncIterator

from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    EntitySource,
    FileSource,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
    URLSource,
)
from examples.showcase.stage import Scene, Stage

from chatkit_django.clock import local_now

RATES = URLSource(
    title="Key interest rates",
    url="https://www.example.com/rates/key",
    description="The three rates the central bank sets, with the day of each change since 1999.",
    timestamp="2026-10-30",
    attribution="Central bank",
    group="Web",
)
SURVEY = URLSource(
    title="What households pay for a loan",
    url="https://data.example.org/households",
    description="A survey of 4,200 households, weighted by income.",
    timestamp="2026-09-15T08:00:00Z",
    group="Web",
)
CONTRACT = FileSource(
    title="Loan agreement",
    filename="loan-agreement-2023.pdf",
    description="Section 4: the rate is fixed until December 2028.",
    group="Your documents",
)
ACCOUNT = EntitySource(
    id="acct_7",
    title="Mortgage account",
    icon="suitcase",
    label="Account",
    inline_label="Mortgage",
    interactive=True,
    data={"kind": "account"},
    group="Your documents",
)

# The text up to a place, and what stands there.
LOWERED = (
    ", so the change of last month does not reach you yet. The central bank lowered its key rate "
    "to *2.0 %*"
)
PIECES: list[tuple[str, list[URLSource | FileSource | EntitySource]]] = [
    ("Your rate is **fixed at 2.9 % until December 2028**", [CONTRACT]),
    (LOWERED, [RATES, SURVEY]),
    (".\n\n| Loan | Yours | New loans |\n| :-- | --: | --: |\n| Rate | 2.9 % | 3.4 %", [SURVEY]),
    (" |\n| A month | $1,240 | $1,310 |\n\n- Nothing to do until 2028", []),
    (".\n- You may repay 5 % a year without a fee", [CONTRACT, ACCOUNT]),
    (".\n\nWhat is left of the loan stands in your account", [ACCOUNT]),
    (".", []),
]


async def sources(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
    item = AssistantMessageItem(
        id=stage.new_id("message"),
        thread_id=stage.thread.id,
        created_at=local_now(),
        content=[],
    )
    yield ThreadItemAddedEvent(item=item)

    def update(change: object) -> ThreadStreamEvent:
        return ThreadItemUpdatedEvent.model_validate({"item_id": item.id, "update": change})

    yield update(
        AssistantMessageContentPartAdded(content_index=0, content=AssistantMessageContent(text=""))
    )
    text = ""
    annotations: list[Annotation] = []
    for piece, here in PIECES:
        for word in piece.split(" "):
            delta = word if word is piece.split(" ")[0] else f" {word}"
            yield update(AssistantMessageContentPartTextDelta(content_index=0, delta=delta))
            await asyncio.sleep(0.015)
        text += piece
        for source in here:
            annotation = Annotation(source=source, index=len(text))
            yield update(
                AssistantMessageContentPartAnnotationAdded(
                    content_index=0, annotation_index=len(annotations), annotation=annotation
                )
            )
            annotations.append(annotation)
    # As the SDK's helper does it: without the annotations, which come again with the whole item.
    done = AssistantMessageContent(text=text, annotations=[])
    yield update(AssistantMessageContentPartDone(content_index=0, content=done))
    content = [AssistantMessageContent(text=text, annotations=annotations)]
    yield ThreadItemDoneEvent(item=item.model_copy(update={"content": content}))


SCENES: dict[str, Scene] = {"sources": sources, "what does my loan cost": sources}
