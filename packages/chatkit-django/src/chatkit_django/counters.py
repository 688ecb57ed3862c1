"""Counting what is used, for all workers together: in the default cache if that is Django's Redis
cache, else in the database. Every change is one atomic step on either."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import lru_cache
from time import time
from typing import Any, NamedTuple, ParamSpec, Protocol, TypeVar

from django.conf import settings
from django.core.cache import BaseCache, CacheHandler, caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection

from chatkit_django.database import run, write
from chatkit_django.exceptions import ChatKitError
from chatkit_django.models import LimitCounter, ResponseSlot
from chatkit_django.outage import Outage
from chatkit_django.rates import Limits, Rate
from chatkit_django.rows_by_hand import Step, do_step, fetch, fetch_step

# A cache that hangs must not hang the chat. The project's OPTIONS go before these.
TIMEOUTS = {"socket_connect_timeout": 1, "socket_timeout": 1}
_MOST_OWED = 10_000

P = ParamSpec("P")
T = TypeVar("T")


class Counter(NamedTuple):
    """What one subject has used of one limit. ``ends_at`` is in seconds since 1970."""

    subject: str
    kind: str
    ends_at: int

    @classmethod
    def now(cls, subject: str, kind: str, rate: Rate) -> "Counter":
        # A limit with another window is another counter.
        return cls(subject, f"{kind}/{rate.seconds}", rate.window_end(time()))


class Slot(NamedTuple):
    """One of the numbers from 0 to what the subject is allowed at a time, and who has it. None
    is the one the holder has, where that is not asked for."""

    subject: str
    number: int | None
    holder: str


class Unreachable(Exception):  # noqa: N818  (it is a state, not a mistake)
    """The cache does not answer; nothing can be counted there for now."""


class Counters(Protocol):
    """Where it is counted. ``owed`` are slots that could not be given back yet."""

    owed: deque[Slot]

    async def change(self, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run it where it does not block. What raises has changed nothing, as far as possible.
        Raises ``Unreachable``."""

    def add(self, amounts: dict[Counter, int]) -> dict[Counter, int]:
        """Add to the counters; how much they have now."""

    def read(self, counters: Sequence[Counter]) -> dict[Counter, int]:
        """How much the counters have."""

    def take(self, subject: str, allowed: int, holder: str, seconds: int) -> Slot | None:
        """A free slot, now the holder's for so long at most; None if there is none."""

    def free(self, slot: Slot) -> None:
        """Give the slot back, if it is still the holder's."""

    def forget(self, subject: str, limits: Limits) -> None:
        """Leave nothing of the subject."""


