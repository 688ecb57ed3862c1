"""Counting with whatever answers: the cache, and the database while the cache does not. A chat
does not stand still with its cache."""

import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from django.db import Error

from chatkit_django.counters import (
    CacheCounters,
    Counters,
    Slot,
    Unreachable,
    database_counters,
    shared_counters,
)
from chatkit_django.rates import Limits

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


async def count(
    operation: Callable[Concatenate[Counters, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run it where it does not block. If the cache fails in its middle, the database does it from
    the beginning."""
    try:
        return await _change(shared_counters(), operation, *args, **kwargs)
    except Unreachable:
        return await _change(database_counters, operation, *args, **kwargs)


async def give_back(counters: Counters, slots: list[Slot]) -> None:
    """Free the slots: now, or when their counters answer again."""
    try:
        await counters.change(_free, counters, slots)
    except Unreachable:
        counters.owed.extend(slots)
    except Error:
        logger.exception("%s responses go on counting: the database failed", len(slots))
        counters.owed.extend(slots)


def forget(subject: str, limits: Limits) -> None:
    """Leave nothing of the subject. What a cache that does not answer has of it ends by itself."""
    database_counters.forget(subject, limits)
    shared = shared_counters()
    if isinstance(shared, CacheCounters):
        shared.forget(subject, limits)


async def _change(
    counters: Counters,
    operation: Callable[Concatenate[Counters, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    if counters.owed:
        await counters.change(_pay, counters)
    return await counters.change(operation, counters, *args, **kwargs)


def _pay(counters: Counters) -> None:
    slots: list[Slot] = []
    while counters.owed:
        slots.append(counters.owed.popleft())
    try:
        _free(counters, slots)
    except BaseException:
        counters.owed.extend(slots)
        raise


def _free(counters: Counters, slots: list[Slot]) -> None:
    for slot in slots:
        counters.free(slot)
