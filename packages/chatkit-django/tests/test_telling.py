"""What an answer says, when, and how it ends."""

import asyncio
from itertools import count

import pytest
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartDone,
    ErrorEvent,
    ProgressUpdateEvent,
    StreamOptionsEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadUpdatedEvent,
)
from pydantic import model_serializer

from chatkit_django.answer import FAILURE, MOST_TOGETHER
from chatkit_django.runs.records import RunStatus
from chatkit_django.testing import parse_events
from tests.test_wire_conformance import OurServer
from tests.told import Told, delta, message


async def test_a_server_that_writes_events_itself_is_asked_for_each():
    class Server(OurServer):
        numbers = count(1)

        def _serialize(self, obj):
            return b'{"n":%d,' % next(self.numbers) + super()._serialize(obj)[1:]

    async def respond():
        yield ThreadItemAddedEvent(item=message(""))
        for _ in range(3):
            yield delta("word")

    told = Told(Server)
    await told.tell(respond)
    assert [event["n"] for event in parse_events(b"".join(told.said))] == [1, 2, 3, 4, 5]


async def test_a_subclass_of_an_event_is_left_to_the_sdk():
    class Stamped(ThreadItemUpdatedEvent):
        stamp: int

        @model_serializer(mode="wrap")
        def stamp_first(self, others):
            return {"stamp": self.stamp} | others(self)

    async def respond():
        yield ThreadItemAddedEvent(item=message(""))
        for number in range(3):
            yield Stamped(item_id="msg_1", update=delta("a").update, stamp=number)
        yield delta("b")

    told = Told()
    await told.tell(respond)
    assert [b'"stamp":' in frame for frame in told.said] == [False] * 2 + [True] * 3 + [False]


async def test_after_as_many_events_the_others_have_their_turn():
    turns = []
    told = Told()

    async def other():
        while True:
            turns.append(len(told.said))
            await asyncio.sleep(0)

    async def respond():
        yield ThreadItemAddedEvent(item=message(""))
        for _ in range(MOST_TOGETHER * 3):
            yield delta("a")

    task = asyncio.create_task(other())
    await told.tell(respond)
    task.cancel()
    options = 1
    assert turns == [options + MOST_TOGETHER * times for times in (1, 2, 3)]


async def test_one_that_never_waits_is_stopped_in_its_turn_and_all_that_it_gave_is_said():
    told, given = Told(), []

    async def respond():
        yield ThreadItemAddedEvent(item=message(""))
        while True:
            given.append("a")
            yield delta("a")

    telling = asyncio.create_task(told.tell(respond))
    await asyncio.sleep(0)
    telling.cancel()
    await asyncio.wait({telling})
    assert telling.cancelled()
    *before, last = told.events
    text = "a" * len([event for event in before if event == delta("a")])
    assert text == "".join(given)
    assert len(text) == MOST_TOGETHER - 1
    assert last == ThreadItemDoneEvent(item=last.item)
    assert last.item.content[0].text == text


async def test_an_error_that_is_said_is_a_failure():
    async def respond():
        yield ErrorEvent(code="custom", message="no", allow_retry=False)

    assert await Told().tell(respond) == RunStatus.FAILED


async def test_an_answer_that_comes_to_its_end_is_done():
    async def respond():
        yield ProgressUpdateEvent(text="so far")

    assert await Told().tell(respond) == RunStatus.DONE


@pytest.mark.parametrize("before", [0, 1, 5])
async def test_an_event_that_cannot_be_written_fails_the_answer_right_there(before):
    went_on = []

    async def respond():
        yield ThreadItemAddedEvent(item=message(""))
        for _ in range(before):
            yield delta("a")
        yield delta("\ud800")
        went_on.append(True)
        yield delta("never")

    told = Told()
    assert await told.tell(respond) == RunStatus.FAILED
    assert [type(event) for event in told.events[:2]] == [StreamOptionsEvent, ThreadItemAddedEvent]
    assert told.events[2:-1] == [delta("a")] * before
    assert told.events[-1].message == FAILURE
    assert went_on == []


async def test_a_new_title_is_shown_after_the_next_delta():
    told = Told()

    async def respond():
        yield ThreadItemAddedEvent(item=message())
        yield delta("a")
        told.thread.title = "Named"
        yield delta("b")
        yield delta("c")

    await told.tell(respond)
    events = told.events
    named = next(n for n, event in enumerate(events) if isinstance(event, ThreadUpdatedEvent))
    assert events[named - 1] == delta("b")
    assert events[named + 1] == delta("c")
    assert len([event for event in events if isinstance(event, ThreadUpdatedEvent)]) == 1
    assert told.stored.title == "Named"


@pytest.mark.parametrize("ending", ["another event", "the end", "a failure"])
async def test_a_change_inside_of_a_field_is_saved_by_the_next_event_that_is_no_delta(ending):
    told = Told()

    async def respond():
        yield ThreadItemAddedEvent(item=message())
        yield delta("a")
        told.thread.metadata["steps"].append("one")
        yield delta("b")
        if ending == "another event":
            content = AssistantMessageContent(text="ab")
            done = AssistantMessageContentPartDone(content_index=0, content=content)
            yield ThreadItemUpdatedEvent(item_id="msg_1", update=done)
            yield delta("c")
        if ending == "a failure":
            raise RuntimeError

    await told.tell(respond)
    if ending == "another event":
        assert [
            steps
            for steps, event in zip(told.steps, told.events, strict=True)
            if event == delta("c")
        ] == [["one"]]
    assert told.stored.metadata == {"steps": ["one"]}


async def test_what_comes_behind_a_text_that_was_done_is_kept_as_well():
    async def respond():
        yield ThreadItemAddedEvent(item=message(""))
        yield delta("a")
        yield delta("b")
        content = AssistantMessageContent(text="AB")
        done = AssistantMessageContentPartDone(content_index=0, content=content)
        yield ThreadItemUpdatedEvent(item_id="msg_1", update=done)
        yield delta("c")
        yield delta("d")
        raise RuntimeError

    told = Told()
    assert await told.tell(respond) == RunStatus.FAILED
    kept = await told.server.store.load_item("thr_1", "msg_1", told.context)
    assert kept.content[0].text == "ABcd"
