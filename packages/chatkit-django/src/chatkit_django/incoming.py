"""One request, from bytes to a checked object. Everything wrong with it is found here, before
anything is stored or sent, and told in our own words."""

import re
from collections.abc import Collection
from typing import Any, Literal, get_args

from chatkit.actions import Action
from chatkit.types import (
    AttachmentCreateParams,
    ChatKitReq,
    NonStreamingReq,
    StreamingReq,
    ThreadsCustomActionReq,
    ThreadsSyncCustomActionReq,
    UserMessageInput,
)
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import from_json

from chatkit_django.conf import MAX_BODY_BYTES, MAX_MESSAGE_CHARS, MAX_PAGE_SIZE
from chatkit_django.exceptions import (
    BodyTooLarge,
    EmptyBody,
    EmptyMessage,
    InvalidEventId,
    InvalidJson,
    InvalidLimit,
    InvalidRequest,
    InvalidTitle,
    MessageTooLong,
    NotServed,
    NulCharacter,
    UnknownType,
)

DEFAULT_PAGE_SIZE = 20
MAX_ASKED_FOR = 10_000
MAX_TITLE_CHARS = 200
MAX_ITEMS_AT_ONCE = 100
MAX_FILE_NAME_CHARS = 255
_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)

# Built once: the SDK builds it for every request, which takes longer than the request itself.
_REQUEST: TypeAdapter[ChatKitReq] = TypeAdapter(ChatKitReq)
OURS = "runs.stop"
KNOWN_TYPES = frozenset(
    model.model_fields["type"].default for model in get_args(StreamingReq | NonStreamingReq)
) | {OURS}


class RunParams(BaseModel):
    run_id: str


class RunsStopReq(BaseModel):
    """Ours, for the Stop that the SDK leaves to a closed connection."""

    type: Literal["runs.stop"]
    params: RunParams


Request = ChatKitReq | RunsStopReq

_STOP: TypeAdapter[RunsStopReq] = TypeAdapter(RunsStopReq)


def parse_request(body: str | bytes | bytearray, served: Collection[str]) -> Request:
    """The request in the body, if its type is among those served."""
    raw = body.encode() if isinstance(body, str) else bytes(body)
    document = _document(raw)
    kind = document.get("type")
    if not isinstance(kind, str):
        raise InvalidRequest
    if kind not in KNOWN_TYPES:
        raise UnknownType
    if kind not in served:
        raise NotServed
    if len(raw) > MAX_BODY_BYTES.get() and kind != "input.transcribe":
        raise BodyTooLarge
    if b"\\u0000" in raw and _has_nul(document):
        raise NulCharacter
    request: Request
    try:
        request = (_STOP if kind == OURS else _REQUEST).validate_json(raw, strict=True)
    except ValidationError as error:
        raise InvalidRequest(_complaint(kind, error)) from None
    if isinstance(request, ThreadsCustomActionReq | ThreadsSyncCustomActionReq):
        _check_action(request.params.action)
    return request


def check_message(message: UserMessageInput) -> None:
    """Refuse a message with nothing in it, and one that is too long."""
    texts = [part.text for part in message.content]
    if not message.attachments and not any(text.strip() for text in texts):
        raise EmptyMessage
    if sum(map(len, [*texts, message.quoted_text or ""])) > MAX_MESSAGE_CHARS.get():
        raise MessageTooLong


def checked_title(title: str) -> str:
    title = title.strip()
    if not 1 <= len(title) <= MAX_TITLE_CHARS:
        raise InvalidTitle
    return title


def checked_item_ids(item_ids: list[str]) -> list[str]:
    if not 1 <= len(item_ids) <= MAX_ITEMS_AT_ONCE:
        raise InvalidRequest(f"params.item_ids must name 1 to {MAX_ITEMS_AT_ONCE} items.")
    return item_ids


def check_file(params: AttachmentCreateParams) -> None:
    """Refuse a file that cannot be one; what may be uploaded is the attachment store's matter."""
    if not 1 <= len(params.name.strip()) <= MAX_FILE_NAME_CHARS:
        raise InvalidRequest(f"params.name must have 1 to {MAX_FILE_NAME_CHARS} characters.")
    if params.size < 1:
        raise InvalidRequest("params.size must be at least 1 byte.")
    if not _MEDIA_TYPE.fullmatch(params.mime_type):
        raise InvalidRequest("params.mime_type must be a media type such as image/png.")


def event_number(given: str) -> int:
    """Of the header ``Last-Event-ID``: the last event that was read, 0 if there was none. Raises
    ``InvalidEventId``."""
    if not given:
        return 0
    if not _NUMBER.fullmatch(given):
        raise InvalidEventId
    return int(given)


def page_size(limit: int | None) -> int:
    """What is asked for, but never more than a page may hold: clients ask for 9999 threads.
    What no client asks for is refused."""
    if limit is None:
        return min(DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE.get())
    if not 1 <= limit <= MAX_ASKED_FOR:
        raise InvalidLimit
    return min(limit, MAX_PAGE_SIZE.get())


def _check_action(action: Action[str, Any]) -> None:
    # Left out, it is not None but a type variable of the SDK's.
    if not isinstance(action.type, str) or not action.type:
        raise InvalidRequest("params.action.type is missing. Name the action and send again.")


def _document(raw: bytes) -> dict[str, Any]:
    if not raw.strip():
        raise EmptyBody
    try:
        document = from_json(raw, allow_inf_nan=False)
    except ValueError:
        raise InvalidJson from None
    if not isinstance(document, dict):
        raise InvalidRequest
    return document


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return False


def _complaint(kind: str, error: ValidationError) -> str:
    place = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
    names = [str(part) for part in place if part != kind]
    ours = all(name.isidentifier() or name.isdigit() for name in names)
    path = ".".join(names) if names and ours else "params"
    return f"{path} is missing or has the wrong type. Correct it and send again."
