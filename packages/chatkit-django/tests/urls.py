"""The project as served by a real process; four addresses let a test look into it."""

import asyncio
import gc
import os
import threading

from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import JsonResponse
from django.urls import path

from chatkit_django.views import ChatKitView

servers = []


def build_server():
    from tests.scripted import ScriptedServer

    servers.append(ScriptedServer())
    return servers[0]


async def state(request):
    return JsonResponse(
        {
            "ended": servers[0].ended,
            "sent_deltas": servers[0].sent_deltas,
            "tasks": len(asyncio.all_tasks()),
            "threads": threading.active_count(),
            "connections": open_connections(),
            "built": len(servers),
        }
    )


def open_connections():
    """How many database connections this process holds, in whichever thread."""
    # By type(): isinstance would wake lazy objects up.
    wrappers = [one for one in gc.get_objects() if issubclass(type(one), BaseDatabaseWrapper)]
    return sum(wrapper.connection is not None for wrapper in wrappers)


async def process(request):
    return JsonResponse(
        {
            "process": os.getpid(),
            "built": len(servers),
            "frozen": gc.get_freeze_count(),
            "thresholds": gc.get_threshold(),
        }
    )


async def go_on(request):
    servers[0].go_on.set()
    return JsonResponse({})


async def reset(request):
    for server in servers:
        server.reset()
    return JsonResponse({})


urlpatterns = [
    path("chatkit/", ChatKitView.as_view(server=build_server)),
    path("state/", state),
    path("process/", process),
    path("go-on/", go_on),
    path("reset/", reset),
]
