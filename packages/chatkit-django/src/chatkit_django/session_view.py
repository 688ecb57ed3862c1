"""Where a signed-in page gets a bearer token for the chat."""

import logging
from typing import Any

from asgiref.sync import async_to_sync
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from chatkit_django import audit, limits, tokens
from chatkit_django.admission import passes_csrf
from chatkit_django.context import RequestContext, request_id_of
from chatkit_django.exceptions import (
    ChatKitError,
    CsrfFailed,
    NotSignedIn,
    PostOnly,
    Unavailable,
)
from chatkit_django.views import DATABASE_AWAY, error_response

logger = logging.getLogger(__name__)


class ChatKitSessionView(View):
    """``path("chatkit/session/", ChatKitSessionView.as_view())``: POST with session and CSRF token
    → 200 ``{"client_secret", "expires_at"}`` (seconds since 1970), a bearer token for the chat.

    A bearer token is no way in here: it cannot prolong itself. Override ``issue`` to give
    something else to a user who is signed in.
    """

    # Without a transaction around it, which the counters' writer would wait for.
    @method_decorator(transaction.non_atomic_requests)
    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return self._answer(request)
        except DATABASE_AWAY:
            logger.exception("The token request %s failed", request_id_of(request))
            return error_response(Unavailable())

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            if request.method != "POST":
                raise PostOnly
            if not passes_csrf(request):
                raise CsrfFailed
            if not request.user.is_authenticated:
                raise NotSignedIn
            context = RequestContext.from_request(request, request.user)
            async_to_sync(limits.count_request)(context)
            return self.issue(request)
        except ChatKitError as error:
            user_id = request.user.pk if request.user.is_authenticated else ""
            async_to_sync(audit.record_refusal)(error.status, user_id)
            return error_response(error)

    def issue(self, request: HttpRequest) -> HttpResponseBase:
        assert request.user.is_authenticated  # noqa: S101  dispatch saw to it
        token = tokens.issue(request.user)
        audit.record(audit.Kind.TOKEN_ISSUED, request.user.pk)
        return JsonResponse(
            {
                "client_secret": token.client_secret,
                "expires_at": int(token.expires_at.timestamp()),
            }
        )
