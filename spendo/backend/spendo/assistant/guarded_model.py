"""The number guard around a model, whichever it is: an answer that states a figure which no tool
returned in this turn is asked for once more, and then replaced by what the tools returned.

It is a `Model` itself. Nothing behind it, neither the run nor the thread, ever holds unchecked
words, whether the answer streams, is stopped, or comes in one piece.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, cast

from agents import Model, ModelResponse, Usage
from agents.items import TResponseInputItem, TResponseOutputItem, TResponseStreamEvent
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseCreatedEvent,
    ResponseInProgressEvent,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseRefusalDeltaEvent,
    ResponseTextDeltaEvent,
)

from spendo.assistant.evidence import evidence_of
from spendo.assistant.fallback import fallback
from spendo.assistant.guard import Untraced
from spendo.assistant.held_message import (
    Allowed,
    HeldMessage,
    WrongFiguresError,
    message_of,
    refuse_unless_allowed,
    text_of,
)
from spendo.assistant.turn import Turn

logger = logging.getLogger(__name__)

AGAIN = "Checking the figures again"
MOST_NAMED = 5

# What a message is made of; it is made anew from its checked words.
_PARTS_OF_MESSAGES = (
    "response.content_part.", "response.output_text.", "response.refusal.", "response.reasoning",
)  # fmt: skip


_AGAIN = "\n\nCorrection\n- Your last answer was not shown. "


def correction(untraced: Sequence[Untraced]) -> str:
    """What the instructions add before the second attempt. Of the answer only figures are named."""
    named = [each.text[:40] for each in untraced if each.kind != "odd"][:MOST_NAMED]
    if not untraced:
        return f"{_AGAIN}Answer the newest message in a few sentences of your own.\n"
    stated = f"It stated {', '.join(named)}, which" if named else "It stated figures which"
    return (
        f"{_AGAIN}{stated} no tool returned in this turn. Answer the "
        "newest message again. Copy each figure from a tool result, with its sign and currency; "
        "call calc for a difference, a sum or a share; leave out what you cannot find. Say nothing "
        "of this correction.\n"
    )


class GuardedModel(Model):
    """One for each turn. `pace` is the pause before each word, in seconds."""

    def __init__(self, inner: Model, turn: Turn, *, pace: float = 0.0) -> None:
        self._inner = inner
        self._turn = turn
        self._pace = pace
        self._correction = ""

    async def get_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],  # noqa: A002
        *settings: Any,
        **named: Any,
    ) -> ModelResponse:
        usage = Usage()
        while True:
            instructions = f"{system_instructions or ''}{self._correction}"
            response = await self._inner.get_response(instructions, input, *settings, **named)
            usage.add(response.usage)
            try:
                output = self._checked(response.output, self._allowed(system_instructions, input))
            except WrongFiguresError as wrong:
                if self._may_try_again(wrong):
                    continue
                output = [message_of(fallback(self._turn.envelopes))]
            return ModelResponse(
                output=output,
                usage=usage,
                response_id=response.response_id,
                request_id=response.request_id,
            )

    async def stream_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],  # noqa: A002
        *settings: Any,
        **named: Any,
    ) -> AsyncIterator[TResponseStreamEvent]:
        allowed = self._allowed(system_instructions, input)
        attempt = _Attempt(allowed, whole=bool(self._correction))
        while True:
            instructions = f"{system_instructions or ''}{self._correction}"
            asked = self._inner.stream_response(instructions, input, *settings, **named)
            try:
                async for event in self._paced(attempt.events(asked)):
                    yield event
            except WrongFiguresError as wrong:
                if not self._may_try_again(wrong):
                    break
                await self._turn.progress(AGAIN)
                attempt = attempt.another()
                continue
            return
        async for event in self._paced(attempt.replaced(fallback(self._turn.envelopes))):
            yield event

    async def close(self) -> None:
        await self._inner.close()

    def _allowed(
        self, instructions: str | None, items: str | Iterable[TResponseInputItem]
    ) -> Allowed:
        return Allowed(partial(evidence_of, self._turn, asked_in(items)), instructions)

    def _checked(
        self, output: Sequence[TResponseOutputItem], allowed: Allowed
    ) -> list[TResponseOutputItem]:
        checked: list[TResponseOutputItem] = []
        for item in output:
            if isinstance(item, ResponseOutputMessage):
                text = text_of(item)
                self._turn.checked = text, refuse_unless_allowed(text, allowed)
                checked.append(message_of(text, item.id))
            else:
                checked.append(item)
        return checked

    def _may_try_again(self, wrong: WrongFiguresError) -> bool:
        """Once in a turn, however many requests the turn takes."""
        kinds = ", ".join(sorted({each.kind for each in wrong.untraced})) or "its words"
        logger.warning("The number guard held an answer back (%s)", kinds)
        if self._correction:
            return False
        self._correction = correction(wrong.untraced)
        return True

    async def _paced(
        self, events: AsyncIterator[TResponseStreamEvent]
    ) -> AsyncIterator[TResponseStreamEvent]:
        async with aclosing(cast(Any, events)) as source:
            async for event in source:
                if self._pace and isinstance(event, ResponseTextDeltaEvent):
                    await asyncio.sleep(self._pace)
                yield event


def asked_in(items: str | Iterable[TResponseInputItem]) -> list[str]:
    """The user's messages in the input of a model."""
    if isinstance(items, str):
        return [items]
    said: list[str] = []
    for item in items:
        if isinstance(item, Mapping) and item.get("role") == "user":
            content = item.get("content")
            if isinstance(content, str):
                said.append(content)
            elif isinstance(content, Iterable):
                said += [str(part.get("text", "")) for part in content if isinstance(part, Mapping)]
    return said


