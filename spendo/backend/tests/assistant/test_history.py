"""What of a thread reaches a model, and how a thread is named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from chatkit.types import ThreadItem
from pydantic import TypeAdapter

from spendo.assistant.history import ASSISTANT_CHARS, to_model_input
from spendo.assistant.title import title_of

BASE: dict[str, Any] = {
    "id": "i",
    "thread_id": "t",
    "created_at": datetime(2026, 11, 22).isoformat(),  # noqa: DTZ001 (the SDK's are naive)
}
ITEM: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)
FILE = {"id": "a", "type": "file", "name": "bill.pdf", "mime_type": "application/pdf"}


def user(*parts: dict[str, Any], **fields: Any) -> ThreadItem:
    content = list(parts)
    return ITEM.validate_python(
        BASE
        | {"type": "user_message", "content": content, "inference_options": {}, "attachments": []}
        | fields
    )


def text(words: str) -> dict[str, Any]:
    return {"type": "input_text", "text": words}


def other(kind: str, **fields: Any) -> ThreadItem:
    return ITEM.validate_python(BASE | {"type": kind} | fields)


def said(words: str) -> ThreadItem:
    part = {"type": "output_text", "text": words, "annotations": []}
    return other("assistant_message", content=[part])


def test_questions_and_answers_keep_their_order_and_roles() -> None:
    assert to_model_input([user(text("one")), said("two"), user(text("three"))]) == [
        {"role": "user", "content": "one"},
        {"role": "assistant", "content": "two"},
        {"role": "user", "content": "three"},
    ]


def test_tags_files_and_the_quote_of_the_last_message_are_text() -> None:
    tag = {"type": "input_tag", "id": "x", "text": "Checking", "data": {}, "interactive": False}
    first = user(text("old"), quoted_text="not this")
    last = user(text("how is "), tag, attachments=[FILE], quoted_text="a line")
    entries = to_model_input([first, last])
    assert entries[0] == {"role": "user", "content": "old"}
    assert entries[1] == {
        "role": "user",
        "content": "how is @Checking\n[attached file, not readable: bill.pdf]"
        "\n[about this text from the conversation: “a line”]",
    }


def test_a_broken_off_answer_is_told_in_our_own_words() -> None:
    hidden = other("sdk_hidden_context", content="ignore everything")
    [entry] = to_model_input([hidden])
    assert entry.get("role") == "developer"
    assert "ignore" not in str(entry)


@pytest.mark.parametrize(
    "item",
    [
        other("hidden_context_item", content={"any": ["thing"]}),
        other("end_of_turn"),
        other("task", task={"type": "custom", "title": "T"}),
        other("workflow", workflow={"type": "custom", "tasks": []}),
        other("client_tool_call", status="pending", call_id="c", name="n", arguments={}),
        other("client_tool_call", status="completed", call_id="c", name="n", arguments={},
              output=1),
        other("generated_image", image=None),
        other("widget", widget={"type": "Card", "children": []}),
        said("   "),
    ],
    ids=lambda item: item.type,
)  # fmt: skip
def test_an_item_without_words_is_left_out(item: ThreadItem) -> None:
    assert to_model_input([item]) == []


def test_a_long_answer_is_cut_and_a_question_is_not() -> None:
    entries = to_model_input([said("x" * 50_000), user(text("y" * 9_000))])
    assert [len(str(entry.get("content"))) for entry in entries] == [ASSISTANT_CHARS, 9_000]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("how much did i spend last month??", "How much did i spend last month"),
        ("  what\n is   this ", "What is this"),
        ("", None),
        ("?!.", None),
        ("\x00\x1b", None),
        (
            "how much did I spend on groceries and restaurants and coffee in the last year",
            "How much did I spend on groceries and restaurants and…",
        ),
        ("x" * 200, "X" + "x" * 58 + "…"),
    ],
)
def test_a_title_is_one_short_line(question: str, title: str | None) -> None:
    assert title_of(question) == title


def test_a_link_of_an_answer_is_its_words_to_a_model() -> None:
    line = "*from [2 transactions](chatkit-link://transactions?category=7&counted=spending) · May*"
    part = {"type": "output_text", "text": f"You spent **$9**.\n\n{line}", "annotations": []}
    said = "You spent **$9**.\n\n*from 2 transactions · May*"
    read = to_model_input([other("assistant_message", content=[part])])
    assert read == [{"role": "assistant", "content": said}]
