"""From the ASGI server to the chat without a thread.

Django gives each request a thread and sends it there for each synchronous middleware. A request
to a ``ChatKitView`` goes the same way here, through the same middleware, view and signals, but
stays on the event loop. Whatever is not known to be safe there takes Django's own way: another
view, or a project with a middleware that ``inline`` does not know.
"""

import asyncio
import io
from typing import Any

from asgiref.sync import ThreadSensitiveContext, iscoroutinefunction, sync_to_async
from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, get_resolver, set_script_prefix

from chatkit_django.conf import largest_body_bytes
from chatkit_django.database import request_has_thread
from chatkit_django.event_stream import EventStreamResponse, Receive, Send, until_sent_or_left
from chatkit_django.inline import InlineChain, Unknown
from chatkit_django.known_requests import KnownRequest
from chatkit_django.lifespan import Lifespan
from chatkit_django.listeners import Listeners
from chatkit_django.remembered import Key, Scope, Ways
from chatkit_django.sign_in import SignedOut
from chatkit_django.views import ChatKitView


class ChatKitASGIHandler(ASGIHandler):
    """Serves the project, and starts and ends the process in order. ``unknown_middleware`` says why
    all of it goes Django's own way; it is empty if the chat goes the short one."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown_middleware: str = ""
        self._chain: InlineChain | None = None
        self._ways = Ways(enabled=False)
        self._listeners = Listeners(type(self))
        self._lifespan = Lifespan()
        try:
            self._chain = InlineChain()
        except Unknown as middleware:
            self.unknown_middleware = str(middleware)
        else:
            self._ways = Ways(enabled=self._chain.follows_from_headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan.serve(receive, send)
            return
        if not self._lifespan.has_begun:  # the server does not speak of it
            self._lifespan.begin()
        if self._chain is None or scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        key, its, way = self._ways.find(scope)
        if way is None and not _is_chat(scope):
            await super().__call__(scope, receive, send)
            return
        try:
            body = await _read_body(receive, largest_body_bytes(with_audio=True) + 1)
        except RequestAborted:
            return
        # No thread yet: the first synchronous code of the project that asks makes one.
        async with ThreadSensitiveContext():
            if way is not None and self._listeners.are_only_djangos():
                try:
                    await KnownRequest(way, its, body).serve(receive, send)
                    return
                except SignedOut:
                    self._ways.forget(key)
            await self._serve_chat(self._chain, key, scope, body, receive, send)

    async def _serve_chat(
        self,
        chain: InlineChain,
        key: Key,
        scope: Scope,
        raw: bytes,
        receive: Receive,
        send: Send,
    ) -> None:
        body = io.BytesIO(raw)
        set_script_prefix(get_script_prefix(scope))
        if self._listeners.can_be_told_inline(signals.request_started):
            signals.request_started.send(sender=self.__class__, scope=scope)
        else:
            await signals.request_started.asend(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response: Any = refusal if request is None else await self._response(chain, request)
        response._handler_class = self.__class__
        if request is not None:
            self._ways.learn(key, request, response)
        try:
            if isinstance(response, EventStreamResponse):
                await response.serve_until_left(send, receive)
            elif response.streaming:
                await until_sent_or_left(self.send_response(response, send), receive)
            else:
                await self.send_response(response, send)
        finally:
            await self._close(response)
            body.close()

    async def _response(self, chain: InlineChain, request: HttpRequest) -> HttpResponseBase:
        try:
            return await chain.get_response_async(request)
        except asyncio.CancelledError:
            await signals.request_finished.asend(sender=self.__class__)
            raise

    async def _close(self, response: HttpResponseBase) -> None:
        """Close it, which fires ``request_finished``, in the request's thread if it has one."""
        if not request_has_thread() and self._listeners.can_be_told_inline(
            signals.request_finished
        ):
            response.close()
        else:
            await sync_to_async(response.close)()


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


async def _read_body(receive: Receive, limit: int) -> bytes:
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
    return b"".join(parts)
