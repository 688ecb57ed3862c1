"""The ASGI application: static files, the process's lifespan, and Django for the rest."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from blacknoise import BlackNoise
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

from chatkit_django.asgi import get_chatkit_application

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

# The builds put a hash of the content into these names.
HASHED_FILES = ("/static/app/assets/", "/static/chatkit-element/parts/")


def _static_files(django: ASGIHandler) -> BlackNoise:
    files = BlackNoise(django, immutable_file_test=lambda path: path.startswith(HASHED_FILES))
    files.add(settings.FRONTEND_BUILD, "/static/app")
    files.add(settings.ELEMENT_BUILD, "/static/chatkit-element")
    return files


class Application:
    """Serves static files and Django, which also takes the process's start and end."""

    def __init__(self) -> None:
        self.django = get_chatkit_application()
        self.site = _static_files(self.django)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Static files have no lifespan.
        served = self.django if scope["type"] == "lifespan" else self.site
        await served(scope, receive, send)


application = Application()
