"""What tools returned in earlier answers of a thread, kept in the thread as a hidden item.

It is deleted and exported with the thread, never sent to a client, and never read to a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from chatkit.types import HiddenContextItem, ThreadItem
from pydantic import BaseModel, ConfigDict, ValidationError

from spendo.assistant.tools.envelope import Figure
from spendo.assistant.turn import Called, EarlierCall

MOST_FIGURES = 200
"""Of one answer. The main figures of a result come first."""
MOST_ARGUMENTS = 4_000
"""Characters; the arguments of a tool are limited far below."""


class _Call(BaseModel):
    model_config = ConfigDict(frozen=True)

    tool: str
    arguments: str
    figures: tuple[Figure, ...]


class _Calls(BaseModel):
    tool_calls: tuple[_Call, ...]


def calls_item(
    calls: Sequence[Called], *, item_id: str, thread_id: str, now: datetime
) -> HiddenContextItem | None:
    """The calls of one answer as an item of its thread; None when no figure was returned."""
    left = MOST_FIGURES
    kept: list[_Call] = []
    for called in calls:
        figures = tuple(dict.fromkeys(called.envelope.figures()))[:left]
        if figures and len(called.arguments) <= MOST_ARGUMENTS:
            kept.append(_Call(tool=called.tool, arguments=called.arguments, figures=figures))
            left -= len(figures)
    if not kept:
        return None
    content: Any = _Calls(tool_calls=tuple(kept)).model_dump(mode="json")
    return HiddenContextItem(id=item_id, thread_id=thread_id, created_at=now, content=content)


def earlier_calls(newest_first: Iterable[ThreadItem]) -> tuple[EarlierCall, ...]:
    """The calls that the items hold, those of the newest answer first, each answer's in order."""
    found: list[EarlierCall] = []
    for item in newest_first:
        if isinstance(item, HiddenContextItem):
            found.extend(_calls_of(item))
    return tuple(found)


def _calls_of(item: HiddenContextItem) -> list[EarlierCall]:
    try:
        content = _Calls.model_validate(item.content)
    except ValidationError:  # a hidden item of another kind
        return []
    return [EarlierCall(each.tool, each.arguments, each.figures) for each in content.tool_calls]
