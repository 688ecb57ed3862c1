"""Times on the wire: the SDK writes local time without an offset, which a browser elsewhere reads
as its own. What leaves us says UTC."""

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

from chatkit_django.clock import to_utc


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
