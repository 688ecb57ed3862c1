"""A new thread is kept at once, or where something is in the way step by step: with the same
result."""

import asyncio

import pytest
from django.db import connection
from django.forms.models import model_to_dict

from chatkit_django import changes, limits
from chatkit_django.context import RequestContext
from chatkit_django.counters import Counter, database_counters
from chatkit_django.database import write
from chatkit_django.exceptions import BudgetUsedUp, TooManyMessages, TooManyResponses
from chatkit_django.models import LimitCounter, ResponseSlot, Run, Thread, ThreadItem
from chatkit_django.rates import Rate
from chatkit_django.rows_by_hand import NotAtOnce, fetch_step
from chatkit_django.runs.records import NewRun
from chatkit_django.store import DatabaseStore
from chatkit_django.testing.contract.samples import asked, thread

WAYS = (changes.create_thread, changes.create_thread_step_by_step)
OF_ONE_TIME = {"created_at", "updated_at", "started_at", "lease_until", "ends_at", "holder"}
MINUTE = Rate(1, 60)


@pytest.fixture
def in_the_database(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def everywhere(ada):
    """A request of ada's from a public address: each limit counts it twice."""
    return RequestContext(user=ada, locale="en", request_id="test", address="1.2.3.4")


def begun_by(context, permit, name="t"):
    taking = limits.Taking(permit, "threads.create", context)
    return NewRun(f"run_{name}", "threads.create", before=taking)


def kept():
    """All rows, without what differs from one second to the next."""
    return [
        {name: value for name, value in model_to_dict(row).items() if name not in OF_ONE_TIME}
        for model in (Thread, ThreadItem, Run, LimitCounter, ResponseSlot)
        for row in model.objects.order_by("pk")
    ]


async def test_both_ways_keep_the_same(everywhere, in_the_database):
    found = []
    for way in WAYS:
        run = begun_by(everywhere, limits.Permit())
        await write(way, everywhere.user.pk, thread(), asked("a"), run)
        rows = await asyncio.to_thread(kept)
        assert len(rows) == 7  # two counters and two slots
        found.append([{**row, "id": None} for row in rows])
        for model in (Thread, LimitCounter, ResponseSlot):
            await model.objects.all().adelete()
    assert found[0] == found[1]


async def test_what_is_in_the_way_leaves_nothing_at_once(everywhere, in_the_database, settings):
    settings.CHATKIT_LIMITS = {
        "messages": {"user": "3/day", "address": "3/day"},
        "responses": {"user": 2, "address": None},
        "budget": {"user": "7/day"},
    }
    permit = limits.Permit()

    def again(name):
        message = asked("a", thread_id=name)
        run = begun_by(everywhere, permit, name)
        return write(changes.create_thread, everywhere.user.pk, thread(name), message, run)

    await again("one")
    await again("two")
    before = await asyncio.to_thread(kept)
    with pytest.raises(NotAtOnce):  # a third response
        await again("three")
    assert await asyncio.to_thread(kept) == before
    await ResponseSlot.objects.all().adelete()
    await limits.report_usage(everywhere, 7)
    before = await asyncio.to_thread(kept)
    with pytest.raises(NotAtOnce):  # the budget
        await again("three")
    assert await asyncio.to_thread(kept) == before
    await LimitCounter.objects.filter(kind__startswith="budget").adelete()
    await again("three")
    before = await asyncio.to_thread(kept)
    await ResponseSlot.objects.all().adelete()
    with pytest.raises(NotAtOnce):  # a fourth message
        await again("four")
    assert await Thread.objects.acount() == 3


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [
        ({"messages": {"user": "4/day", "address": "1000/day"}}, TooManyMessages),
        ({"messages": {"user": "1000/day", "address": "4/day"}}, TooManyMessages),
        ({"responses": {"user": 4, "address": 1000}}, TooManyResponses),
        ({"responses": {"user": 1000, "address": 4}}, TooManyResponses),
    ],
)
async def test_of_many_at_once_as_many_begin_as_may(
    everywhere, in_the_database, settings, chosen, refusal
):
    settings.CHATKIT_LIMITS = chosen
    store = DatabaseStore()

    async def create(number):
        name, permit = f"t{number}", limits.Permit()
        message = asked("a", thread_id=name)
        try:
            run = begun_by(everywhere, permit, name)
            await store.create_thread(thread(name), message, everywhere, run)
        except refusal:
            return "refused"
        return "begun"

    said = await asyncio.gather(*map(create, range(12)))
    assert sorted(said) == ["begun"] * 4 + ["refused"] * 8
    assert await Thread.objects.acount() == await Run.objects.acount() == 4
    assert await ThreadItem.objects.acount() == 4
    amounts = LimitCounter.objects.values_list("amount", flat=True)
    assert [amount async for amount in amounts] == [4, 4]
    assert await ResponseSlot.objects.acount() == 8


async def test_a_budget_that_is_used_up_is_told(everywhere, in_the_database, settings):
    settings.CHATKIT_LIMITS = {"budget": {"address": "7/day"}}
    await limits.report_usage(everywhere, 7)
    run = begun_by(everywhere, limits.Permit())
    with pytest.raises(BudgetUsedUp):
        await DatabaseStore().create_thread(thread(), asked("a"), everywhere, run)
    assert not await Thread.objects.aexists()


async def test_a_limit_that_only_logs_refuses_nothing(everywhere, in_the_database, settings):
    settings.CHATKIT_LIMITS = {"messages": {"user": "1/day"}}
    settings.CHATKIT_LIMITS_LOG_ONLY = True
    for name in ("one", "two"):
        message = asked("a", thread_id=name)
        run = begun_by(everywhere, limits.Permit(), name)
        await DatabaseStore().create_thread(thread(name), message, everywhere, run)
    assert await Thread.objects.acount() == 2


async def test_a_slot_taken_at_once_is_given_back(everywhere, in_the_database):
    permit = limits.Permit()
    run = begun_by(everywhere, permit)
    await DatabaseStore().create_thread(thread(), asked("a"), everywhere, run)
    assert await ResponseSlot.objects.acount() == 2
    await permit.release()
    assert not await ResponseSlot.objects.aexists()


def test_a_count_of_a_window_that_has_ended_begins_anew(transactional_db):
    now = Counter.now("s", "messages", MINUTE)
    behind = Counter("s", now.kind, now.ends_at - 60)
    database_counters.add({behind: 5})
    assert counted(now, 1) == [(1,)]
    assert counted(now, 1) == []
    assert counted(behind, 2) == [(2,)]
    assert database_counters.read([now]) == {now: 2}


def counted(counter, limit):
    return fetch_step(connection, database_counters.counting(counter, limit))
