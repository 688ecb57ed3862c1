"""How the events of an answer become frames, and what is kept of it meanwhile."""

import pytest
from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    ProgressUpdateEvent,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from chatkit_django import frames
from chatkit_django.frames import Frames
from chatkit_django.item_updates import apply_update
from chatkit_django.memory_store import MemoryStore
from chatkit_django.observation import Observation
from chatkit_django.unfinished import UnfinishedItem
from tests.test_wire_conformance import (
    ASSISTANT_MESSAGES,
    DELTAS,
    ITEMS,
    MESSAGE_UPDATES,
    UPDATES,
    OurServer,
)
from tests.told import delta, message


class Asked:
    """The SDK's ``_serialize``, counted."""

    def __init__(self):
        self.server = OurServer(MemoryStore())
        self.times = 0

    def __call__(self, event):
        self.times += 1
        return self.server._serialize(event)


def frames_of(asked, events, *, is_sdks=True):
    """The frames of events of items that are told of as an answer tells of them."""
    frames, said = Frames(asked, is_sdks=is_sdks), []
    items = {name: UnfinishedItem(message("", "", item_id=name)) for name in "ab"}
    for event in events:
        item, place = items[event.item_id], event.update.content_index
        if tell := item.tells.get(place):
            tell(event.update.delta)
            continue
        item.apply(event.update)
        said.append(frames.write(event))
        before = frames.before_delta(said[-1], event.update.delta)
        if before is not None:
            item.tell_further(place, before, said.append)
    return said


MANY = [
    delta(f'w"{n}\u2028é', item_id, place) for n in range(5) for item_id in "ab" for place in (0, 1)
]


def test_only_the_first_delta_of_a_text_is_left_to_the_sdk():
    asked = Asked()
    plain = [Frames(Asked(), is_sdks=False).write(event) for event in MANY]
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


def test_a_server_that_writes_events_itself_is_asked_each_time():
    asked = Asked()
    frames_of(asked, MANY, is_sdks=False)
    assert asked.times == len(MANY)


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
    part = Frames(Asked(), is_sdks=True).write(quoted) + b'data: {"type":"%s"}\n\n' % text.encode()
    seen = Observation("r", "threads.create")
    seen.stream_opened()
    seen.part_sent(part)
    seen.stream_completed()
    seen.stream_ended()
    assert seen.outcome == outcome
