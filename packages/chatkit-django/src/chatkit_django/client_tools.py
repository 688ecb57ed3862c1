"""Calls of tools that run in the page: one waits for its result, until the user writes instead."""

from typing import Any, TypeGuard

from chatkit.types import ClientToolCallItem, ThreadItem
from pydantic_core import to_json

from chatkit_django.conf import MAX_TOOL_RESULT_BYTES
from chatkit_django.exceptions import NoPendingToolCall, ToolResultTooLarge

EXPIRED = {"error": "The page gave no result before the user's next message."}


def is_pending(item: ThreadItem) -> TypeGuard[ClientToolCallItem]:
    return isinstance(item, ClientToolCallItem) and item.status == "pending"


def completed(item: ThreadItem, result: Any) -> ClientToolCallItem:
    """The call with its result. Raises ``NoPendingToolCall`` if it waits for none."""
    if not is_pending(item):
        raise NoPendingToolCall
    return item.model_copy(update={"status": "completed", "output": result})


def expired(call: ClientToolCallItem) -> ClientToolCallItem:
    """The call as it is when the user wrote something else: over, and the model is told so."""
    return call.model_copy(update={"status": "completed", "output": EXPIRED})


def check_result(result: Any) -> None:
    if len(to_json(result)) > MAX_TOOL_RESULT_BYTES.get():
        raise ToolResultTooLarge