_COUNTERS, _SLOTS = LimitCounter._meta.db_table, ResponseSlot._meta.db_table
# What a row in the way has of the window that is counted now. A worker whose clock is behind must
# not begin an old window anew.
_COUNTED = "CASE WHEN c.ends_at >= excluded.ends_at THEN c.amount ELSE 0 END"
_LATER_END = "CASE WHEN c.ends_at >= excluded.ends_at THEN c.ends_at ELSE excluded.ends_at END"
_COUNT = f"""
    INSERT INTO {_COUNTERS} AS c (subject, kind, ends_at, amount)
    {{row %s, %s, %s, 1}}
    ON CONFLICT (subject, kind) DO UPDATE SET
        amount = 1 + {_COUNTED}, ends_at = {_LATER_END}
    WHERE {_COUNTED} < %s
    RETURNING amount
"""
_WITHIN = f"""
    SELECT 1 WHERE {{so_far}} AND NOT EXISTS (
        SELECT 1 FROM {_COUNTERS}
        WHERE subject = %s AND kind = %s AND ends_at >= %s AND amount >= %s
    )
"""  # noqa: S608  only the table's name
# The number behind the last one, which is found at once however many there are; the first that is
# free only where there are no more behind it.
_TAKE = f"""
    INSERT INTO {_SLOTS} AS s (subject, number, holder, ends_at)
    SELECT %s, free.number, %s, %s FROM (
        SELECT CASE WHEN last.number + 1 < %s THEN last.number + 1 ELSE (
            SELECT MIN(gap.number) FROM (
                SELECT 0 AS number UNION ALL
                SELECT number + 1 FROM {_SLOTS} WHERE subject = %s AND ends_at > %s
            ) gap
            WHERE gap.number < %s AND NOT EXISTS (
                SELECT 1 FROM {_SLOTS} taken
                WHERE taken.subject = %s AND taken.number = gap.number AND taken.ends_at > %s
            )
        ) END AS number FROM (
            SELECT COALESCE((
                SELECT number FROM {_SLOTS} WHERE subject = %s ORDER BY number DESC LIMIT 1
            ), -1) AS number
        ) last
    ) free
    WHERE {{so_far}} AND free.number IS NOT NULL
    ON CONFLICT (subject, number) DO UPDATE SET
        holder = excluded.holder, ends_at = excluded.ends_at
    WHERE s.ends_at <= %s
    RETURNING number
"""  # noqa: S608  only the table's name
_FREE = f"DELETE FROM {_SLOTS} WHERE subject = %s AND holder = %s RETURNING number"  # noqa: S608
_FREE_ALL = f"DELETE FROM {_SLOTS} WHERE holder = %s RETURNING number"  # noqa: S608


