"""Addresses for whoever runs the project: ``path("", include("chatkit_django.operations"))``.

``healthz`` says that the process answers; ``readyz`` that it can serve: the database, its
migrations and the file storage. Neither names a cause: that is in the log. ``metrics`` is for
Prometheus, with ``CHATKIT_METRICS_TOKEN`` as a bearer token, and for signed-in staff.
"""

import logging
import os
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chatkit_django.conf import ATTACHMENT_STORAGE, METRICS_TOKEN
from chatkit_django.files.storage import private_storage
from chatkit_django.metrics import METRICS

logger = logging.getLogger(__name__)


class NotReady(Exception):  # noqa: N818 (it is a state, not a mistake)
    """What is missing, for the log."""


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200: the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200, or 503 with what is not ready: ``{"status", "database", "migrations", "storage"}``."""
    parts = {name: _is_ready(name, part) for name, part in PARTS.items()}
    ready = all(parts.values())
    said = {name: "ok" if fine else "unavailable" for name, fine in parts.items()}
    return JsonResponse(
        {"status": "ok" if ready else "unavailable", **said}, status=200 if ready else 503
    )


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus's text format; of all worker processes if ``PROMETHEUS_MULTIPROC_DIR`` is set."""
    if not _may_read_metrics(request):
        return _refused(403, "forbidden", "The metrics need staff or the metrics token.")
    if METRICS is None:
        return _refused(501, "not_installed", "Install chatkit-django[metrics] to have metrics.")
    from prometheus_client import (
        CONTENT_TYPE_LATEST,
        REGISTRY,
        CollectorRegistry,
        generate_latest,
    )

    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics(request: HttpRequest) -> bool:
    token = METRICS_TOKEN.get()
    given = request.headers.get("Authorization", "")
    if token and secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    user = getattr(request, "user", AnonymousUser())
    return bool(user.is_active and user.is_staff)


def _refused(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


def _is_ready(name: str, part: Callable[[], None]) -> bool:
    try:
        part()
    except Exception:  # whatever a database or a storage raises: it is not ready
        logger.exception("Not ready: %s", name)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@cache  # once applied they stay so; what is raised is not remembered
def _migrations() -> None:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise NotReady(f"{len(missing)} migrations are not applied: run manage.py migrate.")


def _storage() -> None:
    if not ATTACHMENT_STORAGE.get() and not hasattr(settings, "BASE_DIR"):
        return  # the project has no place for files, so it takes none
    storage = private_storage()
    if not isinstance(storage, FileSystemStorage):
        storage.exists("chatkit-readiness")
        return
    folder = Path(storage.location)
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        raise NotReady(f"{folder} cannot be written to.")


PARTS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "storage": _storage,
}

urlpatterns = [
    path("healthz", healthz, name="chatkit-healthz"),
    path("readyz", readyz, name="chatkit-readyz"),
    path("metrics", metrics, name="chatkit-metrics"),
]
