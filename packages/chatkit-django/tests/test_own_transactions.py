"""A transaction of our writer leaves the database and Django's connection as Django's own does."""

import pytest
from django.db import IntegrityError, connection, transaction

from chatkit_django.database import run
from chatkit_django.models import LimitCounter, ThreadItem
from chatkit_django.own_transactions import in_transaction

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'")
WAYS = [in_transaction, transaction.atomic]


class GivenUpError(Exception):
    pass


def count(subject):
    LimitCounter.objects.create(subject=subject, kind="tries", ends_at=1, amount=1)


def state():
    """What is open, and what there is, in words to compare."""
    return {
        "atomic": connection.in_atomic_block,
        "autocommit": connection.autocommit,
        "in SQLite": connection.connection is not None and connection.connection.in_transaction,
        "needs rollback": connection.needs_rollback,
        "savepoints": connection.savepoint_ids,
        "blocks": connection.atomic_blocks,
        "hooks": connection.run_on_commit,
        "kept": sorted(LimitCounter.objects.values_list("subject", flat=True)),
    }


def completes(way):
    with way("default"):
        assert (connection.in_atomic_block, connection.autocommit) == (True, False)
        count("a")
        transaction.on_commit(lambda: count("after it"))


def raises(way):
    with way("default"):
        count("a")
        transaction.on_commit(lambda: count("after it"))
        raise GivenUpError


def is_taken_back(way):
    with way("default"):
        count("a")
        transaction.on_commit(lambda: count("after it"))
        transaction.set_rollback(True)


def has_an_inner_one_that_fails(way):
    with way("default"):
        count("a")
        try:
            with transaction.atomic():
                count("b")
                raise GivenUpError
        except GivenUpError:
            count("c")


def cannot_be_committed(way):
    with way("default"):
        count("a")
        ThreadItem.objects.create(thread_id="nobody's", item_id="i", position=1, payload="{}",
                                  created_at="2026-11-02 09:30:00+00:00")  # fmt: skip


def is_closed_in_between(way):
    with way("default"):
        count("a")
        transaction.on_commit(lambda: count("after it"))
        connection.close()


def fails_in_a_statement(way):
    with way("default"):
        count("a")
        count("a")


@pytest.mark.parametrize(
    ("what", "kept"),
    [
        (completes, ["a", "after it"]),
        (raises, []),
        (is_taken_back, []),
        (has_an_inner_one_that_fails, ["a", "c"]),
        (cannot_be_committed, []),
        (is_closed_in_between, []),
        (fails_in_a_statement, []),
    ],
)
@pytest.mark.django_db(transaction=True)
async def test_it_ends_as_djangos_own(what, kept):
    def tried(way):
        LimitCounter.objects.all().delete()
        raised = None
        try:
            what(way)
        except (GivenUpError, IntegrityError) as error:
            raised = type(error)
        return raised, state()

    ours, djangos = [await run(tried, way) for way in WAYS]
    assert ours == djangos
    assert ours[1]["kept"] == kept
    assert await run(tried, in_transaction) == ours  # the connection is as good as before


@pytest.mark.django_db(transaction=True)
async def test_whoever_looks_at_statements_sees_its_own():
    seen = []

    def look(execute, sql, *rest):
        seen.append(sql)
        return execute(sql, *rest)

    def watched():
        with connection.execute_wrapper(look):
            completes(in_transaction)

    await run(watched)
    assert seen[0].startswith("BEGIN")
