"""A server's signal handlers, and ours around them."""

import asyncio
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from chatkit_django import stop_signals
from tests.drained import Runs

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


class Server:
    """Takes signals as uvicorn does."""

    def __init__(self, graceful=None):
        self.config = SimpleNamespace(timeout_graceful_shutdown=graceful)
        self.heard = []

    def handle(self, number, frame):
        self.heard.append(number)


@pytest.fixture(autouse=True)
def handlers_as_before():
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def runs():
    return Runs()


def serving(graceful=None, numbers=SIGNALS):
    server = Server(graceful)
    for number in numbers:
        signal.signal(number, server.handle)
    return server


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_drain_begins_and_the_server_hears_of_it_at_once(number, runs, settings):
    settings.CHATKIT_DRAIN_SECONDS = 9
    server = serving()
    stop_signals.follow(asyncio.get_running_loop())
    signal.raise_signal(number)
    assert server.heard == [number]
    await runs.are_told(9)


async def test_a_signal_that_the_supervisor_repeats_is_the_same(runs, settings):
    settings.CHATKIT_DRAIN_SECONDS = 9
    server = serving()
    stop_signals.follow(asyncio.get_running_loop())
    signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGTERM)
    await runs.are_told(9)
    assert server.heard == [signal.SIGINT]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_second_signal_ends_the_runs_and_the_server_does_not_hear_it(
    number, runs, monkeypatch
):
    """uvicorn leaves at once when it hears Ctrl-C twice: readers would be cut."""
    monkeypatch.setattr(stop_signals, "ECHO_SECONDS", -1)
    server = serving()
    stop_signals.follow(asyncio.get_running_loop())
    signal.raise_signal(signal.SIGTERM)
    await runs.are_told(10)
    signal.raise_signal(number)
    await runs.are_told(10, 0)
    assert server.heard == [signal.SIGTERM]


async def test_a_third_signal_waits_for_nothing(runs):
    server = serving()
    stop_signals.follow(asyncio.get_running_loop())
    for _ in range(3):
        signal.raise_signal(signal.SIGINT)
    assert server.heard == [signal.SIGINT] * 2


async def test_gunicorns_signal_to_be_quick_ends_the_runs_and_then_the_worker(runs):
    server = serving()
    stop_signals.follow(asyncio.get_running_loop())
    signal.raise_signal(signal.SIGQUIT)
    assert server.heard == [signal.SIGTERM]
    await runs.are_told(0)


async def test_nobodys_core_dump_is_taken_away():
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    stop_signals.follow(asyncio.get_running_loop())
    assert signal.getsignal(signal.SIGQUIT) == signal.SIG_DFL


async def test_a_signal_that_is_ignored_stays_so():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop_signals.follow(asyncio.get_running_loop())
    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN


async def test_runs_end_before_the_server_cuts_them(runs, settings, caplog):
    settings.CHATKIT_DRAIN_SECONDS = 9
    serving(graceful=5)
    stop_signals.follow(asyncio.get_running_loop())
    assert "--timeout-graceful-shutdown" in caplog.text
    signal.raise_signal(signal.SIGTERM)
    await runs.are_told(4)


async def test_a_server_that_waits_long_enough_is_not_spoken_of(runs, settings, caplog):
    settings.CHATKIT_DRAIN_SECONDS = 9
    serving(graceful=10)
    stop_signals.follow(asyncio.get_running_loop())
    assert caplog.text == ""
    signal.raise_signal(signal.SIGTERM)
    await runs.are_told(9)


async def test_followed_twice_it_is_heard_once(runs):
    server = serving()
    stop_signals.follow(asyncio.get_running_loop())
    stop_signals.follow(asyncio.get_running_loop())
    signal.raise_signal(signal.SIGTERM)
    await runs.are_told(10)
    assert server.heard == [signal.SIGTERM]


def test_an_event_loop_that_has_ended_stands_in_nobodys_way(runs):
    async def follow():
        stop_signals.follow(asyncio.get_running_loop())

    server = serving()
    asyncio.run(follow())
    signal.raise_signal(signal.SIGTERM)
    asyncio.run(follow())  # the next loop takes over
    handler = signal.getsignal(signal.SIGTERM)
    assert handler.__self__._before[signal.SIGTERM] == server.handle
    assert server.heard == [signal.SIGTERM]
    assert runs.told == []


async def test_outside_of_the_main_thread_nothing_is_taken():
    server = serving()
    loop = asyncio.get_running_loop()
    other = threading.Thread(target=stop_signals.follow, args=(loop,))
    other.start()
    other.join()
    assert signal.getsignal(signal.SIGTERM) == server.handle


ENDS_AT_ONCE = """
import asyncio, os, signal
from django.conf import settings
settings.configure()
from chatkit_django import stop_signals
from chatkit_django.runs import draining

class Runs:
    async def drain(self, seconds):
        await asyncio.sleep(0.1)
        print("kept", flush=True)

runs = Runs()
draining.register(runs)

async def main():
    stop_signals.follow(asyncio.get_running_loop())
    signal.raise_signal(signal.SIGTERM)
    await asyncio.sleep(30)

asyncio.run(main())
"""


def test_a_process_that_would_die_of_it_dies_when_all_is_kept():
    done = subprocess.run(
        [sys.executable, "-c", ENDS_AT_ONCE], capture_output=True, text=True, timeout=20
    )
    assert (done.stdout, done.returncode) == ("kept\n", -signal.SIGTERM), done.stderr
