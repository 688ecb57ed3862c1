"""The way of a message through view, server and store."""

from chatkit_django.models import Thread, ThreadItem


def types(events):
    return [event["type"] for event in events]


def stored(thread_id):
    return list(
        ThreadItem.objects.filter(thread=thread_id)
        .order_by("position")
        .values_list("type", flat=True)
    )


async def test_a_message_opens_a_thread_and_is_answered_in_it(client_of_ada):
    events = await client_of_ada.ask("hello")

    assert types(events) == [
        "thread.created",
        "thread.item.done",
        "stream_options",
        "thread.item.added",
        "thread.item.updated",
        "thread.item.updated",
        "thread.item.updated",
        "thread.item.updated",
        "thread.item.done",
    ]
    thread = await client_of_ada.read("threads.get_by_id", thread_id=events[0]["thread"]["id"])
    assert [item["content"][0]["text"] for item in thread["items"]["data"]] == [
        "hello",
        "You said: hello",
    ]
    assert thread["items"]["has_more"] is False
    assert thread["created_at"].endswith("Z")


async def test_a_second_message_goes_into_the_same_thread(client_of_ada):
    thread_id = (await client_of_ada.ask("one"))[0]["thread"]["id"]
    events = await client_of_ada.ask("two", thread_id)
    assert "thread.created" not in types(events)
    page = await client_of_ada.read("items.list", thread_id=thread_id, order="asc")
    assert [item["content"][0]["text"] for item in page["data"]] == [
        "one",
        "You said: one",
        "two",
        "You said: two",
    ]
    assert await Thread.objects.acount() == 1
