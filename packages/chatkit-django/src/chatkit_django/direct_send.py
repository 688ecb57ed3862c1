"""Sending from wherever one is, and listening too: no task has to be woken for that."""

from collections.abc import Callable, Coroutine, Generator, Mapping
from typing import Any, Protocol

from chatkit_django.observation import Observation


class Rest(Protocol):
    """What is left of sending a part: to be waited for, or given up."""

    def __await__(self) -> Generator[Any, Any, None]: ...

    def close(self) -> None: ...


Push = Callable[[bytes], Rest | None]

_SERVERS = "uvicorn.protocols."
"""Where it is known that ``send`` and ``receive`` do not ask which task they are in."""


def pusher(send: Any, seen: Observation) -> Push | None:
    """Sends a part of a body at once, in a task or not, and tells the observation. What it gives
    back is what is left to be waited for if the client is slow; no other part may be sent before.
    None if it is not known whether the server can be sent to like that."""
    if not needs_no_task(send):
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


def needs_no_task(call: Any) -> bool:
    """Whether this ``send`` or ``receive`` is of a server that is known."""
    return type(getattr(call, "__self__", None)).__module__.startswith(_SERVERS)


class Listening:
    """Calls ``leave`` once the client has left, unless it is closed before. For a ``receive`` that
    needs no task."""

    def __init__(self, receive: Callable[[], Any], leave: Callable[[], None]) -> None:
        self._receive = receive
        self._leave = leave
        self._is_open = True
        self._receiving: Coroutine[Any, Any, Mapping[str, Any]] = receive()
        self._go_on()

    def close(self) -> None:
        self._is_open = False
        self._receiving.close()

    def _go_on(self, _: object = None) -> None:
        while self._is_open:
            try:
                waits_for = self._receiving.send(None)
            except StopIteration as received:
                has_left = received.value["type"] == "http.disconnect"
            except Exception:  # nobody can be heard there any more
                has_left = True
            else:
                waits_for._asyncio_future_blocking = False  # as a task does
                waits_for.add_done_callback(self._go_on)
                return
            if has_left:
                self._is_open = False
                self._leave()
            else:
                self._receiving = self._receive()


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
