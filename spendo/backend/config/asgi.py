"""The ASGI application: static files, the process's lifespan, and Django for the rest."""

import logging
import os
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from blacknoise import BlackNoise
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

from chatkit_django.asgi import get_chatkit_application

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HASHED_FILES = "/static/app/assets/"  # Vite puts the content's hash into these names


def _static_files(django: ASGIHandler) -> BlackNoise:
    files = BlackNoise(django, immutable_file_test=lambda path: path.startswith(HASHED_FILES))
    files.add(settings.FRONTEND_BUILD, "/static/app")
    files.add(settings.ELEMENT_BUILD, "/static/chatkit-element")
    return files


def _warm_up() -> None:
    """Import the assistant before its first question: the model stack takes seconds to load."""
    try:
        import_module("spendo.assistant.server")
    except Exception:  # the first question will meet the same error and answer it
        logger.exception("The assistant could not be loaded")


class Application:
    """Serves static files and Django; on start-up loads the assistant in the background."""

    def __init__(self) -> None:
        self.django = get_chatkit_application()
        self.site = _static_files(self.django)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await self.site(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await send({"type": "lifespan.shutdown.complete"})
                return


application = Application()
