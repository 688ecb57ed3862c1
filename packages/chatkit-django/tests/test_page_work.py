"""A page is as much work for the database in a long thread as in a short one, and beside many
hidden items or archived threads as beside few."""

import json
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from chatkit_django import models, pages
from chatkit_django.rows_by_hand import Condition

SHORT, LONG = 1_000, 4_000
PAGE = 20
# The second as the one that a sign-in is.
CONDITIONS = [
    None,
    Condition(f"EXISTS (SELECT 1 FROM {pages.THREADS} s WHERE s.id = %s)", ["ada0"]),  # noqa: S608
]


def in_middle_half(number, size):
    return size // 4 <= number < 3 * size // 4


def begins(size):
    """By order, where a page begins: at its end, at half, and so that the middle half is between
    its first row and its last."""
    near = {"asc": size // 4 - PAGE // 2, "desc": 3 * size // 4 + PAGE // 2}
    return [(order, place) for order in near for place in (None, size // 2, near[order])]


@pytest.fixture
def stored(ada, bob):
    """Bob has few threads and Ada many, and each a thread with as many items; the middle half is
    archived or hidden."""
    now = timezone.now()
    for user, size in ((bob, SHORT), (ada, LONG)):
        threads = [
            models.Thread(
                id=f"{user.username}{number}",
                owner=user,
                created_at=now - timedelta(seconds=size - number),
                updated_at=now,
                archived_at=now if in_middle_half(number, size) else None,
            )
            for number in range(size)
        ]
        models.Thread.objects.bulk_create(threads, 500)
        items = [
            models.ThreadItem(
                thread_id=f"{user.username}0",
                item_id=f"i{number}",
                position=number,
                type="assistant_message",
                hidden=in_middle_half(number, size),
                payload="{}",
                created_at=now,
            )
            for number in range(size)
        ]
        models.ThreadItem.objects.bulk_create(items, 500)
    if connection.vendor == "postgresql":  # which does it by itself; SQLite does not
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return bob, ada


def work(call):
    """On SQLite the instructions of its virtual machine, on PostgreSQL the rows that went through
    the nodes of the plans: numbers that depend on no clock."""
    return instructions(call) if connection.vendor == "sqlite" else rows_read(call)


def instructions(call):
    done = 0

    def count():
        nonlocal done
        done += 1

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 1)
    try:
        call()
    finally:
        connection.connection.set_progress_handler(None, 1)
    return done


def rows_read(call):
    asked = []

    def note(execute, sql, values, many, context):
        asked.append((sql, values))
        return execute(sql, values, many, context)

    def rows(node):
        own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        return own * node["Actual Loops"] + sum(rows(child) for child in node.get("Plans", []))

    with connection.execute_wrapper(note):
        call()
    total = 0
    with connection.cursor() as cursor:
        for sql, values in asked:
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, values)
            (found,) = cursor.fetchone()
            plan = found if isinstance(found, list) else json.loads(found)
            total += rows(plan[0]["Plan"])
    return total


def assert_as_much_work(stored, page):
    """``page`` is called with an owner, an order and where in the thread or list it begins."""
    bob, ada = stored
    for (order, few), (_, many) in zip(begins(SHORT), begins(LONG), strict=True):
        assert work(partial(page, ada, order, many)) == work(partial(page, bob, order, few)), (
            order,
            many,
        )


@pytest.mark.parametrize("hidden", [False, True])
def test_rows_of_items(stored, hidden):
    def page(owner, order, place):
        after = None if place is None else f"i{place}"
        pages.item_rows(owner.pk, f"{owner.username}0", after, PAGE, order, hidden=hidden)

    assert_as_much_work(stored, page)


@pytest.mark.parametrize("only_if", CONDITIONS)
def test_pages_of_items(stored, only_if):
    def page(owner, order, place):
        after = None if place is None else f"i{place}"
        pages.items_json(owner.pk, f"{owner.username}0", after, PAGE, order, only_if)

    assert_as_much_work(stored, page)


@pytest.mark.parametrize("only_if", CONDITIONS)
def test_pages_of_threads(stored, only_if):
    def page(owner, order, place):
        after = None if place is None else f"{owner.username}{place}"
        pages.threads_json(owner.pk, PAGE, after, order, only_if)

    assert_as_much_work(stored, page)
