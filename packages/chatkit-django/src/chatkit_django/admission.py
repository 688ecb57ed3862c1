"""What a request may be believed by: a bearer token, or the session with its CSRF token."""

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware

from chatkit_django import tokens
from chatkit_django.database import run
from chatkit_django.exceptions import CsrfFailed, InvalidToken

MAX_TOKEN_CHARS = 512


async def admit(request: HttpRequest) -> None:
    """Call it before ``get_context``; the view has to be ``csrf_exempt`` for it.

    With ``Authorization: Bearer …`` the token alone says who asks, also to whoever looks at
    ``request.user`` or ``request.auser`` later: a session that comes with it is not used, which
    is why no CSRF token is needed. Raises ``InvalidToken``. Without that header the browser may
    have been tricked into asking, so Django's CSRF check is made. Raises ``CsrfFailed``.
    """
    token = bearer_token(request)
    if token is None:
        await _check_csrf(request)
        return
    user = await run(tokens.user_of, token)

    async def auser() -> AbstractBaseUser:
        return user

    request.user = user  # type: ignore[assignment]
    request.auser = auser  # type: ignore[assignment]


def bearer_token(request: HttpRequest) -> str | None:
    """The token of the Authorization header; None if another scheme or nothing is there."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    token = token.strip()
    if not 0 < len(token) <= MAX_TOKEN_CHARS:
        raise InvalidToken
    return token


def passes_csrf(request: HttpRequest) -> bool:
    """Django's own decision, for a view that its middleware left alone."""
    check = CsrfViewMiddleware(lambda _: HttpResponse())
    try:
        check.process_request(request)
        return check.process_view(request, _unmarked, (), {}) is None
    except (SuspiciousOperation, MultiPartParserError):  # a form that cannot be read
        return False


async def _check_csrf(request: HttpRequest) -> None:
    if settings.CSRF_USE_SESSIONS:  # it reads the database then
        passed = await sync_to_async(passes_csrf)(request)
    else:
        passed = passes_csrf(request)
    if not passed:
        raise CsrfFailed


def _unmarked(request: HttpRequest) -> HttpResponse:
    """A view without ``csrf_exempt``."""
    return HttpResponse()
