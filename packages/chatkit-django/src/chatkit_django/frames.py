"""Events as ``text/event-stream``: each is a frame."""

from collections.abc import Callable
from functools import cache
from json.encoder import encode_basestring

from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
)
from pydantic import BaseModel

WriteFrame = Callable[[ThreadStreamEvent], bytes]

_END = b"\n\n"
_END_OF_DELTA = b"}}" + _END
_KNOWN_FIELDS: dict[type[BaseModel], set[str]] = {
    ThreadItemUpdatedEvent: {"type", "item_id", "update"},
    AssistantMessageContentPartTextDelta: {"type", "content_index", "delta"},
}


def frame_writer(serialize: Callable[[BaseModel], bytes], *, is_sdks: bool) -> WriteFrame:
    """Writes the events of one answer. If ``serialize`` does what the SDK's does, it is asked for
    the first delta of each text only: the others differ from that in the delta."""

    def write(event: ThreadStreamEvent) -> bytes:
        return b"data: " + serialize(event) + _END

    heads: dict[tuple[str, int], bytes] = {}

    def write_fast(event: ThreadStreamEvent) -> bytes:
        if type(event) is not ThreadItemUpdatedEvent:
            return write(event)
        update = event.update
        if type(update) is not AssistantMessageContentPartTextDelta:
            return write(event)
        try:
            delta = encode_basestring(update.delta).encode() + _END_OF_DELTA
        except TypeError:  # an update that was not validated
            return write(event)
        place = event.item_id, update.content_index
        head = heads.get(place)
        if head is None:
            frame = write(event)
            if frame.endswith(delta):
                heads[place] = frame.removesuffix(delta)
            return frame
        return head + delta

    return write_fast if is_sdks and _fields_are_known() else write


@cache
def _fields_are_known() -> bool:
    """Whether this version of the SDK writes nothing else with a delta."""
    return all(kind.model_fields.keys() == fields for kind, fields in _KNOWN_FIELDS.items())
