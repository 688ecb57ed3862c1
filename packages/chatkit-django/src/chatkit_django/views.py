"""The one address a ChatKit client talks to."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.handlers.asgi import ASGIRequest
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from chatkit_django import audit, observation
from chatkit_django.admission import admit, bearer_token
from chatkit_django.context import RequestContext, request_id_of
from chatkit_django.database import release_request_connections
from chatkit_django.event_stream import EventStreamResponse
from chatkit_django.exceptions import (
    AsgiRequired,
    BodyTooLarge,
    ChatKitError,
    CsrfFailed,
    EmptyBody,
    InternalError,
    InvalidToken,
    MethodNotAllowed,
    NotJson,
    NotSignedIn,
    ThreadBusy,
    Unavailable,
)
from chatkit_django.sign_in import SignedOut

if TYPE_CHECKING:
    from chatkit.server import StreamingResult

    from chatkit_django.server import ChatKitServer

logger = logging.getLogger(__name__)

T = TypeVar("T")

RUN_HEADER = "ChatKit-Run"
"""The run that a stream is read from, or that is in the thread that was asked for. Empty: nothing
runs in that thread, of a server that would say so."""

DATABASE_AWAY = (OperationalError, InterfaceError)
"""It is down, or has ended the connection, or cannot take the write in time."""


class LazyServer:
    """Builds the server on first use, outside the event loop: importing the SDK takes seconds."""

    def __init__(self, build: "Callable[[], ChatKitServer]") -> None:
        self._build = build
        self._lock = threading.Lock()
        self._server: ChatKitServer | None = None

    async def get(self) -> "ChatKitServer":
        if self._server is not None:
            return self._server
        return await asyncio.to_thread(self._built)

    def _built(self) -> "ChatKitServer":
        with self._lock:
            if self._server is None:
                from chatkit_django.server_checks import build_checked

                self._server = build_checked(self._build)
            return self._server


class ChatKitView(View):
    """``path("chatkit/", ChatKitView.as_view(server=build_server))``

    ``server`` is a function that returns a ``ChatKitServer``; it is called once. Override
    ``get_context`` to hand the server more than user, locale and request id.
    """

    server: "Callable[[], ChatKitServer] | None" = None
    lazy_server: LazyServer | None = None
    http_method_names = ["get", "head", "post"]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        build = initkwargs.get("server", cls.server)
        if build is None:
            raise TypeError("ChatKitView needs server=, a function that returns a ChatKitServer.")
        view = super().as_view(**initkwargs, lazy_server=LazyServer(build))
        # Django refuses ATOMIC_REQUESTS on async views; the store has its own transactions.
        # CSRF is checked in dispatch, where a bearer token can take its place.
        itself: Any = transaction.non_atomic_requests(csrf_exempt(view))
        itself.itself = itself
        return itself  # type: ignore[no-any-return]

    async def dispatch(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        kind = "health" if request.method in ("GET", "HEAD") else "unknown"
        seen = observation.begin(request_id_of(request), kind, request.headers)
        response = await answered(self._served(request), seen)
        response["X-Request-ID"] = seen.request_id
        seen.status = response.status_code
        if isinstance(response, EventStreamResponse):
            response.observation = seen
        else:
            seen.ended()
        return response

    async def _served(self, request: HttpRequest) -> HttpResponseBase:
        handler = self._handler(request)
        if handler == self.post:
            await admit(request)
        return await handler(request)

    async def get(self, request: HttpRequest) -> HttpResponseBase:
        """That the chat is there, or with ``?run=`` the events of a run."""
        run_id = request.GET.get("run")
        if run_id is None:
            return JsonResponse({"status": "ok"})
        if bearer_token(request) is not None:
            await admit(request)
        server, context = await self._server_and_context(request)
        await release_request_connections()
        last_event_id = request.headers.get("Last-Event-ID", "")
        found = await server.follow(run_id, last_event_id, context)
        # To an EventSource this says: do not ask again.
        return HttpResponse(status=204) if found is None else stream_response(found)

    async def post(self, request: HttpRequest) -> HttpResponseBase:
        server, context = await self._server_and_context(request)
        body = read_body(request, server.body_limit)
        if not body:
            raise EmptyBody
        if request.content_type != "application/json":
            raise NotJson
        # Whoever keeps one connection and waits for another can be waited for in turn.
        await release_request_connections()
        result = await server.process(body, context)
        from chatkit.server import NonStreamingResult  # imported with the server, not before

        if isinstance(result, NonStreamingResult):
            response = HttpResponse(result.json, content_type="application/json")
            if (run_id := getattr(result, "run_id", None)) is not None:
                response[RUN_HEADER] = run_id
            return response
        return stream_response(result)

    async def _server_and_context(
        self, request: HttpRequest
    ) -> "tuple[ChatKitServer, RequestContext]":
        context = await self.get_context(request)
        observation.note(user_id=context.user_id)
        if not isinstance(request, ASGIRequest):
            raise AsgiRequired
        assert self.lazy_server is not None  # noqa: S101  as_view saw to it
        return await self.lazy_server.get(), context

    async def get_context(self, request: HttpRequest) -> RequestContext:
        """Who asks. Raises ``NotSignedIn`` for an anonymous visitor."""
        user = await request.auser()
        if not user.is_authenticated:
            raise NotSignedIn
        return RequestContext.from_request(request, user)

    def _handler(
        self, request: HttpRequest
    ) -> Callable[[HttpRequest], Awaitable[HttpResponseBase]]:
        match request.method:
            case "GET" | "HEAD":
                return self.get
            case "POST":
                return self.post
            case _:
                raise MethodNotAllowed


def stream_response(result: "StreamingResult") -> EventStreamResponse:
    response = EventStreamResponse(result.json_events)
    if run_id := getattr(result.json_events, "run_id", ""):
        response[RUN_HEADER] = run_id
    return response


async def answered(work: Awaitable[T], seen: observation.Observation) -> T | JsonResponse:
    """What came of the work, or the response that says why nothing did."""
    try:
        return await work
    except ChatKitError as error:
        await audit.record_refusal(error.status, seen.user_id)
        seen.outcome = error.code
        return error_response(error)
    except SignedOut:
        seen.begins_anew()
        raise
    except Exception as error:
        logger.exception("The chat request %s failed", seen.request_id)
        told = failure_of(error)
        seen.outcome = told.code
        return error_response(told)


def read_body(request: HttpRequest, limit: int) -> bytes:
    """The body, of which no more is read than may be sent."""
    body = request.read(limit + 1)
    if len(body) > limit:
        raise BodyTooLarge
    return body


def failure_of(error: Exception) -> ChatKitError:
    """What a client is told of an error nobody named: that the database is away, or no more."""
    return Unavailable() if isinstance(error, DATABASE_AWAY) else InternalError()


def error_response(error: ChatKitError) -> JsonResponse:
    """``{"error": {"code", "message"}}`` with the status of the error's class."""
    described = {"code": error.code, "message": error.message}
    if isinstance(error, ThreadBusy):
        described["run_id"] = error.run_id
    response = JsonResponse({"error": described}, status=error.status)
    if isinstance(error, MethodNotAllowed):
        response["Allow"] = error.allowed
    if error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    if isinstance(error, InvalidToken):
        response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    """For ``CSRF_FAILURE_VIEW``: Django's own page is HTML."""
    return error_response(CsrfFailed())
