"""The chat server with the built-in analyst: what streams, what is kept, what stops."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import pytest

from chatkit_django.context import RequestContext
from chatkit_django.testing import parse_events
from spendo.assistant.providers import pick_provider
from spendo.assistant.server import SpendoChatKitServer
from spendo.assistant.tools import calling
from spendo.users.models import User
from tests.assistant.asking import Chat, final_text, streamed_text, without_links
from tests.ledger.book import Book

QUESTION = "how much did I spend on groceries last month??"
ANSWER = "You spent **$100.00** on Groceries (1–31 October 2026)."
ENDING = "\n\n*from 2 transactions · 1–31 October 2026*"


async def test_events_come_in_the_order_a_reader_needs(ann: User, ledger: Book) -> None:
    events = await Chat(ann).say(QUESTION)
    kinds = [
        event["update"]["type"].removeprefix("assistant_message.content_part.")
        if event["type"] == "thread.item.updated"
        else event["type"]
        for event in events
    ]
    without_repeats = [kind for i, kind in enumerate(kinds) if i == 0 or kinds[i - 1] != kind]
    assert without_repeats == [
        "thread.created",
        "thread.item.done",  # the user's message
        "stream_options",
        "progress_update",
        "thread.updated",  # the title
        "progress_update",
        "thread.item.added",
        "added",
        "text_delta",
        "done",
        "thread.item.done",
    ]
    assert kinds.count("text_delta") > 8
    progress = [event["text"] for event in events if event["type"] == "progress_update"]
    assert progress == ["Looking up groceries", "Adding up Groceries"]


async def test_what_streamed_is_what_is_kept(ann: User, ledger: Book) -> None:
    chat = Chat(ann)
    events = await chat.say(QUESTION)
    assert streamed_text(events) == final_text(events) == ANSWER + ENDING
    parts = [
        event["update"]["content"]["text"]
        for event in events
        if event["type"] == "thread.item.updated"
        and event["update"]["type"] == "assistant_message.content_part.done"
    ]
    assert [without_links(part) for part in parts] == [ANSWER + ENDING]
    kept = (await chat.items())[-1]
    assert kept["content"][0]["text"] == parts[0]


async def test_a_thread_is_named_after_its_first_question_only(ann: User, ledger: Book) -> None:
    chat = Chat(ann)
    events = await chat.say(QUESTION)
    later = await chat.say("and in May?")
    titles = [e["thread"]["title"] for e in events + later if e["type"] == "thread.updated"]
    assert titles == ["How much did I spend on groceries last month"]


async def test_each_message_has_its_own_id(ann: User, ledger: Book) -> None:
    chat = Chat(ann)
    for _ in range(3):
        await chat.say("hello")
    ids = [item["id"] for item in await chat.items()]
    assert len(ids) == len(set(ids)) == 6


async def test_the_newest_items_are_the_ones_that_are_read(ann: User, ledger: Book) -> None:
    chat = Chat(ann)
    await chat.answer("How much did I spend on coffee last month?")
    for _ in range(14):
        await chat.answer("hello")
    await chat.answer(QUESTION)
    assert (await chat.answer("and the month before?")).startswith(
        "You spent **$45.25** on Groceries (1–30 September 2026)."
    )


async def test_a_retry_answers_the_same_question_again(ann: User, ledger: Book) -> None:
    chat = Chat(ann)
    await chat.say(QUESTION)
    [question, _] = await chat.items()
    body = {
        "type": "threads.retry_after_item",
        "params": {"thread_id": chat.thread_id, "item_id": question["id"]},
    }
    result: Any = await chat.server.process(json.dumps(body), chat.context)
    events = parse_events(b"".join([part async for part in result]))
    assert final_text(events) == ANSWER + ENDING
    assert len(await chat.items()) == 2


@pytest.mark.parametrize("leave", ["closes", "is cancelled"])
async def test_after_the_reader_left_no_further_tool_runs(
    ann: User, ledger: Book, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    """The question takes two rounds of tools; the reader leaves while the first one runs."""
    called: list[str] = []
    begun, go_on = asyncio.Event(), asyncio.Event()
    answer_call = calling.answer_call

    async def held(turn: Any, tool: str, progress: str, work: Any) -> str:
        called.append(tool)
        begun.set()
        await go_on.wait()
        return await answer_call(turn, tool, progress, work)

    for module in ("names", "transactions"):
        monkeypatch.setattr(f"spendo.assistant.tools.{module}.answer_call", held)
    chat = Chat(ann)
    parts: Any = (await chat.open(QUESTION)).json_events
    before = asyncio.all_tasks()

    async def read() -> None:
        async for part in parts:
            chat.note_thread(parse_events(part))

    reader = asyncio.create_task(read())
    await asyncio.wait_for(begun.wait(), 5)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    if leave == "closes":
        await parts.aclose()
    go_on.set()
    for _ in range(50):
        await asyncio.sleep(0)
    assert called == ["match_names"]
    assert asyncio.all_tasks() <= before


async def test_a_stopped_answer_keeps_the_words_that_were_read(
    ann: User, ledger: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPENDO_ANALYST_PACE_MS", "1")
    chat = Chat(ann)
    seen: list[dict[str, Any]] = []
    parts: Any = (await chat.open("list all my transactions this year")).json_events
    async for part in parts:
        seen += parse_events(part)
        if len(streamed_text(seen).split()) >= 12:
            break
    await parts.aclose()
    chat.note_thread(seen)
    kept = [item for item in await chat.items() if item["type"] == "assistant_message"]
    assert [item["content"][0]["text"] for item in kept] == [streamed_text(seen)]
    assert (await chat.answer(QUESTION)) == ANSWER + ENDING


async def test_a_second_user_shares_neither_thread_nor_ledger(
    ann: User, bob: User, ledger: Book
) -> None:
    server = SpendoChatKitServer()
    chat = Chat(ann, server)
    await chat.say(QUESTION)
    theirs = Chat(bob, server)
    assert "no transactions yet" in await theirs.answer(QUESTION)
    page = await server.store.load_threads(10, None, "desc", context=theirs.context)
    assert [thread.id for thread in page.data] == [theirs.thread_id]


async def test_two_conversations_at_once_do_not_mix(ann: User, bob: User, ledger: Book) -> None:
    server = SpendoChatKitServer()
    answers = await asyncio.gather(
        *(Chat(user, server).answer(QUESTION) for user in (ann, bob) * 4)
    )
    assert answers[0::2] == [ANSWER + ENDING] * 4
    assert all("no transactions yet" in answer for answer in answers[1::2])


async def test_a_fault_of_our_own_says_nothing_of_itself(
    ann: User, ledger: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("SELECT secret FROM /srv/path")

    monkeypatch.setattr("spendo.ledger.selectors.match_names", broken)
    events = await Chat(ann).say(QUESTION)
    assert events[-1]["type"] == "error"
    assert events[-1]["allow_retry"] is True
    assert "secret" not in json.dumps(events)
    assert "RuntimeError" not in json.dumps(events)


async def test_the_default_mode_opens_no_socket(
    ann: User, ledger: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoSocket(socket.socket):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", NoSocket)
    chat = Chat(ann)
    assert (await chat.answer(QUESTION)) == ANSWER + ENDING
    assert (await chat.answer("what accounts do I have")).startswith("You have 3 accounts")


def test_without_a_key_the_model_is_the_analyst() -> None:
    assert type(pick_provider().model).__name__ == "Analyst"


async def test_a_message_of_only_spaces_in_a_context_of_another_locale_is_answered(
    ann: User,
) -> None:
    chat = Chat(ann)
    chat.context = RequestContext(user=ann, locale="de", request_id="x")
    assert (await chat.answer("hallo?")).startswith("That is not about your finances")
