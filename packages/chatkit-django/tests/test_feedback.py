"""What a user thinks of items."""

import pytest

from chatkit_django.models import Feedback


async def test_feedback_is_stored_and_the_last_word_counts(begin, server):
    chat = await begin("hello")
    ids = [item["id"] for item in await chat.items()]
    for kind in ("positive", "negative"):
        assert (await chat.send("items.feedback", item_ids=ids, kind=kind)).content == b"{}"
    given = [row async for row in Feedback.objects.values_list("item__item_id", "kind")]
    assert sorted(given) == sorted((name, "negative") for name in ids)
    assert server.feedback == (chat.thread_id, ids, "negative")


async def test_feedback_on_what_is_not_shown_in_the_thread_is_not_found(begin, server):
    chat = await begin("hide it")
    hidden = next(i["id"] for i in await chat.items() if i["type"] == "hidden_context_item")
    seen = (await chat.items())[0]["id"]
    other = (await (await begin("other")).items())[0]["id"]
    for unknown in (hidden, other, "msg_unknown"):
        code = await chat.refused(404, "items.feedback", item_ids=[seen, unknown], kind="positive")
        assert code == "not_found"
    assert not await Feedback.objects.aexists()
    assert server.feedback is None


@pytest.mark.parametrize(
    "params",
    [
        {"item_ids": [], "kind": "positive"},
        {"item_ids": ["x"] * 101, "kind": "positive"},
        {"item_ids": ["x"], "kind": "meh"},
        {"item_ids": "x", "kind": "positive"},
    ],
)
async def test_feedback_of_the_wrong_shape_is_refused(begin, params):
    chat = await begin("hello")
    assert await chat.refused(400, "items.feedback", **params) == "invalid_request"


async def test_a_thread_with_feedback_can_be_retried_and_deleted(begin, client_of_ada):
    chat = await begin("hello")
    first, second = [item["id"] for item in await chat.items()]
    await chat.send("items.feedback", item_ids=[first, second], kind="positive")
    await chat.events_of("threads.retry_after_item", item_id=first)
    assert await Feedback.objects.acount() == 1
    await client_of_ada.read("threads.delete", thread_id=chat.thread_id)
    assert not await Feedback.objects.aexists()
