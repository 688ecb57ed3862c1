"""A page with the chat, the element it uses, and the address it talks to."""

import os
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib.auth import alogin, get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.module_loading import import_string
from django.views.static import serve

from chatkit_django.views import ChatKitView

if TYPE_CHECKING:
    from chatkit_django.server import ChatKitServer

ELEMENT = Path(__file__).parents[2] / "packages" / "chatkit-element" / "dist"
# Which of the examples answers: a subclass of ChatKitServer.
CHAT = os.environ.get("EXAMPLE_CHAT", "examples.echo.chat.EchoServer")


def build_server() -> "ChatKitServer":
    server: ChatKitServer = import_string(CHAT)()  # the SDK is loaded here, not before
    return server


async def page(request: HttpRequest, template: str = "page.html") -> HttpResponse:
    """Each browser is a visitor of its own, with chats of its own."""
    if not (await request.auser()).is_authenticated:
        visitor = await get_user_model().objects.acreate(username=f"visitor-{uuid4().hex}")
        await alogin(request, visitor)
    return render(request, template)


urlpatterns = [
    path("", page),
    path("element/<path:path>", serve, {"document_root": ELEMENT}),
    path("chatkit/", ChatKitView.as_view(server=build_server)),
]
