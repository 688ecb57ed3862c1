"""How the events of an answer become frames, and what is kept of it meanwhile."""

from datetime import datetime
from itertools import count

import pytest
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ProgressUpdateEvent,
    ThreadItemAddedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadUpdatedEvent,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import model_serializer

from chatkit_django import frames
from chatkit_django.answer import Answer
from chatkit_django.frames import frame_writer
from chatkit_django.item_updates import apply_update
from chatkit_django.memory_store import MemoryStore
from chatkit_django.observation import Observation
from chatkit_django.testing import parse_events
from chatkit_django.unfinished import UnfinishedItem
from tests.test_memory_store import somebody
from tests.test_wire_conformance import (
    ASSISTANT_MESSAGES,
    DELTAS,
    ITEMS,
    MESSAGE_UPDATES,
    UPDATES,
    OurServer,
)

NOW = datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001  local, as the SDK's helpers write it


def delta(text, item_id="msg_1", place=0):
    update = AssistantMessageContentPartTextDelta(content_index=place, delta=text)
    return ThreadItemUpdatedEvent(item_id=item_id, update=update)


class Asked:
    """The SDK's ``_serialize``, counted."""

    def __init__(self):
        self.server = OurServer(MemoryStore())
        self.times = 0

    def __call__(self, event):
        self.times += 1
        return self.server._serialize(event)


def frames_of(asked, events, *, is_sdks=True):
    write = frame_writer(asked, is_sdks=is_sdks)
    return [write(event) for event in events]


MANY = [delta(f'w"{n}', item_id, place) for n in range(5) for item_id in "ab" for place in (0, 1)]


def test_only_the_first_delta_of_a_text_is_left_to_the_sdk():
    asked = Asked()
    plain = frames_of(Asked(), MANY, is_sdks=False)
    assert frames_of(asked, MANY) == plain
    assert asked.times == 4


def test_an_sdk_that_writes_more_with_a_delta_is_asked_each_time(monkeypatch):
    asked = Asked()
    known = {AssistantMessageContentPartTextDelta: {"type", "content_index"}}
    monkeypatch.setattr(frames, "_KNOWN_FIELDS", frames._KNOWN_FIELDS | known)
    frames._fields_are_known.cache_clear()
    frames_of(asked, MANY)
    frames._fields_are_known.cache_clear()
    assert asked.times == len(MANY)


def test_a_subclass_of_an_event_is_left_to_the_sdk():
    class Stamped(ThreadItemUpdatedEvent):
        stamp: int

        @model_serializer(mode="wrap")
        def stamp_first(self, others):
            return {"stamp": self.stamp} | others(self)

    stamped = [Stamped(item_id="msg_1", update=delta("a").update, stamp=n) for n in range(3)]
    assert b'"stamp":2' in frames_of(Asked(), stamped)[2]


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_a_delta_that_was_never_validated_is_left_to_the_sdk():
    broken = AssistantMessageContentPartTextDelta.model_construct(content_index=0, delta=7)
    event = ThreadItemUpdatedEvent.model_construct(item_id="msg_1", update=broken)
    assert frames_of(Asked(), [delta("a"), event])[1] == frames_of(Asked(), [event])[0]


class Stage:
    """A server without a database, its thread, and what comes of ``respond``."""

    def __init__(self, server=OurServer):
        self.server = server(MemoryStore())
        self.context = somebody("ada")
        self.thread = ThreadMetadata(id="thr_1", created_at=NOW, metadata={"steps": []})

    async def begin(self):
        await self.server.store.save_thread(self.thread, self.context)
        return self

    async def stream(self, respond):
        events = self.server._process_events(self.thread, self.context, respond)
        write = self.server._frame_writer()
        return b"".join([write(event) async for event in events])

    async def steps_and_events(self, respond):
        """What the store knows in ``metadata`` when each event is shown."""
        answer = Answer(self.server, self.server.store, self.thread, self.context)
        async for event in answer.events(respond):
            yield (await self.stored()).metadata["steps"], event

    async def stored(self):
        return await self.server.store.load_thread("thr_1", self.context)


