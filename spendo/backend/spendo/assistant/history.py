"""A thread as input for a model: what was said, without what only the screen or the SDK needs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agents import TResponseInputItem
from chatkit.types import (
    AssistantMessageItem,
    SDKHiddenContextItem,
    StructuredInputItem,
    ThreadItem,
    UserMessageItem,
    UserMessageTagContent,
    WidgetItem,
)

from spendo.assistant.importing import PREVIEW_PREFIX, is_about_a_file

LAST_ITEMS = 36
"""Items of the thread that are read, newest last; an answer is three of them."""
ASSISTANT_CHARS = 4_000
"""Of an earlier answer; a long table is not worth sending again in full."""

_LINK = re.compile(r"\[([^\[\]]*)\]\(chatkit-link:[^()\s]*\)")
"""Where an answer leads the reader; a model has no use for the address, and would write its own."""

_BROKEN_OFF = "The previous answer was broken off before its end. Answer the newest message only."


def to_model_input(items: Iterable[ThreadItem]) -> list[TResponseInputItem]:
    """Items in the order they were said. A kind that says nothing to a model is left out."""
    listed = list(items)
    return [entry for item in listed for entry in _entries(item, is_last=item is listed[-1])]


def _entries(item: ThreadItem, *, is_last: bool) -> list[TResponseInputItem]:
    match item:
        case UserMessageItem():
            quoted = item.quoted_text if is_last else None
            return [{"role": "user", "content": _user_text(item, quoted)}]
        case AssistantMessageItem(id=str(known)) if known.startswith(PREVIEW_PREFIX):
            return []  # words of a file
        case AssistantMessageItem():
            text = "\n".join(part.text for part in item.content)
            text = _LINK.sub(r"\1", text)[:ASSISTANT_CHARS]
            return [{"role": "assistant", "content": text}] if text.strip() else []
        case StructuredInputItem() if is_about_a_file(item):
            return []
        case StructuredInputItem():
            answers = [
                f"{each.question} {', '.join(each.answer.values)}"
                for each in item.inputs
                if each.answer is not None and not each.answer.skipped
            ]
            return [{"role": "user", "content": "\n".join(answers)}] if answers else []
        case WidgetItem(copy_text=str(text)) if text.strip():
            return [{"role": "assistant", "content": text[:ASSISTANT_CHARS]}]
        case SDKHiddenContextItem():
            return [{"role": "developer", "content": _BROKEN_OFF}]
        case _:
            return []


def _user_text(item: UserMessageItem, quoted: str | None) -> str:
    said = "".join(
        f"@{part.text}" if isinstance(part, UserMessageTagContent) else part.text
        for part in item.content
    )
    files = "".join(f"\n[attached file, not readable: {each.name}]" for each in item.attachments)
    about = f"\n[about this text from the conversation: “{quoted}”]" if quoted else ""
    return said + files + about
