"""Sending from wherever one is: no task has to be woken for each part."""

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Protocol

from chatkit_django.observation import Observation


class Rest(Protocol):
    """What is left of sending a part: to be waited for, or given up."""

    def __await__(self) -> Generator[Any, Any, None]: ...

    def close(self) -> None: ...


Push = Callable[[bytes], Rest | None]

_SERVERS = "uvicorn.protocols."
"""Where it is known that ``send`` does not ask which task it is in."""


def pusher(send: Any, seen: Observation) -> Push | None:
    """Sends a part of a body at once, in a task or not, and tells the observation. What it gives
    back is what is left to be waited for if the client is slow; no other part may be sent before.
    None if it is not known whether the server can be sent to like that."""
    if not type(getattr(send, "__self__", None)).__module__.startswith(_SERVERS):
        return None

    def push(part: bytes) -> Rest | None:
        seen.part_sent(part)
        sending = send({"type": "http.response.body", "body": part, "more_body": True})
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return None
        return _Begun(sending, waits_for)

    return push


class _Begun:
    """Goes on, in a task, with what was begun outside of one."""

    def __init__(self, sending: Coroutine[Any, Any, None], waits_for: object) -> None:
        self._sending = sending
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self._waits_for
        except BaseException as error:
            self._sending.throw(error)
            raise
        yield from self._sending.__await__()

    def close(self) -> None:
        self._sending.close()
