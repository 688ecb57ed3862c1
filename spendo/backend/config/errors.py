"""The last answer to an error nobody named: JSON, a fixed sentence, the cause only in the log."""

import logging
import sys
from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import (
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

logger = logging.getLogger(__name__)


def error_response(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """404: for `handler404` and for addresses under `/api/` that no route has."""
    return error_response(404, "not_found", "There is nothing at this address.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """400: for `handler400` (a refused host, a suspicious request)."""
    return error_response(400, "bad_request", "The request could not be read.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """403: for `handler403`."""
    return error_response(403, "forbidden", "You may not do this.")


def server_error(request: HttpRequest) -> JsonResponse:
    """500: for `handler500`."""
    return error_response(500, "internal", "Something went wrong here. Try again in a moment.")


def unavailable(request: HttpRequest) -> JsonResponse:
    """503: the database or the cache does not answer."""
    response = error_response(503, "unavailable", "This is not available now. Try again soon.")
    response["Retry-After"] = "5"
    return response


class JsonErrorsMiddleware:
    """Answers a refused host and a failed view before Django's debug page can show them."""

    sync_capable = True
    async_capable = True
    chatkit_inline = True  # nothing here waits
    chatkit_by_headers = True  # and what it does follows from the request's host

    def __init__(
        self,
        get_response: Callable[[HttpRequest], HttpResponse]
        | Callable[[HttpRequest], Awaitable[HttpResponse]],
    ) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        try:
            request.get_host()
        except DisallowedHost:
            refused = bad_request(request)
            return _later(refused) if iscoroutinefunction(self) else refused
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        match exception:
            case Http404():
                return not_found(request)
            case PermissionDenied():
                return forbidden(request)
            case RequestDataTooBig():
                return error_response(413, "too_large", "The request is too large.")
            case SuspiciousOperation():
                return bad_request(request)
        logger.exception(
            "Unhandled error in %s %s", request.method, request.path, exc_info=exception
        )
        return unavailable(request) if _is_outage(exception) else server_error(request)


def _is_outage(exception: Exception) -> bool:
    redis = sys.modules.get("redis")  # it is loaded if there is such a cache
    return isinstance(exception, OperationalError | InterfaceError) or (
        redis is not None and isinstance(exception, redis.RedisError)
    )


async def _later(response: HttpResponse) -> HttpResponse:
    return response
