"""Attachments on their way between the store and the client: what is signed is made when it is
read, and taken out before it is kept."""

import re

from chatkit.types import Attachment, ImageAttachment, ThreadItem, UserMessageItem
from pydantic import AnyUrl

from chatkit_django.context import RequestContext
from chatkit_django.files.links import link
from chatkit_django.files.records import PREVIEW_SCHEME

# As it stands in JSON. Inside of a text the quotes would be escaped.
_STORED = re.compile(rf'"preview_url":"{PREVIEW_SCHEME}([A-Za-z0-9_-]+)"')


def unsigned(attachment: Attachment) -> Attachment:
    """The attachment as it may be kept."""
    changes: dict[str, object] = {"upload_descriptor": None}
    if isinstance(attachment, ImageAttachment) and _is_ours(attachment):
        changes["preview_url"] = AnyUrl(PREVIEW_SCHEME + attachment.id)
    return attachment.model_copy(update=changes)


def signed(attachment: Attachment, context: RequestContext) -> Attachment:
    """The attachment as it is shown, its preview at an address that is good from now on."""
    if (
        not context.base_url
        or not isinstance(attachment, ImageAttachment)
        or attachment.preview_url.scheme != PREVIEW_SCHEME.rstrip(":")
    ):
        return attachment
    url = link("preview", attachment.id, context.user.pk, context.base_url)
    return attachment.model_copy(update={"preview_url": AnyUrl(url)})


def unsigned_item(item: ThreadItem) -> ThreadItem:
    if not isinstance(item, UserMessageItem) or not item.attachments:
        return item
    return item.model_copy(update={"attachments": [unsigned(one) for one in item.attachments]})


def signed_item(item: ThreadItem, context: RequestContext) -> ThreadItem:
    if not isinstance(item, UserMessageItem) or not item.attachments:
        return item
    shown = [signed(one, context) for one in item.attachments]
    return item.model_copy(update={"attachments": shown})


def signed_json(payload: str, context: RequestContext) -> str:
    """``signed_item`` for an item that is JSON and stays JSON."""
    if PREVIEW_SCHEME not in payload or not context.base_url:
        return payload
    return _STORED.sub(
        lambda found: (
            f'"preview_url":"{link("preview", found[1], context.user.pk, context.base_url)}"'
        ),
        payload,
    )


def _is_ours(attachment: ImageAttachment) -> bool:
    return f"/{attachment.id}/preview/?signature=" in str(attachment.preview_url)
