"""A response in the shape of the Responses API: whole, and as the events that lead to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal
from uuid import uuid4

from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseContentPartAddedEvent,
    ResponseContentPartDoneEvent,
    ResponseCreatedEvent,
    ResponseFunctionCallArgumentsDeltaEvent,
    ResponseFunctionCallArgumentsDoneEvent,
    ResponseFunctionToolCall,
    ResponseInProgressEvent,
    ResponseOutputItem,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseStreamEvent,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
    ResponseUsage,
)
from openai.types.responses.response_usage import InputTokensDetails, OutputTokensDetails

from spendo.assistant.analyst.plan import Call

MODEL_NAME = "spendo-analyst"
_PIECE = re.compile(r"\s*\S+\s*")


def message_of(text: str) -> ResponseOutputMessage:
    return ResponseOutputMessage(
        id=f"msg_{uuid4().hex}",
        type="message",
        role="assistant",
        status="completed",
        content=[ResponseOutputText(type="output_text", text=text, annotations=[])],
    )


def calls_of(calls: Sequence[Call]) -> list[ResponseFunctionToolCall]:
    return [
        ResponseFunctionToolCall(
            id=f"fc_{uuid4().hex}",
            call_id=f"call_{uuid4().hex}",
            type="function_call",
            name=call.tool,
            arguments=json.dumps(call.arguments, ensure_ascii=False),
            status="completed",
        )
        for call in calls
    ]


def response_of(
    output: Sequence[ResponseOutputItem],
    asked_words: int,
    status: Literal["completed", "in_progress"] = "completed",
) -> Response:
    """Usage counts words: the analyst has no tokens."""
    said = sum(len(_words_of(item).split()) for item in output)
    usage = ResponseUsage(
        input_tokens=asked_words,
        input_tokens_details=InputTokensDetails(cached_tokens=0, cache_write_tokens=0),
        output_tokens=said,
        output_tokens_details=OutputTokensDetails(reasoning_tokens=0),
        total_tokens=asked_words + said,
    )
    return Response(
        id=f"resp_{uuid4().hex}",
        created_at=0,
        model=MODEL_NAME,
        object="response",
        output=list(output),
        parallel_tool_calls=True,
        status=status,
        tool_choice="auto",
        tools=[],
        usage=usage if status == "completed" else None,
    )


def _words_of(item: ResponseOutputItem) -> str:
    if isinstance(item, ResponseFunctionToolCall):
        return item.arguments
    if isinstance(item, ResponseOutputMessage):
        return "".join(part.text for part in item.content if part.type == "output_text")
    return ""


def events_of(
    output: Sequence[ResponseOutputItem], asked_words: int
) -> Iterator[ResponseStreamEvent]:
    """Every event of the response in order; text comes one word at a time."""
    done = response_of(output, asked_words)
    begun = done.model_copy(update={"output": [], "status": "in_progress", "usage": None})
    number = 0

    def following() -> int:
        nonlocal number
        number += 1
        return number - 1

    yield ResponseCreatedEvent(type="response.created", response=begun, sequence_number=following())
    yield ResponseInProgressEvent(
        type="response.in_progress", response=begun, sequence_number=following()
    )
    for index, item in enumerate(output):
        yield ResponseOutputItemAddedEvent(
            type="response.output_item.added",
            item=_opened(item),
            output_index=index,
            sequence_number=following(),
        )
        if isinstance(item, ResponseFunctionToolCall):
            yield ResponseFunctionCallArgumentsDeltaEvent(
                type="response.function_call_arguments.delta",
                item_id=item.id or "",
                output_index=index,
                delta=item.arguments,
                sequence_number=following(),
            )
            yield ResponseFunctionCallArgumentsDoneEvent(
                type="response.function_call_arguments.done",
                item_id=item.id or "",
                output_index=index,
                arguments=item.arguments,
                sequence_number=following(),
            )
        elif isinstance(item, ResponseOutputMessage):
            text = _words_of(item)
            yield ResponseContentPartAddedEvent(
                type="response.content_part.added",
                item_id=item.id,
                output_index=index,
                content_index=0,
                part=ResponseOutputText(type="output_text", text="", annotations=[]),
                sequence_number=following(),
            )
            for piece in _PIECE.findall(text):
                yield ResponseTextDeltaEvent(
                    type="response.output_text.delta",
                    item_id=item.id,
                    output_index=index,
                    content_index=0,
                    delta=piece,
                    logprobs=[],
                    sequence_number=following(),
                )
            yield ResponseTextDoneEvent(
                type="response.output_text.done",
                item_id=item.id,
                output_index=index,
                content_index=0,
                text=text,
                logprobs=[],
                sequence_number=following(),
            )
            yield ResponseContentPartDoneEvent(
                type="response.content_part.done",
                item_id=item.id,
                output_index=index,
                content_index=0,
                part=ResponseOutputText(type="output_text", text=text, annotations=[]),
                sequence_number=following(),
            )
        yield ResponseOutputItemDoneEvent(
            type="response.output_item.done",
            item=item,
            output_index=index,
            sequence_number=following(),
        )
    yield ResponseCompletedEvent(
        type="response.completed", response=done, sequence_number=following()
    )


def _opened(item: ResponseOutputItem) -> ResponseOutputItem:
    if isinstance(item, ResponseFunctionToolCall):
        return item.model_copy(update={"arguments": "", "status": "in_progress"})
    return item.model_copy(update={"content": [], "status": "in_progress"})
