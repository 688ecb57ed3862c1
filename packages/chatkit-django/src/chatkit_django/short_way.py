"""From the ASGI server to the chat without a thread.

Django gives each request a thread and sends it there for each synchronous middleware. A request
to a ``ChatKitView`` goes the same way here, through the same middleware, view and signals, but
stays on the event loop. Whatever is not known to be safe there takes Django's own way: another
view, or a project with a middleware that ``inline`` does not know.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from asgiref.sync import ThreadSensitiveContext, iscoroutinefunction, sync_to_async
from django.conf import settings
from django.core import signals
from django.core.cache import close_caches
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import reset_urlconf
from django.db import close_old_connections, connections, reset_queries
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, get_resolver, set_script_prefix

from chatkit_django.cancellation import finish
from chatkit_django.conf import largest_body_bytes
from chatkit_django.database import request_has_thread
from chatkit_django.event_stream import EventStreamResponse
from chatkit_django.inline import InlineChain, Unknown
from chatkit_django.views import ChatKitView

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

# They look at what their own thread holds, and the event loop's holds nothing.
_HARMLESS = frozenset({reset_queries, close_old_connections, close_caches, reset_urlconf})


class ChatKitASGIHandler(ASGIHandler):
    """Serves the project. ``unknown_middleware`` says why all of it goes Django's own way; it is
    empty if the chat goes the short one."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown_middleware: str = ""
        self._chain: InlineChain | None = None
        try:
            self._chain = InlineChain()
        except Unknown as middleware:
            self.unknown_middleware = str(middleware)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._chain is not None and scope["type"] == "http" and _is_chat(scope):
            # No thread yet: the first synchronous code of the project that asks makes one.
            async with ThreadSensitiveContext():
                await self._serve_chat(self._chain, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def _serve_chat(
        self, chain: InlineChain, scope: Scope, receive: Receive, send: Send
    ) -> None:
        try:
            body = await _read_body(receive, largest_body_bytes(with_audio=True) + 1)
        except RequestAborted:
            return
        set_script_prefix(get_script_prefix(scope))
        if _can_fire_inline(signals.request_started):
            signals.request_started.send(sender=self.__class__, scope=scope)
        else:
            await signals.request_started.asend(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response: Any = refusal if request is None else await self._response(chain, request)
        response._handler_class = self.__class__
        try:
            if response.streaming:
                await _until_sent_or_left(self._send_stream(response, send), receive)
            else:
                await self.send_response(response, send)
        finally:
            await _close(response)
            body.close()

    async def _response(self, chain: InlineChain, request: HttpRequest) -> HttpResponseBase:
        try:
            return await chain.get_response_async(request)
        except asyncio.CancelledError:
            await signals.request_finished.asend(sender=self.__class__)
            raise

    async def _send_stream(self, response: HttpResponseBase, send: Send) -> None:
        if not isinstance(response, EventStreamResponse):
            await self.send_response(response, send)
            return
        headers = [(name.encode(), value.encode("latin1")) for name, value in response.items()]
        headers += [
            (b"Set-Cookie", cookie.output(header="").strip().encode())
            for cookie in response.cookies.values()
        ]
        await send(
            {"type": "http.response.start", "status": response.status_code, "headers": headers}
        )

        async def send_part(part: bytes) -> None:
            await send({"type": "http.response.body", "body": part, "more_body": True})

        await response.send_to(send_part)
        await send({"type": "http.response.body"})


def _is_chat(scope: Scope) -> bool:
    prefix = get_script_prefix(scope)
    path = scope["path"].removeprefix(prefix) if prefix else scope["path"]
    try:
        view = get_resolver(settings.ROOT_URLCONF).resolve(path).func
    except Resolver404:
        return False
    view_class = getattr(view, "view_class", None)
    return (
        isinstance(view_class, type)
        and issubclass(view_class, ChatKitView)
        and iscoroutinefunction(view)
    )


async def _read_body(receive: Receive, limit: int) -> io.BytesIO:
    """The body, read to its end, of which no more than ``limit`` bytes are kept."""
    parts: list[bytes] = []
    length = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestAborted
        part = message.get("body", b"")[: limit - length]
        length += len(part)
        parts.append(part)
        more = message.get("more_body", False)
    return io.BytesIO(b"".join(parts))


async def _until_sent_or_left(sending: Awaitable[None], receive: Receive) -> None:
    """Send the stream; end it when the client leaves or the server gives it up."""
    stream = asyncio.ensure_future(sending)
    leaving = asyncio.ensure_future(_disconnect(receive))
    try:
        await asyncio.wait({stream, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        left = not stream.done()
        if left:
            stream.cancel()
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await finish(stream)
    if not left:
        stream.result()


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _close(response: HttpResponseBase) -> None:
    """Close it, which fires ``request_finished``, in the request's thread if there is one."""
    if not request_has_thread() and _can_fire_inline(signals.request_finished):
        response.close()
    else:
        await sync_to_async(response.close)()


def _can_fire_inline(signal: Signal) -> bool:
    """Whether nobody listens but Django, and nothing of this thread is in its way."""
    synchronous, asynchronous = signal._live_receivers(sender=ChatKitASGIHandler)
    return (
        not asynchronous
        and _HARMLESS.issuperset(synchronous)
        and all(one.connection is None for one in connections.all(initialized_only=True))
    )