async def test_a_server_that_writes_events_itself_is_asked_for_each():
    class Server(OurServer):
        numbers = count(1)

        def _serialize(self, obj):
            return b'{"n":%d,' % next(self.numbers) + super()._serialize(obj)[1:]

    async def respond():
        for _ in range(3):
            yield delta("word")

    stream = await (await Stage(Server).begin()).stream(respond)
    assert [event["n"] for event in parse_events(stream)] == [1, 2, 3, 4]


async def test_a_server_that_changes_the_events_is_asked_for_each():
    class Server(OurServer):
        async def _process_events(self, thread, context, stream):
            async for event in super()._process_events(thread, context, stream):
                yield event
                if isinstance(event, ThreadItemUpdatedEvent):
                    yield ProgressUpdateEvent(text="so far")

    async def respond():
        for _ in range(3):
            yield delta("word")

    assert (await (await Stage(Server).begin()).stream(respond)).count(b"so far") == 3


def message(text=None):
    content = [] if text is None else [AssistantMessageContent(text=text)]
    return AssistantMessageItem(id="msg_1", thread_id="thr_1", created_at=NOW, content=content)


async def test_a_new_title_is_shown_after_the_next_delta():
    stage = await Stage().begin()

    async def respond():
        yield ThreadItemAddedEvent(item=message())
        yield delta("a")
        stage.thread.title = "Named"
        yield delta("b")
        yield delta("c")

    events = [event async for _, event in stage.steps_and_events(respond)]
    named = next(n for n, event in enumerate(events) if isinstance(event, ThreadUpdatedEvent))
    assert events[named - 1] == delta("b")
    assert events[named + 1] == delta("c")
    assert len([event for event in events if isinstance(event, ThreadUpdatedEvent)]) == 1
    assert (await stage.stored()).title == "Named"


@pytest.mark.parametrize("ending", ["another event", "the end", "a failure"])
async def test_a_change_inside_of_a_field_is_saved_by_the_next_event_that_is_no_delta(ending):
    stage = await Stage().begin()

    async def respond():
        yield ThreadItemAddedEvent(item=message())
        yield delta("a")
        stage.thread.metadata["steps"].append("one")
        yield delta("b")
        if ending == "another event":
            content = AssistantMessageContent(text="ab")
            done = AssistantMessageContentPartDone(content_index=0, content=content)
            yield ThreadItemUpdatedEvent(item_id="msg_1", update=done)
            yield delta("c")
        if ending == "a failure":
            raise RuntimeError

    seen = [(steps, event) async for steps, event in stage.steps_and_events(respond)]
    if ending == "another event":
        assert [steps for steps, event in seen if event == delta("c")] == [["one"]]
    assert (await stage.stored()).metadata == {"steps": ["one"]}


TEXT_STEPS = st.one_of(DELTAS, DELTAS, MESSAGE_UPDATES, st.none())
CHANGES = st.one_of(
    st.tuples(ASSISTANT_MESSAGES, st.lists(TEXT_STEPS, min_size=8, max_size=24)),
    st.tuples(ITEMS, st.lists(DELTAS | UPDATES)),
)


@settings(max_examples=200, deadline=None)
@given(CHANGES)
def test_an_unfinished_item_is_what_its_updates_make_of_it(change):
    """Whenever it is asked for (None)."""
    item, steps = change
    before, applied = item.model_copy(deep=True), item.model_copy(deep=True)
    unfinished = UnfinishedItem(item)
    for step in steps:
        if step is None:
            assert unfinished.whole() == applied
        else:
            unfinished.apply(step.update.model_copy(deep=True))
            apply_update(applied, step.update)
    assert unfinished.whole() == applied
    assert item == before


@pytest.mark.parametrize(("text", "outcome"), [("error", "failed"), ("other", "completed")])
def test_an_error_is_counted_wherever_it_stands_in_a_part(text, outcome):
    quoted = ProgressUpdateEvent(text='\n\ndata: {"type":"error"}')
    part = b"".join(frames_of(Asked(), [quoted])) + b'data: {"type":"%s"}\n\n' % text.encode()
    seen = Observation("r", "threads.create")
    seen.stream_opened()
    seen.part_sent(part)
    seen.stream_completed()
    seen.stream_ended()
    assert seen.outcome == outcome
