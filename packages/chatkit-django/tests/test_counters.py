"""Counters and slots hold for all threads and workers together."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from chatkit_django.counters import Counter, Slot, shared_counters
from tests.limited import DAY
from tests.live import HERE, database_url


def in_threads(number, work):
    def closing(index):
        try:
            return work(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(closing, range(number)))


def test_many_threads_count_together_and_none_sees_the_same_number(counters):
    one = Counter.now("somebody", "messages", DAY)
    other = Counter.now("address", "messages", DAY)

    def work(_):
        return [counters.add({one: 1, other: 1})[one] for _ in range(20)]

    seen = [number for numbers in in_threads(8, work) for number in numbers]
    assert sorted(seen) == list(range(1, 161))
    assert counters.read([one, other]) == {one: 160, other: 160}


def test_the_window_that_has_just_ended_is_forgotten_too(counters):
    """A cache ends it a moment later than the clock."""
    now = Counter.now("somebody", "messages", DAY)
    ended = now._replace(ends_at=now.ends_at - DAY.seconds)
    counters.add({ended: 1})
    assert counters.read([ended]) == {ended: 1}
    counters.forget("somebody", {("messages", "user"): DAY})
    assert counters.read([ended]) == {ended: 0}


def test_many_threads_get_as_many_slots_as_there_are(counters):
    slots = in_threads(12, lambda index: counters.take("somebody", 5, f"holder {index}", 60))
    taken = sorted(slot for slot in slots if slot is not None)
    assert [slot.number for slot in taken] == [0, 1, 2, 3, 4]
    counters.free(taken[3]._replace(holder="not the holder"))
    assert counters.take("somebody", 5, "x", 60) is None
    counters.free(taken[3])
    assert counters.take("somebody", 5, "x", 60) == Slot("somebody", 3, "x")


def test_a_limit_that_was_lowered_counts_those_above_it_too(counters):
    before = [counters.take("somebody", 4, f"holder {number}", 60) for number in range(4)]
    assert counters.take("somebody", 2, "x", 60) is None
    counters.free(before[3])
    assert counters.take("somebody", 2, "x", 60) is None
    counters.free(before[0])
    assert counters.take("somebody", 2, "x", 60) == Slot("somebody", 0, "x")
    assert counters.take("other", 2, "x", 60) == Slot("other", 0, "x")


def test_a_slot_nobody_gave_back_is_free_after_its_time(counters):
    # Counted in whole seconds: with one, it could end before the next line.
    killed = counters.take("somebody", 1, "killed", 2)
    assert killed == Slot("somebody", 0, "killed")
    assert counters.take("somebody", 1, "next", 60) is None
    deadline = time.monotonic() + 10
    while counters.take("somebody", 1, "next", 60) is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    counters.free(killed)
    assert counters.take("somebody", 1, "third", 60) is None


def test_a_second_that_turns_between_two_looks_is_no_end(transactional_db, settings, monkeypatch):
    """A slot whose time ends just then is free at the next look, not looked for for ever."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    seconds = iter([100, 100, *[101] * 20])
    monkeypatch.setattr("chatkit_django.counters.time", lambda: next(seconds))
    counters = shared_counters()
    assert counters.take("somebody", 1, "killed", 1) == Slot("somebody", 0, "killed")
    assert counters.take("somebody", 1, "next", 60) == Slot("somebody", 0, "next")


def test_a_new_window_starts_at_nothing_and_an_old_one_does_not_come_back(counters):
    now = Counter.now("somebody", "messages", DAY)
    later = Counter("somebody", now.kind, now.ends_at + 86400)
    assert counters.add({now: 5}) == {now: 5}
    assert counters.read([later]) == {later: 0}
    assert counters.add({later: 2}) == {later: 2}


def test_a_worker_with_a_slow_clock_does_not_begin_the_window_anew(transactional_db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    now = Counter.now("somebody", "messages", DAY)
    behind = Counter("somebody", now.kind, now.ends_at - 86400)
    shared_counters().add({now: 5})
    assert shared_counters().add({behind: 1}) == {behind: 6}


WORKER = """
import asyncio, sys, django
django.setup()
from django.conf import settings
settings.CHATKIT_LIMITS = {"requests": {"user": "100/day"}}
if sys.argv[1] == "database":
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
from types import SimpleNamespace
from chatkit_django import limits
from chatkit_django.exceptions import TooManyRequests
context = SimpleNamespace(user_id="7", address="", request_id="test")

async def main():
    allowed = 0
    for _ in range(120):
        try:
            await limits.count_request(context)
        except TooManyRequests:
            continue
        allowed += 1
    print(allowed)

asyncio.run(main())
"""


def test_workers_together_allow_exactly_the_limit(counters, request):
    where = request.node.callspec.params["counters"]
    environment = {
        **os.environ,
        "TEST_DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, where],
            cwd=HERE,
            env=environment,
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    allowed = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert sum(allowed) == 100
