"""The routes of D: the chat, and a way to sign in that only this process has."""

from collections.abc import AsyncIterator
from typing import Any

from chatkit.types import ThreadMetadata, ThreadStreamEvent, UserMessageItem
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path

from chatkit_django.server import ChatKitServer
from chatkit_django.views import ChatKitView
from servers.answer import answer


class Server(ChatKitServer):
    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        item_id = self.store.generate_item_id("message", thread, context)
        async for event in answer(thread, item_id, input_user_message):
            yield event


def sign_in(request: HttpRequest) -> JsonResponse:
    user, _ = User.objects.get_or_create(username="bench")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return JsonResponse({"csrfToken": get_token(request)})


urlpatterns = [
    path("sign-in", sign_in),
    path("chatkit", ChatKitView.as_view(server=Server)),
]
