"""A request whose headers are known, from its body to the last byte of the answer: what
``ChatKitView`` does between the middleware's two turns, and no middleware."""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpResponse
from django.urls import set_script_prefix
from django.utils import translation

from chatkit_django import observation
from chatkit_django.context import RequestContext
from chatkit_django.database import read, release_request_connections
from chatkit_django.event_stream import HEADERS, EventStream, Receive, Send
from chatkit_django.exceptions import BodyTooLarge, ChatKitError, EmptyBody, NotFound
from chatkit_django.remembered import Headers, OfOneRequest, Way
from chatkit_django.rows_by_hand import NoRows
from chatkit_django.sign_in import SignedOut, SignIn, SignInCheck
from chatkit_django.views import RUN_HEADER, answered
from chatkit_django.wire_answer import WireAnswer

if TYPE_CHECKING:
    from chatkit.server import StreamingResult

    from chatkit_django.incoming import Request
    from chatkit_django.server import ChatKitServer
    from chatkit_django.store import WirePage

_RUN_HEADER = RUN_HEADER.encode()
_JSON = (b"Content-Type", b"application/json")
_STREAM = [(name.encode(), text.encode()) for name, text in HEADERS.items()]


class KnownRequest:
    """One request on a way that is remembered. Use it once."""

    def __init__(self, way: Way, its: OfOneRequest, body: bytes) -> None:
        self._way = way
        self._its = its
        self._body = body

    async def serve(self, receive: Receive, send: Send) -> None:
        """Answer it. Raises ``SignedOut`` before anything is sent or stored. Call it in a
        ``ThreadSensitiveContext`` of the request's own."""
        try:
            await self._serve(receive, send)
        finally:
            await release_request_connections()

    async def _serve(self, receive: Receive, send: Send) -> None:
        seen = observation.begin(self._its.id, "unknown", self._its.headers)
        seen.user_id = str(self._way.sign_in.user_key)
        set_script_prefix(self._way.script_prefix)
        if self._way.language is not None:
            translation.activate(self._way.language)
        found = await answered(self._result(), seen)
        if isinstance(found, HttpResponse):
            more = [(name.encode(), text.encode("latin1")) for name, text in found.items()]
            await self._send(send, seen, found.status_code, found.content, more)
        elif isinstance(found, WireAnswer):
            run = [] if found.run_id is None else [(_RUN_HEADER, found.run_id.encode())]
            await self._send(send, seen, 200, found.json, [_JSON, *run])
        else:
            await self._stream(found, seen, receive, send)

    async def _result(self) -> "WireAnswer | StreamingResult":
        server = await self._way.server.get()
        if len(self._body) > server.body_limit:
            raise BodyTooLarge
        if not self._body:
            raise EmptyBody
        context = self._way.context(self._its, self._way.user)
        try:
            parsed = await server.read(self._body, context)
        except ChatKitError:
            await read(_user, self._way.sign_in)  # who is signed out hears that first
            raise
        page = server.wire_page(parsed, context)
        if page is not None:
            return await _page(self._way.sign_in, page)
        if server.begins_with_its_run(parsed):
            return await self._run(server, parsed)
        user = await read(_user, self._way.sign_in)
        return await _served(server, parsed, self._way.context(self._its, user))

    async def _run(
        self, server: "ChatKitServer", parsed: "Request"
    ) -> "WireAnswer | StreamingResult":
        """The look at session and user is part of the transaction that begins the run; where none
        begins, it is made before anything is said."""
        sign_in = self._way.sign_in
        check = SignInCheck(sign_in)
        context = self._way.context(self._its, sign_in.user(), check)
        try:
            result = await _served(server, parsed, context)
        except ChatKitError:
            if not check.done:
                await read(check)  # who is signed out hears that first
            raise
        if not check.done:
            await read(check)
        return result

    async def _send(
        self, send: Send, seen: observation.Observation, status: int, body: bytes, more: Headers
    ) -> None:
        seen.status = status
        headers = [
            *self._way.headers,
            *more,
            (b"Content-Length", b"%d" % len(body)),
            (b"X-Request-ID", self._its.id.encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        seen.ended()

    async def _stream(
        self,
        result: "StreamingResult",
        seen: observation.Observation,
        receive: Receive,
        send: Send,
    ) -> None:
        seen.status = 200
        parts = result.json_events
        headers = [*_STREAM, (b"X-Request-ID", self._its.id.encode()), *self._way.headers]
        if run_id := getattr(parts, "run_id", ""):
            headers.append((_RUN_HEADER, run_id.encode()))
        start = {"type": "http.response.start", "status": 200, "headers": headers}
        await EventStream(parts, seen).serve_until_left(start, send, receive)


async def _page(sign_in: SignIn, page: "WirePage") -> "WireAnswer":
    """Sign-in and page in one go through the database's threads."""
    from chatkit.store import NotFoundError  # loaded with the server

    try:
        return await read(_page_if_signed_in, sign_in, page)
    except NotFoundError:
        raise NotFound from None


async def _served(
    server: "ChatKitServer", parsed: "Request", context: RequestContext
) -> "WireAnswer | StreamingResult":
    from chatkit.server import NonStreamingResult  # loaded with the server

    result = await server.serve(parsed, context)
    if isinstance(result, NonStreamingResult):
        return WireAnswer(result.json, getattr(result, "run_id", None))
    return result


def _page_if_signed_in(sign_in: SignIn, page: "WirePage") -> "WireAnswer":
    from chatkit.store import NotFoundError  # loaded with the server

    if (condition := sign_in.condition()) is not None:
        # Nothing found may mean that nobody is signed in: it is asked again below.
        with suppress(NoRows, NotFoundError):
            return page(only_if=condition)
    if not sign_in.holds():
        raise SignedOut
    return page()


def _user(sign_in: SignIn) -> AbstractBaseUser:
    if not sign_in.holds():
        raise SignedOut
    user: AbstractBaseUser = sign_in.user()
    return user
