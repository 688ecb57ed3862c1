"""Between the SDK's objects and the rows they are kept in."""

import json
from datetime import datetime
from typing import Any, Protocol

from chatkit.types import (
    ActiveStatus,
    Attachment,
    ClosedStatus,
    HiddenContextItem,
    LockedStatus,
    SDKHiddenContextItem,
    ThreadItem,
    ThreadMetadata,
    ThreadStatus,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot
from pydantic import TypeAdapter
from pydantic_core import to_json

from chatkit_django.clock import to_local, to_utc
from chatkit_django.previews import unsigned, unsigned_item
from chatkit_django.wire import with_offset

_ITEM: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)
_ATTACHMENT: TypeAdapter[Attachment] = TypeAdapter(Attachment)
_STATUSES = {"locked": LockedStatus, "closed": ClosedStatus}


class StoredThread(Protocol):
    """A row of the threads' table, read as a model or by hand."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def status_reason(self) -> str: ...
    @property
    def allowed_image_domains(self) -> str: ...
    @property
    def metadata(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...


THREAD_COLUMNS = ("title", "status", "status_reason", "allowed_image_domains", "metadata")
"""Those that can change after a thread was made."""


def thread_columns(thread: ThreadMetadata) -> dict[str, str]:
    """The values of ``THREAD_COLUMNS``, in their order."""
    status, domains, metadata = thread.status, thread.allowed_image_domains, thread.metadata
    values = (
        _text(thread.title),
        status.type,
        _text(None if isinstance(status, ActiveStatus) else status.reason),
        "" if domains is None else json.dumps(domains),
        json.dumps(metadata) if metadata else "{}",
    )
    return dict(zip(THREAD_COLUMNS, values, strict=True))


def thread_of(row: StoredThread) -> ThreadMetadata:
    return ThreadMetadata(
        id=row.id,
        title=row.title or None,
        created_at=to_local(row.created_at),
        status=_status(row),
        allowed_image_domains=(
            json.loads(row.allowed_image_domains) if row.allowed_image_domains else None
        ),
        metadata=json.loads(row.metadata),
    )


def item_columns(item: ThreadItem) -> dict[str, Any]:
    return {
        "type": item.type,
        "hidden": isinstance(item, HiddenContextItem | SDKHiddenContextItem),
        "payload": _item_payload(unsigned_item(item)),
        "created_at": to_utc(item.created_at),
    }


def _item_payload(item: ThreadItem) -> str:
    written = item.model_dump_json(by_alias=True, exclude_none=True)
    in_utc = with_offset(written.encode(), item.created_at)
    if in_utc is not None:
        return in_utc.decode()
    moved = item.model_copy(update={"created_at": to_utc(item.created_at)})
    return moved.model_dump_json(by_alias=True, exclude_none=True)


def item_of(payload: str) -> ThreadItem:
    item = _ITEM.validate_json(payload)
    item.created_at = to_local(item.created_at)
    if isinstance(item, WidgetItem):
        # The typed widget classes drop what they do not know and turn 1 into 1.0.
        item.widget = DynamicWidgetRoot.model_validate(json.loads(payload)["widget"])
    return item


def wire_item(kind: str, payload: str) -> str:
    """The stored item as the client gets it: all of it but the metadata of its attachments."""
    if kind != "user_message" or '"attachments":[]' in payload:
        return payload
    item = _ITEM.validate_json(payload)
    return item.model_dump_json(
        by_alias=True, exclude_none=True, context={"exclude_metadata": True}
    )


def compact(document: str) -> str:
    """The same JSON as the SDK writes it."""
    return to_json(json.loads(document)).decode()


def attachment_payload(attachment: Attachment) -> str:
    return unsigned(attachment).model_dump_json(by_alias=True, exclude_none=True)


def attachment_of(payload: str) -> Attachment:
    return _ATTACHMENT.validate_json(payload)


def _status(row: StoredThread) -> ThreadStatus:
    status = _STATUSES.get(row.status)
    return status(reason=row.status_reason or None) if status else ActiveStatus()


def _text(value: str | None) -> str:
    # PostgreSQL has no NUL in text; JSON columns carry it escaped.
    return (value or "").replace("\0", "")
