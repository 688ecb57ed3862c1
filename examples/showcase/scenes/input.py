"""What the page or the user is asked for in the middle of an answer."""

import json
from collections.abc import AsyncIterator
from typing import Any

from chatkit.types import (
    ClientToolCallItem,
    StructuredInput,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    ThreadItemDoneEvent,
    ThreadStreamEvent,
)
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


def ask(*questions: StructuredInput) -> Scene:
    """A scene that asks these questions, and says what was answered."""

    async def scene(stage: Stage) -> AsyncIterator[ThreadStreamEvent]:
        if isinstance(stage.given, StructuredInputItem):
            said = "; ".join(_answer(question) for question in stage.given.inputs)
            async for event in stage.say(f"Noted: {said}."):
                yield event
            return
        async for event in stage.say("I need to know a little more."):
            yield event
        yield ThreadItemDoneEvent(
            item=StructuredInputItem(
                id=stage.new_id("message"),
                thread_id=stage.thread.id,
                created_at=local_now(),
                inputs=list(questions),
            )
        )

    return scene


def _answer(question: StructuredInput) -> str:
    values = question.answer.values if question.answer else []
    return f"{question.id}: {', '.join(values) or 'nothing'}"


def _choice(name: str, question: str, *options: str, multiple: bool = False) -> StructuredInput:
    return StructuredInputMultipleChoice(
        id=name,
        question=question,
        options=[StructuredInputMultipleChoiceOption(value=option) for option in options],
        multiple=multiple,
    )


ACCOUNT = _choice("account", "Which account shall it be booked to?", "Checking", "Savings", "Cash")
TAGS = _choice("tags", "Which of these belong to it?", "Food", "Travel", "Gifts", multiple=True)
NOTE = StructuredInputFreeform(
    id="note", question="What shall the note say?", description="One sentence is enough."
)
MANY = _choice("city", "Which city?", *(f"City number {number}" for number in range(1, 31)))


SCENES: dict[str, Scene] = {
    "use a tool": use("page_title"),
    "use two tools": use("page_title", "page_width"),
    "use a failing tool": use("fail"),
    "ask": ask(ACCOUNT),
    "ask much": ask(ACCOUNT, TAGS, NOTE),
    "ask for words": ask(NOTE),
    "choose from many": ask(MANY),
    "use a slow tool": use("wait_for_the_page"),
}
