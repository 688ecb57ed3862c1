"""Two workers in one process: two servers on one database that share an event log."""

from contextlib import asynccontextmanager
from types import ModuleType

from django.urls import path

from chatkit_django.runs.live_runs import LiveRuns
from chatkit_django.runs.logs import shared_log
from chatkit_django.views import ChatKitView
from tests.scripted import ScriptedServer
from tests.tabs import Tab

PATHS = ("/chatkit/", "/other/chatkit/")


class TwoWorkers:
    """``one`` and ``other`` are the servers; ``tab`` and ``other_tab`` what a client says to each
    of them."""

    def __init__(self, servers, client):
        self.one, self.other = servers
        self.dead = []
        self.tab, self.other_tab = self.tabs(client)

    def tabs(self, client):
        return [Tab(client, path) for path in PATHS]

    @property
    def log(self):
        return shared_log()

    async def has_published(self, run_id, last):
        """Whether the log that they share has the run up to that event."""
        found, number = True, 0
        while found and number < last:
            found = (await self.log.read({run_id: number})).get(run_id)
            number = found.last if found else number
        return number >= last

    async def reads_elsewhere(self, run_id):
        """Whether the other worker reads the run's events."""
        return run_id in self.other._runs._mirrors._mirrors

    def go_on(self):
        for server in (self.one, self.other):
            server.go_on.set()

    def kill(self):
        """End the first worker as ``kill -9`` does: nobody hears of its runs any more. What they
        would do is done when the test is over."""
        runs = self.one._runs
        for task in (runs._publisher._at_work, runs._keeper._at_work):
            if task is not None:
                task.cancel()
        self.dead += runs._running.values()
        self.one.__dict__["_runs"] = LiveRuns(self.one.store)

    async def end(self):
        self.go_on()
        for run in self.dead:
            await run.lose()
        for server in (self.one, self.other):
            await server._runs.drain(0)
        await self.log.close()


@asynccontextmanager
async def two_workers(settings, place, client):
    """They keep their events at the place, a ``CHATKIT_EVENT_LOG``."""
    settings.CHATKIT_EVENT_LOG = place
    servers = [ScriptedServer() for _ in PATHS]
    urls = ModuleType("urls_of_two_workers")
    urls.urlpatterns = [
        path(address.lstrip("/"), ChatKitView.as_view(server=lambda server=server: server))
        for address, server in zip(PATHS, servers, strict=True)
    ]
    settings.ROOT_URLCONF = urls
    workers = TwoWorkers(servers, client)
    try:
        yield workers
    finally:
        await workers.end()
