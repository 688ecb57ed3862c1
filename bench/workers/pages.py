"""One database with small threads and large ones: how long the store takes for a page of each.

    python -m workers.pages ITEMS

ITEMS is how many the largest thread has; all else is a tenth of it.
"""

import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import django

from workers.lines import serve

django.setup()

from chatkit.types import AssistantMessageContent, AssistantMessageItem  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402

from chatkit_django.context import RequestContext  # noqa: E402
from chatkit_django.database import read  # noqa: E402
from chatkit_django.store import DatabaseStore  # noqa: E402
from workers import fill  # noqa: E402
from workers.conversation import moment  # noqa: E402

SMALL = 1_000
PAGE = 20
CALLS = 100  # of the small one and of the large one in each round, in turn
WARM_UP = 5
store = DatabaseStore()
numbers = count()


@dataclass
class Place:
    """A thread, or the owner of threads, and after what a page may begin, by its order."""

    context: RequestContext
    thread: str
    begins: dict[str, list[str]]
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311

    def after(self, order: str) -> str:
        """Another one each time, as for a reader who goes on reading."""
        return self.chance.choice(self.begins[order])


Call = Callable[[Place], Awaitable[Any]]
Load = Callable[[Place, str | None, str], Awaitable[Any]]

LOADS: dict[str, Load] = {
    "items_json": lambda at, after, order: read(
        store.items_json(at.thread, after, PAGE, order, at.context)
    ),
    "load_visible_items": lambda at, after, order: store.load_visible_items(
        at.thread, after, PAGE, order, at.context
    ),
    "load_thread_items": lambda at, after, order: store.load_thread_items(
        at.thread, after, PAGE, order, at.context
    ),
    "threads_json": lambda at, after, order: read(
        store.threads_json(PAGE, after, order, at.context)
    ),
    "load_threads": lambda at, after, order: store.load_threads(PAGE, after, order, at.context),
}
DEEP: dict[str, Callable[[Load, Place], Awaitable[Any]]] = {
    "deep, newest first": lambda load, at: load(at, at.after("desc"), "desc"),
    "deep, oldest first": lambda load, at: load(at, at.after("asc"), "asc"),
}
ALL = {"first page": lambda load, at: load(at, None, "desc")} | DEEP


def thread_json(at: Place) -> Awaitable[Any]:
    return read(store.thread_json(at.thread, PAGE, at.context))


def add_thread_item(at: Place) -> Awaitable[Any]:
    number = next(numbers)
    item = AssistantMessageItem(
        id=f"msg_f{number:031x}",
        thread_id=at.thread,
        created_at=moment(number),
        content=[AssistantMessageContent(text="An answer. " * 30, annotations=[])],
    )
    return store.add_thread_item(at.thread, item, at.context)


def measures(of: dict[str, tuple[Place, Place]]) -> dict[str, dict[str, Call]]:
    """What is called, by its name, in each of the pairs of places."""
    plain, scattered, leap, threads, archived = of

    def pages(ways: Any, *names: str) -> dict[str, Call]:
        return {
            f"`{name}`, {way}": partial(call, LOADS[name])
            for name in names
            for way, call in ways.items()
        }

    return {
        plain: {
            **pages(ALL, "items_json", "load_visible_items", "load_thread_items"),
            "`thread_json`": thread_json,
            "`add_thread_item`": add_thread_item,
        },
        scattered: pages(ALL, "items_json"),
        leap: pages(DEEP, "items_json"),
        threads: pages(ALL, "threads_json", "load_threads"),
        archived: pages(DEEP, "threads_json"),
    }


def filled(most: int) -> dict[str, tuple[Place, Place]]:
    """The pairs of a small place and a large one, by what they are."""
    many = most // 10
    return {
        f"{SMALL:,} and {most:,} items": (thread(SMALL), thread(most)),
        f"{SMALL:,} and {many:,} items, 9 of 10 hidden": (
            thread(SMALL, hidden=lambda number: number % 10 > 0),
            thread(many, hidden=lambda number: number % 10 > 0),
        ),
        f"{SMALL:,} and {many:,} items, the middle half hidden": (
            thread(SMALL, hidden=middle_of(SMALL), leap=True),
            thread(many, hidden=middle_of(many), leap=True),
        ),
        f"{SMALL:,} and {many:,} threads": (owner(SMALL), owner(many)),
        f"{SMALL:,} and {many:,} threads, the middle half archived": (
            owner(SMALL, archived=middle_of(SMALL), leap=True),
            owner(many, archived=middle_of(many), leap=True),
        ),
    }


def middle_of(size: int) -> Callable[[int], bool]:
    return lambda number: size // 4 <= number < 3 * size // 4


def thread(size: int, *, hidden: Any = lambda number: False, leap: bool = False) -> Place:
    context = new_context()
    (id_,) = fill.threads(context.user, 1)
    ids = fill.items(id_, size, hidden=hidden)
    return Place(context, id_, begins(ids, leap=leap))


def owner(size: int, *, archived: Any = lambda number: False, leap: bool = False) -> Place:
    context = new_context()
    return Place(
        context, "", begins(fill.threads(context.user, size, archived=archived), leap=leap)
    )


def begins(ids: list[str], *, leap: bool) -> dict[str, list[str]]:
    """Around the half; or so near to the middle half that a page begins before it and ends
    behind."""
    size = len(ids)
    around = ids[size * 45 // 100 : size * 55 // 100]
    if not leap:
        return {"asc": around, "desc": around}
    low, high = size // 4, 3 * size // 4
    return {"asc": ids[low - PAGE : low], "desc": ids[high : high + PAGE]}


def new_context() -> RequestContext:
    user = User.objects.create_user(f"bench{next(numbers)}")
    return RequestContext(user=user, locale="en", request_id="bench")


async def timed(call: Call, pair: tuple[Place, Place], times: int) -> list[float]:
    """The median seconds in the small place and in the large one."""
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(times):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            started = time.perf_counter()
            await call(pair[which])
            spent[which].append(time.perf_counter() - started)
    return [statistics.median(one) for one in spent]


def main() -> None:
    call_command("migrate", verbosity=0)
    fill.begin()
    pairs = filled(int(sys.argv[1]))
    fill.settle()
    size = fill.size()
    warm = False

    async def answer() -> dict[str, Any]:
        """One round of everything."""
        nonlocal warm
        found: dict[str, Any] = {}
        for title, calls in measures(pairs).items():
            found[title] = {}
            for name, call in calls.items():
                if not warm:
                    await timed(call, pairs[title], WARM_UP)
                found[title][name] = await timed(call, pairs[title], CALLS)
        warm = True
        return {"seconds": found, "bytes": size}

    serve(answer)


if __name__ == "__main__":
    main()
