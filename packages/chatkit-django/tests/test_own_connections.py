"""Our threads keep the connections that Django has for them; nobody else does."""

import asyncio
import threading

from django.db import connections

from chatkit_django.database import run
from chatkit_django.own_connections import connection_to


def found():
    return threading.get_ident(), connection_to("default"), connections["default"]


async def test_a_thread_of_ours_keeps_the_one_that_django_has():
    seen = {}
    for thread, ours, djangos in await asyncio.gather(*(run(found) for _ in range(30))):
        assert ours is djangos
        assert seen.setdefault(thread, ours) is ours
    assert len({id(connection) for connection in seen.values()}) == len(seen)


async def test_a_task_has_its_own():
    async def look():
        return found()[1:]

    pairs = await asyncio.gather(look(), look())
    assert all(ours is djangos for ours, djangos in pairs)
    assert pairs[0][0] is not pairs[1][0]
