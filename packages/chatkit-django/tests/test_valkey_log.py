"""What is the Valkey log's own: its server hangs, dies, comes back empty, and forgets by itself."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
from time import monotonic

import pytest
import redis

from chatkit_django.runs import valkey_log
from chatkit_django.runs.event_log import LogUnavailable
from chatkit_django.runs.valkey_log import PREFIX, RUNNING_SECONDS, ValkeyLog
from chatkit_django.testing.contract.event_log_samples import LIMIT, all_frames, frames, part
from services import free_port, valkey


@pytest.fixture
def place():
    """The address of a Valkey that is not running yet."""
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
async def log(place):
    log = ValkeyLog(place)
    yield log
    await log.close()


@pytest.fixture
def server(place):
    with redis.Redis.from_url(place) as client:
        yield client


def running(place):
    return valkey(int(place.rpartition(":")[2].removesuffix("/0")))


async def assert_unavailable(log):
    for call in (
        log.append([part("a", 4, 6)]),
        log.read({"a": 0}),
        log.read({"a": 0}, wait=60),
        log.forget(["a"]),
    ):
        async with asyncio.timeout(LIMIT):
            with pytest.raises(LogUnavailable):
                await call


async def test_a_server_that_is_not_there_may_come_later(log, place):
    await assert_unavailable(log)
    with running(place):
        await log.append([part("a", 1, 3)])
        assert await all_frames(log, "a", until=3) == frames("a", 1, 3)


async def test_a_server_that_dies_is_told_also_to_who_waits(log, place):
    with running(place):
        await log.append([part("a", 1, 3)])
        waiting = asyncio.create_task(log.read({"a": 3}, wait=60))
        await asyncio.sleep(0.1)
        assert not waiting.done()
    async with asyncio.timeout(LIMIT):
        with pytest.raises(LogUnavailable):
            await waiting
    await assert_unavailable(log)


async def test_a_server_that_comes_back_empty_goes_on_behind_a_gap(log, place):
    with running(place):
        await log.append([part("a", 1, 3), part("b", 1, 3)])
        assert await all_frames(log, "a", until=3) == frames("a", 1, 3)
    with running(place):
        assert await log.read({"a": 3, "b": 0}) == {"a": None, "b": None}
        await log.append([part("a", 4, 5)])
        assert await log.read({"a": 2}) == {"a": None}
        assert await all_frames(log, "a", 3, until=5) == frames("a", 4, 5)
        await log.append([part("b", 1, 4)])
        assert await all_frames(log, "b", until=4) == frames("b", 1, 4)


async def test_a_connection_that_the_server_closed_is_replaced_unnoticed(log, place, server):
    with running(place):
        for first in (1, 4, 7):
            await log.append([part("a", first, first + 2)])
            server.client_kill_filter(_type="normal", skipme=True)
        assert await all_frames(log, "a", until=9) == frames("a", 1, 9)


async def test_a_server_that_takes_connections_and_says_nothing_is_not_waited_for(
    log, place, monkeypatch
):
    monkeypatch.setattr(valkey_log, "ANSWER_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", int(place.rpartition(":")[2].removesuffix("/0"))))
        silent.listen(100)
        async with asyncio.timeout(LIMIT):
            for call in (log.append([part("a", 1, 1)]), log.read({"a": 0}, wait=60)):
                with pytest.raises(LogUnavailable):
                    await call


async def test_a_server_that_stands_still_while_somebody_waits_is_not_waited_for(
    log, place, server, monkeypatch
):
    monkeypatch.setattr(valkey_log, "ANSWER_SECONDS", 0.5)
    with running(place):
        await log.append([part("a", 1, 1)])
        waiting = asyncio.create_task(log.read({"a": 1}, wait=0.2))
        await asyncio.sleep(0.1)
        process = server.info()["process_id"]
        os.kill(process, signal.SIGSTOP)
        try:
            async with asyncio.timeout(LIMIT):
                with pytest.raises(LogUnavailable):
                    await waiting
        finally:
            os.kill(process, signal.SIGCONT)
        await log.append([part("a", 2, 2)])
        assert await all_frames(log, "a", until=2) == frames("a", 1, 2)


async def test_the_server_forgets_what_has_ended_and_later_what_never_ends(
    log, place, server, settings
):
    settings.CHATKIT_RUN_LOG_SECONDS = 77
    with running(place):
        await log.append([part("a", 1, 2), part("b", 1, 2)])
        assert RUNNING_SECONDS - LIMIT < server.ttl(PREFIX + "a") <= RUNNING_SECONDS
        server.expire(PREFIX + "a", 10)
        await log.append([part("a", 3, 4)])
        assert RUNNING_SECONDS - LIMIT < server.ttl(PREFIX + "a") <= RUNNING_SECONDS
        await log.append([part("a", 5, 6, ended=True)])
        assert 77 - LIMIT < server.ttl(PREFIX + "a") <= 77
        assert server.ttl(PREFIX + "b") > 77


async def test_who_waits_for_a_run_that_has_ended_waits(log, place):
    with running(place):
        await log.append([part("a", 1, 2, ended=True)])
        began = monotonic()
        async with asyncio.timeout(LIMIT):
            assert await log.read({"a": 2}, wait=0.3) == {}
        assert monotonic() - began >= 0.29


async def test_what_the_server_refuses_is_told_and_the_others_are_kept(log, place, server):
    with running(place):
        server.set(PREFIX + "b", "no stream")
        with pytest.raises(LogUnavailable):
            await log.append([part("a", 1, 2), part("b", 1, 2), part("c", 1, 2)])
        for name in "ac":
            assert await all_frames(log, name, until=2) == frames(name, 1, 2)
        server.config_set("maxmemory", "1")
        with pytest.raises(LogUnavailable):
            await log.append([part("a", 3, 4)])


async def test_no_answer_goes_to_another_question(log, place):
    """Callers that are cancelled at any moment leave no answer behind on their connection."""
    names = [f"run-{number}" for number in range(10)]
    with running(place):
        await log.append([part(name, 1, 20) for name in names])

        async def ask(name, number):
            found = await log.read({name: number})
            assert found[name].frames == frames(name, number + 1, 20)

        chosen = random.Random(1)  # noqa: S311
        for _ in range(100):
            asking = [
                asyncio.create_task(ask(chosen.choice(names), chosen.randrange(20)))
                for _ in range(5)
            ]
            for _ in range(chosen.randrange(6)):
                await asyncio.sleep(0)
            for task in asking[:3]:
                task.cancel()
            answers = await asyncio.gather(*asking, return_exceptions=True)
            assert {type(answer) for answer in answers} <= {type(None), asyncio.CancelledError}


def test_each_event_loop_has_connections_of_its_own(place):
    log = ValkeyLog(place)

    async def say(first):
        await log.append([part("a", first, first)])
        assert await all_frames(log, "a", until=first) == frames("a", 1, first)
        if first == 2:
            await log.close()

    with running(place):
        asyncio.run(say(1))
        asyncio.run(say(2))
        asyncio.run(say(3))
    assert len(log._clients) == 1


def test_who_does_not_use_it_does_not_load_it():
    code = "import sys, chatkit_django.runs.valkey_log; print('redis' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"import django.conf; django.conf.settings.configure(); {code}"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == ["False"]
