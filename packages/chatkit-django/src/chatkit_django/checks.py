"""``manage.py check``: what would otherwise break, or be unsafe, only in use.

Checks of a server and its store are in ``server_checks``: they need the SDK, which is loaded with
the first request.
"""

import stat
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

from chatkit_django.conf import ALL_SETTINGS, ATTACHMENT_STORAGE, ATTACHMENT_TYPES, worker_count
from chatkit_django.files.storage import private_storage
from chatkit_django.runs.logs import shared_log

CHATKIT_HEADERS = (
    "chatkit-frame-instance-id",
    "chatkit-session-id",
    "chatkit-user-id",
    "last-event-id",
)
CHATKIT_EXPOSED_HEADERS = ("ChatKit-Run", "Retry-After")
_SIGN_IN = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)
_CSRF = "django.middleware.csrf.CsrfViewMiddleware"
_CORS = "corsheaders.middleware.CorsMiddleware"
_GZIP = "django.middleware.gzip.GZipMiddleware"
_OWN_CACHES = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)
_SHORTEST_KEY = 50
_ACTIVE_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "text/javascript"}
)


@register("chatkit_django")
def check_project(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    unreadable = list(_settings())
    return [
        *unreadable,
        *_times(),
        *_middleware(),
        *_wsgi(),
        *_other_origins(),
        *_secret_key(),
        *_workers(),
        *([] if unreadable else _event_log()),
        *([] if unreadable else _uploads()),
        *_database(),
    ]


def _settings() -> Iterator[CheckMessage]:
    for setting in ALL_SETTINGS:
        try:
            setting.get()
        except ImproperlyConfigured as error:
            yield Error(
                str(error), hint=f"Correct or remove {setting.name}.", id="chatkit_django.E001"
            )


def _times() -> Iterator[CheckMessage]:
    if not settings.USE_TZ:
        yield Error(
            "ChatKit stores times in UTC, which needs USE_TZ = True.",
            hint="Set USE_TZ = True.",
            id="chatkit_django.E002",
        )
    elif _changes_its_clock(settings.TIME_ZONE):
        yield Caution(
            f"TIME_ZONE is {settings.TIME_ZONE!r}, where one hour comes twice each autumn. The "
            "ChatKit SDK stamps items with local time, so items of that hour may be an hour off.",
            hint='Set TIME_ZONE = "UTC" and activate each user\'s own zone where times are shown.',
            id="chatkit_django.W002",
        )


def _changes_its_clock(name: str) -> bool:
    zone = ZoneInfo(name)
    year = datetime.now(zone).year
    return len({datetime(year, month, 1, tzinfo=zone).utcoffset() for month in range(1, 13)}) > 1


def _middleware() -> Iterator[CheckMessage]:
    for path in _SIGN_IN:
        if path not in settings.MIDDLEWARE:
            yield Error(
                f"ChatKitView knows its users by session, which needs {path}.",
                hint="Add it to MIDDLEWARE, or override ChatKitView.get_context and silence this.",
                id="chatkit_django.E003",
            )
    if _CSRF not in settings.MIDDLEWARE:
        yield Error(
            "Any website could write in the name of a signed-in visitor.",
            hint=f"Add {_CSRF} to MIDDLEWARE.",
            id="chatkit_django.E004",
        )
    if _GZIP in settings.MIDDLEWARE:
        yield Caution(
            "GZipMiddleware holds the events of a stream back until its buffer is full.",
            hint=f"Remove {_GZIP} and let the proxy compress, but not text/event-stream.",
            id="chatkit_django.W003",
        )


def _wsgi() -> Iterator[CheckMessage]:
    if settings.WSGI_APPLICATION is not None:
        yield Caution(
            "The project can be served by WSGI, where ChatKitView answers 501 to every message.",
            hint="Remove WSGI_APPLICATION and serve the project with an ASGI server, "
            "such as uvicorn.",
            id="chatkit_django.W001",
        )


def _other_origins() -> Iterator[CheckMessage]:
    """Pages of other origins: only if django-cors-headers is there to let them in."""
    if not apps.is_installed("corsheaders"):
        return
    origins = list(getattr(settings, "CORS_ALLOWED_ORIGINS", ()))
    everybody = getattr(settings, "CORS_ALLOW_ALL_ORIGINS", False)
    patterns = getattr(settings, "CORS_ALLOWED_ORIGIN_REGEXES", ())
    if not (origins or everybody or patterns):
        return
    if _CORS not in settings.MIDDLEWARE:
        yield Error(
            "corsheaders is installed, but its middleware is not: browsers refuse other origins.",
            hint=f"Add {_CORS} at the top of MIDDLEWARE.",
            id="chatkit_django.E005",
        )
    credentials = getattr(settings, "CORS_ALLOW_CREDENTIALS", False)
    yield from _cors_headers()
    yield from _exposed_headers(credentials)
    if everybody and credentials:
        yield Error(
            "Every website may read the chats of its signed-in visitors: all origins are allowed, "
            "with cookies.",
            hint="List the origins in CORS_ALLOWED_ORIGINS and remove CORS_ALLOW_ALL_ORIGINS.",
            id="chatkit_django.E007",
        )
    trusted = set(settings.CSRF_TRUSTED_ORIGINS)
    for origin in origins:
        if credentials and not _is_trusted(origin, trusted):
            yield Caution(
                f"Pages of {origin} may read the chat, but their messages are refused with 403 "
                "csrf_failed.",
                hint=f"Add {origin!r} to CSRF_TRUSTED_ORIGINS.",
                id="chatkit_django.W004",
            )


def _cors_headers() -> Iterator[CheckMessage]:
    default = __import__("corsheaders.defaults", fromlist=["default_headers"]).default_headers
    allowed = {name.lower() for name in getattr(settings, "CORS_ALLOW_HEADERS", default)}
    missing = [name for name in CHATKIT_HEADERS if name not in allowed]
    if missing:
        yield Error(
            "Browsers refuse the requests of ChatKit clients on other origins: the header "
            f"{', '.join(missing)} is not allowed.",
            hint="CORS_ALLOW_HEADERS = [*corsheaders.defaults.default_headers, "
            "*chatkit_django.checks.CHATKIT_HEADERS]",
            id="chatkit_django.E006",
        )


def _exposed_headers(credentials: bool) -> Iterator[CheckMessage]:
    exposed = {name.lower() for name in getattr(settings, "CORS_EXPOSE_HEADERS", ())}
    if "*" in exposed and not credentials:
        return
    missing = [name for name in CHATKIT_EXPOSED_HEADERS if name.lower() not in exposed]
    if missing:
        yield Caution(
            f"Pages of other origins do not see the header {', '.join(missing)}: without "
            "ChatKit-Run an answer ends with its connection, without Retry-After nobody waits "
            "before asking again.",
            hint="CORS_EXPOSE_HEADERS = [*chatkit_django.checks.CHATKIT_EXPOSED_HEADERS]",
            id="chatkit_django.W010",
        )


def _is_trusted(origin: str, trusted: set[str]) -> bool:
    scheme, _, host = origin.partition("://")
    parents = host.split(".")
    wildcards = {f"{scheme}://*.{'.'.join(parents[n:])}" for n in range(1, len(parents))}
    return origin in trusted or bool(wildcards & trusted)


def _secret_key() -> Iterator[CheckMessage]:
    key = settings.SECRET_KEY
    if settings.DEBUG or not isinstance(key, str):
        return
    if key.startswith("django-insecure-") or len(key) < _SHORTEST_KEY:
        yield Caution(
            "SECRET_KEY is a generated example or too short: whoever guesses it signs in as "
            "anybody and reads every chat.",
            hint="Set SECRET_KEY from the environment to at least 50 random characters.",
            id="chatkit_django.W005",
        )


def _workers() -> Iterator[CheckMessage]:
    workers = worker_count()
    if workers < 2:
        return
    if settings.CACHES.get("default", {}).get("BACKEND") in _OWN_CACHES:
        yield Caution(
            f"WEB_CONCURRENCY starts {workers} workers, but each has a cache of its own: what one "
            "counts or remembers, the others do not know.",
            hint="Set CACHES['default'] to a Redis or Valkey server, or to DatabaseCache.",
            id="chatkit_django.W006",
        )


def _event_log() -> Iterator[CheckMessage]:
    try:
        log = shared_log()
    except ImproperlyConfigured as error:
        yield Error(
            str(error),
            hint="Correct or remove CHATKIT_EVENT_LOG.",
            id="chatkit_django.E016",
        )
        return
    workers = worker_count()
    if workers > 1 and log is None:
        yield Caution(
            f"WEB_CONCURRENCY starts {workers} workers, but each keeps what its runs say to "
            "itself: who comes back to another finds nothing before the run ends.",
            hint='Set CHATKIT_EVENT_LOG to "database", or to the address of a Redis or Valkey '
            "server.",
            id="chatkit_django.W009",
        )


def _uploads() -> Iterator[CheckMessage]:
    active = sorted(_ACTIVE_TYPES & set(ATTACHMENT_TYPES.get().lower().split()))
    if active:
        yield Caution(
            f"Files of type {', '.join(active)} are taken: opened in a browser, they run scripts.",
            hint="Remove them from CHATKIT_ATTACHMENT_TYPES.",
            id="chatkit_django.W007",
        )
    if not ATTACHMENT_STORAGE.get() and not hasattr(settings, "BASE_DIR"):
        return  # there is no place for files, so nothing can be unsafe about it
    try:
        storage = private_storage()
    except ImproperlyConfigured as error:
        yield Error(
            str(error),
            hint="Name a storage of STORAGES that no web server hands out.",
            id="chatkit_django.E009",
        )
        return
    mode = storage.file_permissions_mode if isinstance(storage, FileSystemStorage) else None
    if mode is not None and mode & (stat.S_IWOTH | 0o111):
        yield Error(
            f"The mode {mode:#o} makes uploaded files executable or writable by everybody on the "
            "machine.",
            hint="Set FILE_UPLOAD_PERMISSIONS, or the storage's file_permissions_mode, to 0o600.",
            id="chatkit_django.E008",
        )


def _database() -> Iterator[CheckMessage]:
    database = settings.DATABASES.get("default", {})
    if "sqlite3" in database.get("ENGINE", "") and str(database.get("NAME")) == ":memory:":
        yield Error(
            "The database is in memory, where each of the store's threads has an empty one of "
            "its own.",
            hint="Set DATABASES['default']['NAME'] to a file.",
            id="chatkit_django.E010",
        )
