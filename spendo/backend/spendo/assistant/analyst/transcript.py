"""The input of a model request, read back: what was asked, and what the tools said since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spendo.assistant.analyst.plan import Call
from spendo.assistant.tools.envelope import AnyEnvelope, read_envelope


@dataclass(frozen=True)
class Transcript:
    """`messages` are the user's, oldest first; `done` are this turn's calls with their results;
    `answer` is what was said before this turn."""

    messages: tuple[str, ...]
    done: tuple[tuple[Call, AnyEnvelope], ...]
    answer: str = ""


def read_transcript(items: str | Sequence[Any]) -> Transcript:
    if isinstance(items, str):
        return Transcript((items,), ())
    messages: list[str] = []
    answer = ""
    calls: dict[str, Call] = {}
    results: dict[str, AnyEnvelope] = {}
    for item in items:
        if not isinstance(item, Mapping):
            continue
        if item.get("role") == "user":
            messages.append(_text(item.get("content")))
            calls, results = {}, {}
        elif item.get("role") == "assistant":
            answer = _text(item.get("content"))
        elif item.get("type") == "function_call":
            calls[item["call_id"]] = Call(item["name"], json.loads(item["arguments"]))
        elif item.get("type") == "function_call_output":
            results[item["call_id"]] = read_envelope(str(item["output"]))
    done = tuple((call, results[key]) for key, call in calls.items() if key in results)
    return Transcript(tuple(messages), done, answer)


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, Sequence):
        return ""
    parts = [part.get("text", "") for part in content if isinstance(part, Mapping)]
    return "\n".join(part for part in parts if isinstance(part, str))
