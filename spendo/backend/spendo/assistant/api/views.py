"""Sessions for a chat that OpenAI hosts, for deployments that choose that one."""

from __future__ import annotations

import logging
import os
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views import View

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20


class ChatKitSessionView(View):
    """POST: 200 `{client_secret, expires_at}` · 401 · 501 when no hosted workflow is set up · 502.

    CSRF is checked by the middleware, signed in or not.
    """

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("POST", "OPTIONS"):
            response = _error(405, "method_not_allowed", "Use POST.")
            response["Allow"] = "POST"
            return response
        if not request.user.is_authenticated:
            return _error(401, "not_signed_in", "Sign in, then try again.")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> JsonResponse:
        key = os.environ.get("OPENAI_API_KEY")
        workflow = os.environ.get("CHATKIT_WORKFLOW_ID")
        if not key or not workflow:
            return _error(
                501,
                "not_configured",
                "No hosted workflow is set up here. Use the chat at /api/chatkit/.",
            )
        return _mint(key, workflow, str(request.user.pk))


def _mint(key: str, workflow: str, user_id: str) -> JsonResponse:
    from openai import OpenAI, OpenAIError

    try:
        with OpenAI(
            api_key=key,
            base_url=os.environ.get("OPENAI_BASE_URL") or None,
            timeout=TIMEOUT_SECONDS,
            max_retries=1,
        ) as client:
            session = client.beta.chatkit.sessions.create(user=user_id, workflow={"id": workflow})
    except OpenAIError:
        logger.exception("A hosted chat session could not be made")
        return _error(
            502, "provider_failed", "The chat provider did not answer. Try again in a moment."
        )
    return JsonResponse({"client_secret": session.client_secret, "expires_at": session.expires_at})


def _error(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)
