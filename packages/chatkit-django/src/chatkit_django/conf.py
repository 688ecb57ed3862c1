"""The package's settings, read from Django's at their first use. All are optional."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

from chatkit_django.rates import Limits, limits_of


@dataclass(frozen=True)
class Setting:
    """One whole number of at least 1, named ``CHATKIT_…`` in Django's settings."""

    name: str
    default: int
    meaning: str
    least: int = 1

    def get(self) -> int:
        value = _value(self.name, self.default)
        if isinstance(value, bool) or not isinstance(value, int) or value < self.least:
            raise ImproperlyConfigured(
                f"{self.name} must be a whole number of at least {self.least}."
            )
        return value


@dataclass(frozen=True)
class TextSetting:
    """One text, named ``CHATKIT_…`` in Django's settings; ``""`` stands for "none"."""

    name: str
    default: str
    meaning: str

    def get(self) -> str:
        value = _value(self.name, self.default)
        if not isinstance(value, str):
            raise ImproperlyConfigured(f"{self.name} must be a text.")
        return value


@dataclass(frozen=True)
class Switch:
    """True or False, named ``CHATKIT_…`` in Django's settings."""

    name: str
    default: bool
    meaning: str

    def get(self) -> bool:
        value = _value(self.name, self.default)
        if not isinstance(value, bool):
            raise ImproperlyConfigured(f"{self.name} must be True or False.")
        return value


@dataclass(frozen=True)
class MappingSetting:
    """One dict, named ``CHATKIT_…`` in Django's settings; ``check`` raises if it is wrong."""

    name: str
    default: Mapping[str, Any]
    meaning: str
    check: Callable[[Mapping[str, Any]], object]

    def get(self) -> Mapping[str, Any]:
        value = _value(self.name, self.default)
        if not isinstance(value, Mapping):
            raise ImproperlyConfigured(f"{self.name} must be a dict.")
        self.check(value)
        return value


_known: dict[str, object] = {}


def _value(name: str, default: object) -> object:
    # Django looks for a setting that is not there anew each time, and slowly.
    if name not in _known:
        _known[name] = getattr(settings, name, default)
    return _known[name]


MAX_BODY_BYTES = Setting("CHATKIT_MAX_BODY_BYTES", 1024 * 1024, "largest request body")
MAX_MESSAGE_CHARS = Setting("CHATKIT_MAX_MESSAGE_CHARS", 32_000, "longest user message")
MAX_PAGE_SIZE = Setting("CHATKIT_MAX_PAGE_SIZE", 100, "largest page of threads or items")
MAX_TOOL_RESULT_BYTES = Setting(
    "CHATKIT_MAX_TOOL_RESULT_BYTES", 256 * 1024, "largest result of a client tool, as JSON"
)
MAX_AUDIO_BYTES = Setting("CHATKIT_MAX_AUDIO_BYTES", 10 * 1024 * 1024, "largest recording")
DATABASE_THREADS = Setting("CHATKIT_DATABASE_THREADS", 4, "threads that talk to the database")
ATTACHMENT_STORAGE = TextSetting(
    "CHATKIT_ATTACHMENT_STORAGE", "", "which of STORAGES keeps the files of users"
)
ATTACHMENT_TYPES = TextSetting(
    "CHATKIT_ATTACHMENT_TYPES",
    "image/png image/jpeg image/gif image/webp application/pdf "
    "text/plain text/csv text/markdown application/json",
    "media types of files that are taken",
)
MAX_ATTACHMENT_BYTES = Setting("CHATKIT_MAX_ATTACHMENT_BYTES", 20 * 1024 * 1024, "largest file")
MAX_ATTACHMENTS_PER_MESSAGE = Setting(
    "CHATKIT_MAX_ATTACHMENTS_PER_MESSAGE", 10, "most files of one message"
)
MAX_PENDING_ATTACHMENTS = Setting(
    "CHATKIT_MAX_PENDING_ATTACHMENTS", 20, "most files of one user that are not sent yet"
)
MAX_IMAGE_PIXELS = Setting("CHATKIT_MAX_IMAGE_PIXELS", 40_000_000, "largest image, in pixels")
UPLOAD_URL_SECONDS = Setting("CHATKIT_UPLOAD_URL_SECONDS", 900, "how long a file may be sent")
ATTACHMENT_URL_SECONDS = Setting(
    "CHATKIT_ATTACHMENT_URL_SECONDS", 3600, "how long the address of a file is good"
)
ATTACHMENT_KEEP_HOURS = Setting(
    "CHATKIT_ATTACHMENT_KEEP_HOURS", 24, "when chatkit_collect deletes what was never sent"
)
LIMITS = MappingSetting("CHATKIT_LIMITS", {}, "how much is allowed to whom", limits_of)
LIMITS_LOG_ONLY = Switch("CHATKIT_LIMITS_LOG_ONLY", False, "what is too much is logged only")
RESPONSE_SECONDS = Setting(
    "CHATKIT_RESPONSE_SECONDS", 900, "how long a response counts whose worker was killed"
)
LEASE_SECONDS = Setting(
    "CHATKIT_LEASE_SECONDS", 30, "how long a thread stays busy whose worker was killed", 3
)
BUSY_WAIT_SECONDS = Setting(
    "CHATKIT_BUSY_WAIT_SECONDS", 2, "how long a message waits for the answer before it to end", 0
)
EVENT_LOG = TextSetting(
    "CHATKIT_EVENT_LOG",
    "process",
    "where others find what a run says: process, database, or the redis:// address of a server",
)
RUN_LOG_SECONDS = Setting(
    "CHATKIT_RUN_LOG_SECONDS", 300, "how long after its end a run can be read from its events"
)
RUN_LOG_BYTES = Setting(
    "CHATKIT_RUN_LOG_BYTES", 8 * 1024 * 1024, "most bytes of one run's events in memory"
)
HEARTBEAT_SECONDS = Setting(
    "CHATKIT_HEARTBEAT_SECONDS", 15, "after how long without an event a comment is sent"
)
STOP_WHEN_LEFT = Switch(
    "CHATKIT_STOP_WHEN_LEFT", True, "a run stops when its reader leaves who cannot come back"
)
DRAIN_SECONDS = Setting(
    "CHATKIT_DRAIN_SECONDS", 10, "how long runs may go on after the signal to stop", 0
)
TUNE_GC = Switch("CHATKIT_TUNE_GC", True, "the garbage collector leaves alone what stays anyway")
PROXY_COUNT = Setting(
    "CHATKIT_PROXY_COUNT", 0, "proxies that add to X-Forwarded-For before this server", 0
)
METRICS_TOKEN = TextSetting("CHATKIT_METRICS_TOKEN", "", "bearer token that may read the metrics")
TOKEN_SECONDS = Setting("CHATKIT_TOKEN_SECONDS", 600, "how long a bearer token is good")

