"""Sessions of the chat: our own bearer tokens, or sessions of a chat that OpenAI hosts."""

from __future__ import annotations

import logging
import os

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from chatkit_django import session_view

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20


class ChatKitSessionView(session_view.ChatKitSessionView):
    """POST: 200 `{client_secret, expires_at}` · 401 · 403 · 502.

    A bearer token for `/api/chatkit/`; where `CHATKIT_WORKFLOW_ID` and `OPENAI_API_KEY` are set,
    a session of that workflow at OpenAI in its place.
    """

    def issue(self, request: HttpRequest) -> HttpResponseBase:
        key = os.environ.get("OPENAI_API_KEY")
        workflow = os.environ.get("CHATKIT_WORKFLOW_ID")
        if not key or not workflow:
            return super().issue(request)
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
