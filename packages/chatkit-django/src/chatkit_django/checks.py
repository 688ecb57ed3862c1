"""``manage.py check``: what would otherwise break, or be unsafe, only in use."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from chatkit_django.conf import ALL_SETTINGS

_SIGN_IN = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)
_CSRF = "django.middleware.csrf.CsrfViewMiddleware"


@register("chatkit_django")
def check_project(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [*_settings(), *_time_zones(), *_middleware(), *_wsgi()]


def _settings() -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    for setting in ALL_SETTINGS:
        try:
            setting.get()
        except ImproperlyConfigured as error:
            problems.append(Error(str(error), id="chatkit_django.E001"))
    return problems


def _time_zones() -> list[CheckMessage]:
    if settings.USE_TZ:
        return []
    return [
        Error(
            "ChatKit stores times in UTC, which needs USE_TZ = True.",
            hint="Set USE_TZ = True.",
            id="chatkit_django.E002",
        )
    ]


def _middleware() -> list[CheckMessage]:
    problems: list[CheckMessage] = [
        Error(
            f"ChatKitView knows its users by session, which needs {path}.",
            hint="Add it to MIDDLEWARE, or override ChatKitView.get_context and silence this.",
            id="chatkit_django.E003",
        )
        for path in _SIGN_IN
        if path not in settings.MIDDLEWARE
    ]
    if _CSRF not in settings.MIDDLEWARE:
        problems.append(
            Error(
                "Any website could write in the name of a signed-in visitor.",
                hint=f"Add {_CSRF} to MIDDLEWARE.",
                id="chatkit_django.E004",
            )
        )
    return problems


def _wsgi() -> list[CheckMessage]:
    if settings.WSGI_APPLICATION is None:
        return []
    return [
        checks.Warning(
            "The project can be served by WSGI, where ChatKitView answers 501 to every message.",
            hint="Remove WSGI_APPLICATION and serve the project with an ASGI server.",
            id="chatkit_django.W001",
        )
    ]