ALL_SETTINGS: tuple[Setting | TextSetting | Switch | MappingSetting, ...] = (
    MAX_BODY_BYTES,
    MAX_MESSAGE_CHARS,
    MAX_PAGE_SIZE,
    MAX_TOOL_RESULT_BYTES,
    MAX_AUDIO_BYTES,
    DATABASE_THREADS,
    TOKEN_SECONDS,
    LIMITS,
    LIMITS_LOG_ONLY,
    RESPONSE_SECONDS,
    LEASE_SECONDS,
    BUSY_WAIT_SECONDS,
    EVENT_LOG,
    RUN_LOG_SECONDS,
    RUN_LOG_BYTES,
    HEARTBEAT_SECONDS,
    STOP_WHEN_LEFT,
    DRAIN_SECONDS,
    TUNE_GC,
    PROXY_COUNT,
    METRICS_TOKEN,
    ATTACHMENT_STORAGE,
    ATTACHMENT_TYPES,
    MAX_ATTACHMENT_BYTES,
    MAX_ATTACHMENTS_PER_MESSAGE,
    MAX_PENDING_ATTACHMENTS,
    MAX_IMAGE_PIXELS,
    UPLOAD_URL_SECONDS,
    ATTACHMENT_URL_SECONDS,
    ATTACHMENT_KEEP_HOURS,
)


@cache
def limits_in_force() -> Limits:
    """``CHATKIT_LIMITS`` over the defaults."""
    return limits_of(LIMITS.get())


@cache
def largest_body_bytes(*, with_audio: bool) -> int:
    """Bytes of the largest request, be it the largest recording in base64."""
    recording = -(-MAX_AUDIO_BYTES.get() // 3) * 4 + 4096 if with_audio else 0
    return max(MAX_BODY_BYTES.get(), recording)


def worker_count() -> int:
    """How many processes ``WEB_CONCURRENCY`` starts, as uvicorn and gunicorn read it."""
    wanted = os.environ.get("WEB_CONCURRENCY", "")
    return int(wanted) if wanted.isdigit() else 1


def _forget(**_: object) -> None:
    """Tests change settings while the process runs."""
    _known.clear()
    limits_in_force.cache_clear()
    largest_body_bytes.cache_clear()


setting_changed.connect(_forget)
