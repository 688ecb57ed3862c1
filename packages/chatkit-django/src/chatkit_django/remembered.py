"""What the middleware makes of a request, found out once.

A browser sends the same headers with each request of a session, and what the known middleware and
the CSRF check make of them follows from the headers, the address and the settings alone. So once
such a request was served, the next with the very same headers need not be decided anew: its
context and the headers of its answer are known. Who is signed in is not remembered but looked up
for each request, and so is everything that depends on what was sent.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_script_prefix
from django.utils import translation

from chatkit_django.admission import bearer_token
from chatkit_django.context import (
    RequestContext,
    SignInCheck,
    context_of,
    new_request_id,
    request_id_from,
)
from chatkit_django.runs.records import idempotency_key_from
from chatkit_django.sign_in import SignIn, sign_in_of
from chatkit_django.views import RUN_HEADER, ChatKitView, LazyServer

Scope = dict[str, Any]
Key = tuple[Any, ...]
Headers = list[tuple[bytes, bytes]]

MOST = 4096
"""As many are remembered at a time, each with a kilobyte or two of headers."""

# They differ from request to request, and no middleware that is known looks at them.
_OF_ONE_REQUEST = frozenset(
    {b"content-length", b"x-request-id", b"traceparent", b"tracestate", b"idempotency-key"}
)
_LANGUAGES = "django.middleware.locale.LocaleMiddleware"
# The view gives them to an answer, or they follow from it.
_OF_THE_ANSWER = frozenset(
    {
        "Content-Type",
        "Content-Length",
        "Cache-Control",
        "X-Accel-Buffering",
        "X-Request-ID",
        RUN_HEADER,
    }
)


class OfOneRequest(NamedTuple):
    """What the headers say of this request alone, and all of them."""

    id: str
    idempotency_key: str
    headers: Headers


@dataclass(frozen=True)
class Way:
    """How requests with these headers are served: by which server, for whom and with which
    context. ``headers`` are those that the middleware adds to the answer, ``language`` the one it
    chose, if it does."""

    server: LazyServer
    sign_in: SignIn
    user: AbstractBaseUser
    locale: str
    base_url: str
    address: str
    language: str | None
    script_prefix: str
    headers: Headers

    def context(
        self, its: "OfOneRequest", user: AbstractBaseUser, check: SignInCheck | None = None
    ) -> RequestContext:
        return RequestContext(
            user,
            self.locale,
            its.id,
            self.base_url,
            address=self.address,
            idempotency_key=idempotency_key_from(its.idempotency_key),
            sign_in_check=check,
        )


class Ways:
    """What is remembered, by everything that it follows from; nothing if ``enabled`` is false."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled
        self._has_languages = _LANGUAGES in settings.MIDDLEWARE
        self._ways: dict[Key, Way] = {}

    def find(self, scope: Scope) -> tuple[Key, "OfOneRequest", Way | None]:
        """The key of the request, what is its own, and the way if it is known."""
        kept, request_id, idempotency_key = [], "", ""
        for pair in scope["headers"]:
            if pair[0] not in _OF_ONE_REQUEST:
                kept.append(pair)
            elif pair[0] == b"x-request-id":
                request_id = request_id_from(pair[1].decode("latin1"))
            elif pair[0] == b"idempotency-key":
                idempotency_key = pair[1].decode("latin1")
        client = scope.get("client")
        key = (
            scope["method"],
            scope["path"],
            scope.get("query_string"),
            scope["scheme"],
            scope.get("root_path"),
            client[0] if client else None,
            scope.get("server"),
            tuple(kept),
        )
        its = OfOneRequest(request_id or new_request_id(), idempotency_key, scope["headers"])
        return key, its, self._ways.get(key)

    def learn(self, key: Key, request: HttpRequest, response: HttpResponseBase) -> None:
        """Remember how the request was served, if that is all there is to say about the next."""
        if not self._enabled:
            return
        way = _way_of(request, response, has_languages=self._has_languages)
        if way is not None:
            if len(self._ways) >= MOST:
                self._ways.clear()
            self._ways[key] = way

    def forget(self, key: Key) -> None:
        self._ways.pop(key, None)


def _way_of(request: HttpRequest, response: HttpResponseBase, *, has_languages: bool) -> Way | None:
    context, sign_in = context_of(request), sign_in_of(request)
    if (
        request.method != "POST"
        or context is None
        or sign_in is None
        or response.status_code != 200
        or response.cookies
        or request.session.modified
        or bearer_token(request) is not None
        or request.resolver_match is None
    ):
        return None
    # A decorator copies all attributes of what it wraps, but is another function.
    found: Any = request.resolver_match.func
    view: Any = getattr(found, "itself", None)
    if view != found or not _is_plain(view.view_class):
        return None
    return Way(
        server=view.view_initkwargs["lazy_server"],
        sign_in=sign_in,
        user=context.user,
        locale=context.locale,
        base_url=context.base_url,
        address=context.address,
        language=translation.get_language() if has_languages else None,
        script_prefix=get_script_prefix(),
        headers=[
            (name.encode(), value.encode("latin1"))
            for name, value in response.items()
            if name not in _OF_THE_ANSWER
        ],
    )


def _is_plain(view: type[ChatKitView]) -> bool:
    """Whether the view does what ours does, and no more."""
    return all(
        getattr(view, name) is getattr(ChatKitView, name)
        for name in ("setup", "dispatch", "post", "get_context")
    )