class DatabaseCounters:
    def __init__(self) -> None:
        self.owed: deque[Slot] = deque(maxlen=_MOST_OWED)

    async def change(self, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await write(operation, *args, **kwargs)

    def add(self, amounts: dict[Counter, int]) -> dict[Counter, int]:
        ordered = sorted(amounts)  # always in one order, so that nobody waits in a circle
        rows = [(one.subject, one.kind, one.ends_at, amounts[one]) for one in ordered]
        statement = f"""
            INSERT INTO {_COUNTERS} AS c (subject, kind, ends_at, amount)
            VALUES {", ".join(["(%s, %s, %s, %s)"] * len(rows))}
            ON CONFLICT (subject, kind) DO UPDATE SET
                amount = excluded.amount + {_COUNTED}, ends_at = {_LATER_END}
            RETURNING subject, kind, amount
        """  # noqa: S608  only the table's name
        counted = fetch(connection, statement, [value for row in rows for value in row])
        found = {(subject, kind): amount for subject, kind, amount in counted}
        return {one: found[one.subject, one.kind] for one in ordered}

    def read(self, counters: Sequence[Counter]) -> dict[Counter, int]:
        return {
            one: LimitCounter.objects.filter(
                subject=one.subject, kind=one.kind, ends_at__gte=one.ends_at
            )
            .values_list("amount", flat=True)
            .first()
            or 0
            for one in counters
        }

    def take(self, subject: str, allowed: int, holder: str, seconds: int) -> Slot | None:
        while True:
            # Made anew each time: a second may turn between the look for a place and the count.
            found = fetch_step(connection, self.taking(subject, allowed, holder, seconds))
            if found:
                return Slot(subject, found[0][0], holder)
            taken = ResponseSlot.objects.filter(subject=subject, ends_at__gt=int(time()))
            if taken.count() >= allowed:
                return None

    def free(self, slot: Slot) -> None:
        do_step(connection, Step(_FREE, [slot.subject, slot.holder]))

    def counting(self, counter: Counter, limit: int) -> Step:
        """One more, if that is within the limit."""
        return Step(_COUNT, [*counter, limit])

    def within(self, counter: Counter, limit: int) -> Step:
        """Nothing, if the counter has not reached the limit."""
        return Step(_WITHIN, [*counter, limit])

    def taking(self, subject: str, allowed: int, holder: str, seconds: int) -> Step:
        """A slot that is free, or whose time is over, if nobody is faster."""
        now = int(time())
        gap = [allowed, subject, now, allowed, subject, now]
        return Step(_TAKE, [subject, holder, now + seconds, *gap, subject, now])

    def freeing(self, holder: str) -> Step:
        """Give back all that the holder has."""
        return Step(_FREE_ALL, [holder])

    def forget(self, subject: str, limits: Limits) -> None:
        LimitCounter.objects.filter(subject=subject).delete()
        ResponseSlot.objects.filter(subject=subject).delete()


class CacheCounters:
    def __init__(self, cache: BaseCache) -> None:
        from redis import RedisError  # it is there, because the cache is

        self._cache = cache
        self._failure = RedisError
        self._outage = Outage()
        self.owed: deque[Slot] = deque(maxlen=_MOST_OWED)

    async def change(self, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if not self._outage.may_ask():
            raise Unreachable
        try:
            result = await run(operation, *args, **kwargs)
        except self._failure as error:
            self._outage.begin(error)
            raise Unreachable from error
        except ChatKitError:  # the answer is that it is too much
            self._outage.end()
            raise
        self._outage.end()
        return result

    def add(self, amounts: dict[Counter, int]) -> dict[Counter, int]:
        return {one: self._add(one, amount) for one, amount in amounts.items()}

    def read(self, counters: Sequence[Counter]) -> dict[Counter, int]:
        return {one: self._cache.get(_counter_key(one)) or 0 for one in counters}

    def take(self, subject: str, allowed: int, holder: str, seconds: int) -> Slot | None:
        for number in range(allowed):
            if self._cache.add(_slot_key(subject, number), holder, seconds):
                return Slot(subject, number, holder)
        return None

    def free(self, slot: Slot) -> None:
        key = _slot_key(slot.subject, slot.number)
        if self._cache.get(key) == slot.holder:
            self._cache.delete(key)

    def forget(self, subject: str, limits: Limits) -> None:
        keys: list[str] = []
        for (kind, _), rate in limits.items():
            if rate.seconds:
                now = Counter.now(subject, kind, rate)
                # The one of the window before is kept for a moment longer than that window.
                before = now._replace(ends_at=now.ends_at - rate.seconds)
                keys += [_counter_key(now), _counter_key(before)]
            else:
                keys += [_slot_key(subject, slot) for slot in range(rate.amount)]
        try:
            self._cache.delete_many(keys)
        except self._failure as error:  # the keys end by themselves
            self._outage.begin(error)

    def _add(self, counter: Counter, amount: int) -> int:
        key = _counter_key(counter)
        while True:
            # At least for two seconds: the window may end between the two commands.
            self._cache.add(key, 0, max(2, counter.ends_at - int(time())))
            try:
                return self._cache.incr(key, amount)
            except ValueError:  # it has ended there
                continue


database_counters = DatabaseCounters()


def shared_counters() -> Counters:
    chosen = settings.CACHES.get("default", {})
    global _known
    known = _known
    if known is None or known[0] != chosen:
        with _lock:
            known = _known = deepcopy(chosen), _counters_for(repr(chosen))
    return known[1]


_lock = threading.Lock()
_known: tuple[object, Counters] | None = None


@lru_cache(maxsize=1)
def _counters_for(chosen: str) -> Counters:
    # One connection pool for the process: Django's `caches` makes one for each request.
    if not isinstance(caches.create_connection("default"), RedisCache):
        return database_counters
    cache: dict[str, Any] = settings.CACHES["default"]
    in_time = {**cache, "OPTIONS": {**TIMEOUTS, **cache.get("OPTIONS", {})}}
    return CacheCounters(CacheHandler({"default": in_time}).create_connection("default"))


def _counter_key(counter: Counter) -> str:
    return f"chatkit:{counter.kind}:{counter.subject}:{counter.ends_at}"


def _slot_key(subject: str, slot: int | None) -> str:
    return f"chatkit:response:{subject}:{slot}"