class _Attempt:
    """The events of one response of the model, with its messages held until they were checked.

    Calls of tools wait until then, too: an answer that is asked for again calls nothing.
    """

    def __init__(self, allowed: Allowed, *, whole: bool, response: Response | None = None) -> None:
        self._allowed = allowed
        self._whole = whole
        self._messages: dict[int, HeldMessage] = {}
        self._response = response

    def another(self) -> _Attempt:
        """The next attempt at the same response, of which nothing is seen before its end."""
        return _Attempt(self._allowed, whole=True, response=self._response)

    async def events(
        self, asked: AsyncIterator[TResponseStreamEvent]
    ) -> AsyncIterator[TResponseStreamEvent]:
        waiting: list[TResponseStreamEvent] = []
        async with aclosing(cast(Any, asked)) as source:
            async for event in source:
                match event:
                    case ResponseCreatedEvent():
                        if self._response is None:
                            yield event
                        self._response = event.response
                    case ResponseInProgressEvent():
                        pass
                    case ResponseTextDeltaEvent() | ResponseRefusalDeltaEvent():
                        message = self._message(event.output_index)
                        for shown in message.add(event.delta, event.content_index):
                            yield shown
                    case ResponseOutputItemAddedEvent(item=ResponseOutputMessage()):
                        self._message(event.output_index)
                    case ResponseOutputItemDoneEvent(item=ResponseOutputMessage() as item):
                        for shown in self._message(event.output_index).finish(text_of(item)):
                            yield shown
                    case ResponseCompletedEvent():
                        output: list[TResponseOutputItem] = []
                        for shown in self._completed(event.response.output, output):
                            yield shown
                        for held in waiting:
                            yield held
                        response = event.response.model_copy(update={"output": output})
                        yield event.model_copy(update={"response": response})
                    case _ if not event.type.startswith(_PARTS_OF_MESSAGES):
                        waiting.append(event)

    async def replaced(self, text: str) -> AsyncIterator[TResponseStreamEvent]:
        """What is said in place of an answer that cannot be shown."""
        message = HeldMessage(self._allowed, 0, whole=True)
        for event in message.finish_as(text):
            yield event
        response = self._response or Response(
            id="resp_replaced",
            created_at=0,
            model="",
            object="response",
            output=[],
            parallel_tool_calls=False,
            tool_choice="auto",
            tools=[],
        )
        yield ResponseCompletedEvent(
            type="response.completed",
            response=response.model_copy(update={"output": [message.done], "status": "completed"}),
            sequence_number=0,
        )

    def _message(self, index: int) -> HeldMessage:
        if index not in self._messages:
            self._messages[index] = HeldMessage(self._allowed, index, whole=self._whole)
        return self._messages[index]

    def _completed(
        self, given: Sequence[TResponseOutputItem], output: list[TResponseOutputItem]
    ) -> Iterator[TResponseStreamEvent]:
        """End the messages that have not ended; `output` gets what the response is made of."""
        for index, item in enumerate(given):
            if not isinstance(item, ResponseOutputMessage):
                output.append(item)
                continue
            held = list(self._messages.values())
            done = sum(isinstance(each, ResponseOutputMessage) for each in output)
            message = held[done] if done < len(held) else self._message(1000 + index)
            if message.done is None:
                yield from message.finish(text_of(item))
            assert message.done is not None  # noqa: S101
            output.append(message.done)
