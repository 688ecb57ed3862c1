"""What becomes of open streams when the server is told to stop, under each server it runs on."""

import asyncio
import json
import os
import signal
import time
from contextlib import ExitStack

import pytest

from chatkit_django.models import ThreadItem
from chatkit_django.stop_signals import ECHO_SECONDS
from tests.live import COMMANDS, create, served_by

STREAMS = 10
TO_LEAVE = 8  # seconds, beyond the drain
OWN_STATUS = dict.fromkeys(("uvicorn", "uvicorn without lifespan"), -signal.SIGTERM)


NOT_SPOKEN = "uvicorn without lifespan"


@pytest.fixture
def start(request, transactional_db):
    """Call it with the seconds of the drain: the server of this test, once it answers."""
    with ExitStack() as running:
        yield lambda seconds: running.enter_context(
            served_by(request.param, TEST_DRAIN_SECONDS=str(seconds))
        )


def under(*names):
    return pytest.mark.parametrize("start", names, indirect=True)


class Reader:
    """One open stream, and what it has said."""

    def __init__(self, http, words):
        self.events = []
        self.has_two_words = asyncio.Event()
        self.reading = asyncio.ensure_future(self._read(http, words))

    async def _read(self, http, words):
        deltas = 0
        async with http.stream("POST", "/chatkit/", json=create(words)) as response:
            assert response.status_code == 200
            async for line in response.aiter_lines():
                if not line.startswith("data: "):
                    continue
                self.events.append(json.loads(line.removeprefix("data: ")))
                deltas += "delta" in self.events[-1].get("update", {})
                if deltas == 2:
                    self.has_two_words.set()


async def open_streams(http, words):
    readers = [Reader(http, words) for _ in range(STREAMS)]
    async with asyncio.timeout(30):
        await asyncio.gather(*(reader.has_two_words.wait() for reader in readers))
    return readers


async def all_read(readers, seconds):
    async with asyncio.timeout(seconds):
        await asyncio.gather(*(reader.reading for reader in readers))
    return [reader.events[-1] for reader in readers]


async def exited(server, seconds):
    return await asyncio.to_thread(server.process.wait, seconds)


class Idle:
    """A connection that is kept open and asks for nothing. A server that goes down closes it."""

    def __init__(self, server):
        self._port = server.port

    async def __aenter__(self):
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(b"GET /chatkit/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await self._reader.readuntil(b'{"status": "ok"}')
        return self

    async def __aexit__(self, *error):
        self._writer.close()

    async def closed(self):
        async with asyncio.timeout(10):
            assert await self._reader.read() == b""


async def kept_texts():
    found = ThreadItem.objects.filter(type="assistant_message").order_by("pk")
    return [json.loads(item.payload)["content"][0]["text"] async for item in found]


@under(*(name for name in COMMANDS if name != NOT_SPOKEN))
async def test_short_answers_are_finished(start, ada):
    """The signal goes to each process of the group, as a service manager sends it."""
    server = start(30)
    async with server.signed_in(ada) as http:
        readers = await open_streams(http, "slowly")
        os.killpg(server.process.pid, signal.SIGTERM)
        last = await all_read(readers, 25)
    assert [event["type"] for event in last] == ["thread.item.done"] * STREAMS
    assert await kept_texts() == ["word " * 20] * STREAMS
    await exited(server, TO_LEAVE)


@under(*COMMANDS)
async def test_long_answers_are_kept_as_far_as_they_are(start, ada, request):
    server = start(1)
    async with server.signed_in(ada) as http:
        readers = await open_streams(http, "wait")
        began = time.monotonic()
        os.kill(server.process.pid, signal.SIGTERM)
        last = await all_read(readers, 1 + TO_LEAVE)
    assert time.monotonic() - began >= 1
    assert [(event["type"], event["allow_retry"]) for event in last] == [("error", True)] * STREAMS
    own = OWN_STATUS.get(request.node.callspec.params["start"], 0)
    assert await exited(server, TO_LEAVE) == own
    assert await kept_texts() == ["One two "] * STREAMS


@under("uvicorn", "chatkit_serve", "chatkit_serve, two workers", "granian", "gunicorn")
async def test_ctrl_c_after_the_signal_ends_them_at_once(start, ada):
    """A terminal sends it to each process of the group."""
    server = start(60)
    async with server.signed_in(ada) as http, Idle(server) as idle:
        readers = await open_streams(http, "wait")
        os.kill(server.process.pid, signal.SIGTERM)
        await idle.closed()
        assert not any(reader.reading.done() for reader in readers)
        os.killpg(server.process.pid, signal.SIGINT)
        last = await all_read(readers, TO_LEAVE)
    assert [event["type"] for event in last] == ["error"] * STREAMS
    await exited(server, TO_LEAVE)
    assert await kept_texts() == ["One two "] * STREAMS


@under("chatkit_serve", "chatkit_serve, two workers")
async def test_the_signal_once_more_ends_them_at_once_too(start, ada):
    server = start(60)
    async with server.signed_in(ada) as http, Idle(server) as idle:
        readers = await open_streams(http, "wait")
        os.kill(server.process.pid, signal.SIGTERM)
        await idle.closed()
        await asyncio.sleep(ECHO_SECONDS)  # sooner it would be taken for the same signal
        os.kill(server.process.pid, signal.SIGTERM)
        last = await all_read(readers, TO_LEAVE)
    assert [event["type"] for event in last] == ["error"] * STREAMS
    assert await exited(server, TO_LEAVE) == 0
    assert await kept_texts() == ["One two "] * STREAMS


@under("gunicorn")
async def test_gunicorns_quick_way_down_keeps_them_too(start, ada):
    """It asks its workers by a signal that uvicorn does not know."""
    server = start(60)
    async with server.signed_in(ada) as http:
        readers = await open_streams(http, "wait")
        os.kill(server.process.pid, signal.SIGINT)
        last = await all_read(readers, TO_LEAVE)
    assert [event["type"] for event in last] == ["error"] * STREAMS
    await exited(server, TO_LEAVE)
    assert await kept_texts() == ["One two "] * STREAMS
