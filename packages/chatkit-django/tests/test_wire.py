"""Times get their offset where they are written: as if copies with other times had been written."""

import time
from datetime import UTC, datetime

import pytest
from chatkit.server import ChatKitServer as SdkChatKitServer
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ClientToolCallItem,
    Page,
    Thread,
    ThreadCreatedEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadUpdatedEvent,
)

from chatkit_django.clock import to_utc
from chatkit_django.server import ChatKitServer
from chatkit_django.wire import first_moment, with_offset, with_offsets

MOMENTS = [
    datetime.fromisoformat("2026-07-29T12:34:56.789012"),
    datetime.fromisoformat("2026-07-29T12:34:56"),
    datetime.fromisoformat("2026-10-25T02:30:00").replace(fold=1),  # the hour that comes twice
    datetime.fromisoformat("2018-06-01T12:00:00"),  # when São Tomé was an hour ahead
    datetime.fromisoformat("2026-07-29T12:34:56.120000+00:00"),
    datetime.fromisoformat("2026-07-29T12:34:56+05:45"),
]


ZONES = ["UTC", "UTC+3", "Africa/Sao_Tome", "America/Chicago", "Europe/Berlin", "Asia/Kathmandu"]


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def events(moment):
    written = f'"created_at":"{moment.isoformat()}"'
    message = AssistantMessageItem(
        id="msg_1",
        thread_id="thr_1",
        created_at=moment,
        content=[AssistantMessageContent(text=f"It says {written}, ä and \\")],
    )
    call = ClientToolCallItem(
        id="tc_1",
        thread_id="thr_1",
        created_at=moment,
        call_id="call_1",
        name="look",
        arguments={"created_at": moment.isoformat()},
    )
    thread = Thread(
        id="thr_1",
        title=f"{{{written}",
        created_at=moment,
        metadata={"created_at": moment.isoformat()},
        items=Page(),
    )
    full = thread.model_copy(update={"items": Page(data=[message, call])})
    yield ThreadItemAddedEvent(item=message)
    yield ThreadItemDoneEvent(item=call)
    yield ThreadItemReplacedEvent(item=message)
    yield ThreadCreatedEvent(thread=thread)
    yield ThreadCreatedEvent(thread=full)
    yield ThreadUpdatedEvent(thread=full)


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_event_is_written_as_its_copy_would_be(server, zone, moment):
    for event in events(moment):
        of_a_copy = SdkChatKitServer._serialize(server, with_offsets(event))
        assert ChatKitServer._serialize(server, event) == of_a_copy


def test_most_events_need_no_copy(server):
    for event in list(events(MOMENTS[0]))[:4]:
        moment = first_moment(event)
        assert moment is not None
        assert with_offset(SdkChatKitServer._serialize(server, event), moment) is not None


@pytest.mark.parametrize("moment", MOMENTS)
def test_local_time_is_what_the_zone_makes_of_it(zone, moment):
    assert to_utc(moment) == moment.astimezone(UTC)
    assert to_utc(moment).tzinfo is UTC
