"""Questions, and what may answer them."""

import asyncio

import pytest

from tests.conversation import types


def answers(**given):
    return {"status": "answered", "answers": {name: {"values": v} for name, v in given.items()}}


async def test_answers_are_stored_shown_and_answered(begin):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    events = await chat.events_of(
        "threads.add_structured_input",
        item_id=item_id,
        input=answers(one=["red"], some=["blue", "red", "blue"], why=[" "]),
    )
    assert types(events)[:2] == ["thread.item.replaced", "stream_options"]
    assert types(events)[-1] == "thread.item.done"
    item = await chat.only("structured_input")
    assert item["status"] == "answered"
    assert [question["answer"] for question in item["inputs"]] == [
        {"values": ["red"], "skipped": False},
        {"values": ["blue", "red"], "skipped": False},
        {"values": [], "skipped": True},
    ]
    assert events[0]["item"] == item


async def test_a_choice_may_be_answered_in_ones_own_words_once(begin, server):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    two = answers(some=["mauve", "taupe"])
    kind = "threads.add_structured_input"
    assert await chat.refused(400, kind, item_id=item_id, input=two) == "invalid_answer"
    one = answers(some=["mauve", "red"])
    server.own_words = False
    assert await chat.refused(400, kind, item_id=item_id, input=one) == "invalid_answer"
    server.own_words = True
    await chat.events_of(kind, item_id=item_id, input=one)
    answer = (await chat.only("structured_input"))["inputs"][1]["answer"]
    assert answer["values"] == ["mauve", "red"]


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        (answers(one=["red", "blue"]), 400, "invalid_answer"),
        (answers(why=["this", "that"]), 400, "invalid_answer"),
        (answers(unasked=["red"]), 400, "invalid_answer"),
        (answers(why=["x" * 40_000]), 413, "message_too_long"),
        (answers(one=[1]), 400, "invalid_request"),
        ({"status": "maybe"}, 400, "invalid_request"),
    ],
)
async def test_answers_that_do_not_fit_are_refused(begin, given, status, code):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    kind = "threads.add_structured_input"
    assert await chat.refused(status, kind, item_id=item_id, input=given) == code


async def test_questions_are_answered_once(begin):
    chat = await begin("question me")
    item_id = (await chat.only("structured_input"))["id"]
    kind = "threads.add_structured_input"
    both = await asyncio.gather(
        *(chat.send(kind, item_id=item_id, input={"status": "skipped"}) for _ in range(2))
    )
    assert sorted(answer.status_code for answer in both) == [200, 409]
    code = await chat.refused(409, kind, item_id=item_id, input=answers(one=["red"]))
    assert code == "already_answered"
    item = await chat.only("structured_input")
    assert item["status"] == "skipped"
    assert all(question["answer"]["skipped"] for question in item["inputs"])


async def test_only_questions_of_the_thread_can_be_answered(begin):
    chat, other = await begin("hello"), await begin("question me")
    kind, given = "threads.add_structured_input", {"status": "skipped"}
    message = (await chat.items())[0]["id"]
    assert await chat.refused(400, kind, item_id=message, input=given) == "not_a_question"
    elsewhere = (await other.only("structured_input"))["id"]
    assert await chat.refused(404, kind, item_id=elsewhere, input=given) == "not_found"
