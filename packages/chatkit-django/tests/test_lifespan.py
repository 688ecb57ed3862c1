"""What happens at the start of a process and at its end."""

import asyncio
import threading
import time
from types import ModuleType

import pytest
from django.urls import include, path

from chatkit_django import lifespan
from chatkit_django.lifespan import Lifespan
from chatkit_django.runs import draining
from chatkit_django.views import ChatKitView
from tests.live import served_by
from tests.scripted import ScriptedServer


class Process:
    """The server's side of the lifespan protocol."""

    def __init__(self):
        self.told = asyncio.Queue()
        self.said = asyncio.Queue()
        self.serving = asyncio.ensure_future(Lifespan().serve(self.told.get, self.said.put))

    async def asks(self, what):
        await self.told.put({"type": f"lifespan.{what}"})
        async with asyncio.timeout(5):
            return await self.said.get()


@pytest.fixture
def collector(monkeypatch):
    """What would be done to the garbage collector."""
    done = []
    for name in ("collect", "freeze", "set_threshold"):
        monkeypatch.setattr(
            lifespan.gc, name, lambda *given, name=name: done.append((name, *given))
        )
    return done


@pytest.fixture(autouse=True)
def no_signals(monkeypatch):
    monkeypatch.setattr(lifespan.stop_signals, "follow", lambda loop: None)


async def test_the_chats_are_built_before_a_request_is_taken(urls_of):
    threads = []

    def build():
        threads.append(threading.current_thread())
        return ScriptedServer()

    urls_of(build)
    process = Process()
    assert await process.asks("startup") == {"type": "lifespan.startup.complete"}
    assert len(threads) == 1
    assert threads != [threading.main_thread()]


async def test_chats_in_included_urls_are_built_too(settings):
    built = []

    def build():
        built.append(1)
        return ScriptedServer()

    urls = ModuleType("urls_of_one_test")
    inner = [path("chat/", ChatKitView.as_view(server=build))]
    urls.urlpatterns = [path("inner/", include((inner, "inner"))), path("", lambda request: None)]
    settings.ROOT_URLCONF = urls
    await Process().asks("startup")
    assert built == [1]


async def test_a_chat_that_cannot_be_built_does_not_keep_the_site_down(urls_of, caplog):
    urls_of(lambda: 1 / 0)
    assert await Process().asks("startup") == {"type": "lifespan.startup.complete"}
    assert "The chat at /chatkit/ could not be built" in caplog.text


async def test_a_chat_that_takes_too_long_is_not_waited_for(urls_of, monkeypatch):
    go_on = threading.Event()

    def build():
        go_on.wait(10)
        return ScriptedServer()

    urls_of(build)
    monkeypatch.setattr(lifespan, "LONGEST_WARM_UP", 0.05)
    try:
        assert await Process().asks("startup") == {"type": "lifespan.startup.complete"}
        assert not go_on.is_set()
    finally:
        go_on.set()


async def test_the_collector_is_tuned_once_the_chats_are_there(urls_of, settings, collector):
    settings.CHATKIT_TUNE_GC = True

    def build():
        collector.append("built")
        return ScriptedServer()

    urls_of(build)
    await Process().asks("startup")
    assert collector == ["built", ("collect",), ("freeze",), ("set_threshold", 20_000, 50, 100)]


async def test_the_collector_is_left_alone_if_so_chosen(urls_of, settings, collector):
    settings.CHATKIT_TUNE_GC = False
    urls_of(ScriptedServer)
    await Process().asks("startup")
    assert collector == []


async def test_at_the_end_no_run_is_left(urls_of):
    class Runs:
        ended = False

        async def drain(self, seconds):
            await asyncio.sleep(0.01)
            self.ended = True

    runs = Runs()
    draining.register(runs)
    urls_of(ScriptedServer)
    process = Process()
    await process.asks("startup")
    assert await process.asks("shutdown") == {"type": "lifespan.shutdown.complete"}
    assert runs.ended
    async with asyncio.timeout(5):
        await process.serving


def test_a_real_process_is_warm_before_it_answers(transactional_db):
    with served_by("chatkit_serve") as server:
        found = server.of_one_process()
    assert found["built"] == 1
    assert found["frozen"] > 100_000
    assert found["thresholds"] == [20_000, 50, 100]


def test_without_a_lifespan_it_is_warm_soon_after(transactional_db):
    with served_by("uvicorn without lifespan") as server:
        deadline = time.monotonic() + 20
        while server.of_one_process()["thresholds"] != [20_000, 50, 100]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert server.of_one_process()["built"] == 1
