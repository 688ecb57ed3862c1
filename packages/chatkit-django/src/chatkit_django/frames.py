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
Say = Callable[[bytes], None]
"""Takes one frame."""

_END = b"\n\n"
_BEHIND_DELTA = "}}\n\n"
_KNOWN_FIELDS: dict[type[BaseModel], set[str]] = {
    ThreadItemUpdatedEvent: {"type", "item_id", "update"},
    AssistantMessageContentPartTextDelta: {"type", "content_index", "delta"},
}


class Frames:
    """Writes events. If ``serialize`` does what the SDK's does, the deltas of a text are alike: one
    differs from another in the delta itself."""

    def __init__(self, serialize: Callable[[BaseModel], bytes], *, is_sdks: bool) -> None:
        self._serialize = serialize
        self._are_deltas_alike = is_sdks and _fields_are_known()

    def write(self, event: ThreadStreamEvent) -> bytes:
        """Raises ``ValueError`` if no JSON can say it."""
        return b"data: " + self._serialize(event) + _END

    def before_delta(self, frame: bytes, delta: str) -> str | None:
        """How the frames of all deltas of a text begin, where this one is of that delta; None if
        they have to be written one by one."""
        if not self._are_deltas_alike:
            return None
        end = (encode_basestring(delta) + _BEHIND_DELTA).encode()
        return frame.removesuffix(end).decode() if frame.endswith(end) else None


def telling(before_delta: str, pieces: list[str], say: Say) -> Callable[[str], None]:
    """Says a further delta of a text and adds it to the pieces; neither if no JSON can say it."""
    keep = pieces.append

    def tell(delta: str) -> None:
        # One formatting and one encoding: this is done for almost every event there is.
        frame = f"{before_delta}{encode_basestring(delta)}{_BEHIND_DELTA}".encode()
        keep(delta)
        say(frame)

    return tell


@cache
def _fields_are_known() -> bool:
    """Whether this version of the SDK writes nothing else with a delta."""
    return all(kind.model_fields.keys() == fields for kind, fields in _KNOWN_FIELDS.items())
