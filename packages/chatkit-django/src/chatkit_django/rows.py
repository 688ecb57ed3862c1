"""Between the SDK's objects and the rows they are kept in."""

import json

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

from chatkit_django import models
from chatkit_django.clock import to_local, to_utc
from chatkit_django.previews import unsigned, unsigned_item

_ITEM: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)
_ATTACHMENT: TypeAdapter[Attachment] = TypeAdapter(Attachment)
_STATUSES = {"locked": LockedStatus, "closed": ClosedStatus}


def thread_columns(thread: ThreadMetadata) -> dict[str, str]:
    """The columns of a thread that can change after it was made."""
    domains = thread.allowed_image_domains
    return {
        "title": _text(thread.title),
        "status": thread.status.type,
        "status_reason": _text(getattr(thread.status, "reason", None)),
        "allowed_image_domains": "" if domains is None else json.dumps(domains),
        "metadata": json.dumps(thread.metadata),
    }


def thread_of(row: models.Thread) -> ThreadMetadata:
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


def item_columns(item: ThreadItem) -> dict[str, object]:
    in_utc = unsigned_item(item).model_copy(update={"created_at": to_utc(item.created_at)})
    return {
        "type": item.type,
        "hidden": isinstance(item, HiddenContextItem | SDKHiddenContextItem),
        "payload": in_utc.model_dump_json(by_alias=True, exclude_none=True),
        "created_at": in_utc.created_at,
    }


def item_of(payload: str) -> ThreadItem:
    item = _ITEM.validate_json(payload)
    item.created_at = to_local(item.created_at)
    if isinstance(item, WidgetItem):
        # The typed widget classes drop what they do not know and turn 1 into 1.0.
        item.widget = DynamicWidgetRoot.model_validate(json.loads(payload)["widget"])
    return item


def attachment_payload(attachment: Attachment) -> str:
    return unsigned(attachment).model_dump_json(by_alias=True, exclude_none=True)


def attachment_of(payload: str) -> Attachment:
    return _ATTACHMENT.validate_json(payload)


def _status(row: models.Thread) -> ThreadStatus:
    status = _STATUSES.get(row.status)
    return status(reason=row.status_reason or None) if status else ActiveStatus()


def _text(value: str | None) -> str:
    # PostgreSQL has no NUL in text; JSON columns carry it escaped.
    return (value or "").replace("\0", "")
