"""What a server of chat completions, and Anthropic's, send for a step of the fake."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from tests.assistant.fake_openai import CallTool, Spoken

Json = dict[str, Any]


def _new_id() -> str:
    return f"call_{uuid4().hex}"


def _calls(step: Spoken) -> tuple[Any, ...]:
    calls = getattr(step, "calls", None)
    if calls is not None:
        return tuple(calls)
    return (step,) if hasattr(step, "arguments") else ()


def _text(step: Spoken) -> str:
    return str(getattr(step, "text", ""))


def chat_frames(step: Spoken) -> Iterator[bytes]:
    calls = _calls(step)
    refuses = type(step).__name__ == "Refuse"
    deltas: list[Json] = [{"role": "assistant", "content": None if calls else ""}]
    for index, call in enumerate(calls):
        function = {"name": call.name, "arguments": ""}
        opened = {"index": index, "id": _new_id(), "type": "function", "function": function}
        deltas.append({"tool_calls": [opened]})
        deltas += [
            {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}
            for piece in (call.written[:9], call.written[9:])
        ]
    if refuses:
        deltas.append({"refusal": _text(step)})
    elif not calls:
        deltas += [{"content": f"{word} "} for word in _text(step).split(" ")]
    for delta in deltas:
        yield _chat_chunk(delta, None)
    yield _chat_chunk({}, "tool_calls" if calls else "stop")
    yield b"data: [DONE]\n\n"


def _chat_chunk(delta: Json, finish: str | None) -> bytes:
    chunk = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "fake",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()


def chat_whole(step: Spoken) -> Json:
    calls = _calls(step)
    message: Json = {"role": "assistant", "content": None if calls else _text(step)}
    if calls:
        message["tool_calls"] = [
            {
                "id": _new_id(),
                "type": "function",
                "function": {"name": call.name, "arguments": call.written},
            }
            for call in calls
        ]
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if calls else "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [choice],
        "usage": usage,
    }


def _anthropic_message(content: list[Json], stop: str | None) -> Json:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "fake",
        "content": content,
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }


def _blocks(step: Spoken) -> list[Json]:
    calls = _calls(step)
    if not calls:
        return [{"type": "text", "text": _text(step)}]
    return [
        {"type": "tool_use", "id": _new_id(), "name": call.name, "input": _parsed(call)}
        for call in calls
    ]


def _parsed(call: CallTool) -> Any:
    try:
        return json.loads(call.written)
    except ValueError:
        return {}


def anthropic_whole(step: Spoken) -> Json:
    blocks = _blocks(step)
    return _anthropic_message(blocks, "tool_use" if _calls(step) else "end_turn")


def anthropic_frames(step: Spoken) -> Iterator[bytes]:
    calls = _calls(step)
    yield _event("message_start", {"message": _anthropic_message([], None)})
    for index, block in enumerate(_blocks(step)):
        if block["type"] == "text":
            yield _event(
                "content_block_start",
                {"index": index, "content_block": {"type": "text", "text": ""}},
            )
            for word in _text(step).split(" "):
                delta = {"type": "text_delta", "text": f"{word} "}
                yield _event("content_block_delta", {"index": index, "delta": delta})
        else:
            opened = {**block, "input": {}}
            yield _event("content_block_start", {"index": index, "content_block": opened})
            delta = {"type": "input_json_delta", "partial_json": calls[index].written}
            yield _event("content_block_delta", {"index": index, "delta": delta})
        yield _event("content_block_stop", {"index": index})
    stop = "tool_use" if calls else "end_turn"
    if type(step).__name__ == "Refuse":
        stop = "refusal"
    ending = {"delta": {"stop_reason": stop, "stop_sequence": None}, "usage": {"output_tokens": 1}}
    yield _event("message_delta", ending)
    yield _event("message_stop", {})


def _event(kind: str, data: Json) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n".encode()
