"""Times on the wire: the SDK writes local time without an offset, which a browser elsewhere reads
as its own. What leaves us says UTC."""

from datetime import datetime

from chatkit.types import (
    Page,
    SyncCustomActionResponse,
    Thread,
    ThreadCreatedEvent,
    ThreadItemAddedEvent,
    ThreadItemBase,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadUpdatedEvent,
)
from pydantic import BaseModel

from chatkit_django.clock import local_is_utc, to_utc

_OF_AN_ITEM = (ThreadItemAddedEvent, ThreadItemDoneEvent, ThreadItemReplacedEvent)


def first_moment(value: BaseModel) -> datetime | None:
    """The ``created_at`` of an event that has no other, and before it nothing but texts: where it
    is written it is found by its name. None for what else there is."""
    if isinstance(value, _OF_AN_ITEM):
        return value.item.created_at
    if isinstance(value, ThreadCreatedEvent) and not value.thread.items.data:
        return value.thread.created_at
    return None


def with_offset(written: bytes, moment: datetime) -> bytes | None:
    """What was written of an event with this ``first_moment``, with the UTC offset: what copies of
    the event would be written as, and they take longer than to write it. None if it is not there
    as a time of the SDK's is."""
    if moment.tzinfo is not None:
        return None
    name = b'"created_at":"'
    head, found, tail = written.partition(b'%b%b"' % (name, moment.isoformat().encode()))
    if not found:
        return None
    if local_is_utc():
        return b'%b%bZ"%b' % (head, found[:-1], tail)
    in_utc = to_utc(moment).isoformat().removesuffix("+00:00").encode()
    return b'%b%b%bZ"%b' % (head, name, in_utc, tail)


def with_offsets(value: BaseModel) -> BaseModel:
    """A copy in which each ``created_at`` carries the UTC offset; the value itself if it has
    none."""
    match value:
        case ThreadItemAddedEvent() | ThreadItemDoneEvent() | ThreadItemReplacedEvent():
            return value.model_copy(update={"item": with_offsets(value.item)})
        case ThreadCreatedEvent() | ThreadUpdatedEvent():
            return value.model_copy(update={"thread": with_offsets(value.thread)})
        case Thread():
            changed = {"created_at": to_utc(value.created_at), "items": with_offsets(value.items)}
            return value.model_copy(update=changed)
        case ThreadMetadata() | ThreadItemBase():
            return value.model_copy(update={"created_at": to_utc(value.created_at)})
        case Page():
            return value.model_copy(update={"data": [with_offsets(one) for one in value.data]})
        case SyncCustomActionResponse() if value.updated_item is not None:
            return value.model_copy(update={"updated_item": with_offsets(value.updated_item)})
        case _:
            return value
