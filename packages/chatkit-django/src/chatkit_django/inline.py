"""The project's middleware, called on the event loop.

Known middleware does nothing there that could block. The one exception, saving a session that was
changed, is sent to the database threads, and so is the sign-in.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from asgiref.sync import markcoroutinefunction
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin
from django.utils.module_loading import import_string

from chatkit_django.database import run, write
from chatkit_django.sign_in import signed_in_user

GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]

# Those of Django that read and set headers, cookies and attributes.
_SYNCHRONOUS = frozenset(
    {
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.security.SecurityMiddleware",
    }
)
# Those that are asynchronous by themselves: they are called exactly as Django calls them.
_ASYNCHRONOUS = frozenset(
    {
        "axes.middleware.AxesMiddleware",
        "corsheaders.middleware.CorsMiddleware",
    }
)
MARK = "chatkit_inline"
"""An asynchronous middleware of the project with this attribute set to ``True`` is known too."""
MARK_OF_HEADERS = "chatkit_by_headers"
"""Set to ``True`` it says moreover that what the middleware does follows from a request's headers
and address, and that to an answer with status 200 it adds the same headers each time."""


class Unknown(Exception):  # noqa: N818  (not an error: Django's own way is as good)
    """A middleware, or a setting, that may need a thread."""


class InlineChain(BaseHandler):
    """Django's handler with the project's middleware inline. Raises ``Unknown`` if it cannot."""

    def __init__(self) -> None:
        if settings.CSRF_USE_SESSIONS:
            raise Unknown("CSRF_USE_SESSIONS")
        self.follows_from_headers = not settings.SESSION_SAVE_EVERY_REQUEST and all(
            _follows_from_headers(path) for path in settings.MIDDLEWARE
        )
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        chain = convert_exception_to_response(self._get_response_async)  # type: ignore[attr-defined]
        for known in reversed([_known(path) for path in settings.MIDDLEWARE]):
            try:
                middleware = known(chain)
            except MiddlewareNotUsed:
                continue
            if hasattr(middleware, "process_view"):
                self._view_middleware.insert(0, _later(middleware.process_view))
            if hasattr(middleware, "process_template_response"):
                self._template_response_middleware.append(
                    _later(middleware.process_template_response)
                )
            if hasattr(middleware, "process_exception"):
                self._exception_middleware.append(middleware.process_exception)
            chain = convert_exception_to_response(middleware)
        self._middleware_chain = chain


def _known(path: str) -> Callable[[GetResponse], Any]:
    """The middleware as a class or function that makes it; ``Unknown`` if it may block."""
    middleware = import_string(path)
    if f"{middleware.__module__}.{middleware.__qualname__}" in _ASYNCHRONOUS:
        return middleware  # type: ignore[no-any-return]
    if getattr(middleware, MARK, False) and getattr(middleware, "async_capable", False):
        return middleware  # type: ignore[no-any-return]
    if path not in _SYNCHRONOUS:
        raise Unknown(path)
    return partial(_Inline, middleware)


def _follows_from_headers(path: str) -> bool:
    """Whether what the middleware does is the same for the same headers."""
    if path == "corsheaders.middleware.CorsMiddleware":
        from corsheaders.signals import check_request_enabled

        return not check_request_enabled.has_listeners()
    return path in _SYNCHRONOUS | _ASYNCHRONOUS or bool(
        getattr(import_string(path), MARK_OF_HEADERS, False)
    )


class _Inline:
    """One of Django's synchronous middlewares around an asynchronous view."""

    def __init__(self, kind: type[MiddlewareMixin], get_response: GetResponse) -> None:
        self._middleware: Any = kind(get_response)
        self._get_response = get_response
        self._before = getattr(self._middleware, "process_request", None)
        self._after = getattr(self._middleware, "process_response", None)
        if hasattr(self._middleware, "process_view"):
            self.process_view = self._middleware.process_view
        if kind is SessionMiddleware:
            self._after = None
        self._saves_sessions = kind is SessionMiddleware
        self._knows_users = kind is AuthenticationMiddleware
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase | None = self._before(request) if self._before else None
        if self._knows_users:
            request.auser = partial(_user_in_one_hop, request)
        if response is None:
            response = await self._get_response(request)
        if self._saves_sessions:
            return await self._with_session(request, response)
        return self._after(request, response) if self._after else response

    async def _with_session(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        finish_session = self._middleware.process_response
        if request.session.modified or settings.SESSION_SAVE_EVERY_REQUEST:
            saved: HttpResponseBase = await write(finish_session, request, response)
            return saved
        unchanged: HttpResponseBase = finish_session(request, response)
        return unchanged


async def _user_in_one_hop(request: Any) -> Any:
    """What ``request.auser`` returns: session and user, read together."""
    if not hasattr(request, "_acached_user"):
        user = await run(signed_in_user, request)
        request._acached_user = request._cached_user = user
    return request._acached_user


def _later(method: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    async def called(*arguments: Any) -> Any:
        return method(*arguments)

    return called
