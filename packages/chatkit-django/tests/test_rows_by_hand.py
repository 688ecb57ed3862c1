"""Hand-written queries go straight to the driver, unless somebody looks at queries."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import OperationalError

from chatkit_django.models import ResponseSlot
from chatkit_django.rows_by_hand import NotAtOnce, Step, changed, do_at_once, fetch

pytestmark = pytest.mark.django_db(transaction=True)


def test_rows_come_with_their_values():
    assert fetch(connection, "SELECT %s || '?', 2", ["a?"]) == [("a??", 2)]


def test_an_execute_wrapper_sees_them():
    seen = []

    def watch(execute, sql, params, many, context):
        seen.append((sql, list(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        assert fetch(connection, "SELECT %s || ''", ["x"]) == [("x",)]
    assert seen == [("SELECT %s || ''", ["x"])]


def test_the_log_of_debug_has_them(settings):
    settings.DEBUG = True
    before = len(connection.queries_log)
    fetch(connection, "SELECT 1", [])
    assert len(connection.queries_log) == before + 1


def test_the_drivers_errors_are_djangos():
    with pytest.raises((ProgrammingError, OperationalError)):
        fetch(connection, "SELECT nothing FROM nowhere", [])
    assert connection.errors_occurred


def test_changes_are_counted_also_where_somebody_looks():
    ResponseSlot.objects.bulk_create(
        [ResponseSlot(subject="s", number=number, holder="h", ends_at=1) for number in range(3)]
    )
    sql = f"UPDATE {ResponseSlot._meta.db_table} SET ends_at = 2 WHERE number < %s"  # noqa: S608
    assert [changed(connection, sql, [below]) for below in (0, 1, 3)] == [0, 1, 3]
    with connection.execute_wrapper(lambda execute, *call: execute(*call)):
        assert changed(connection, sql, [2]) == 2


def put(number):
    """A step that keeps a slot of this number, if nobody has it."""
    table = ResponseSlot._meta.db_table
    sql = (
        f"INSERT INTO {table} (subject, number, holder, ends_at) "
        "{row %s, %s, %s, %s} ON CONFLICT DO NOTHING RETURNING number"
    )
    return Step(sql, ["{so_far}", number, "%s", 1])


def done(*steps):
    """What is kept after these steps."""
    try:
        with transaction.atomic():
            do_at_once(connection, steps)
    except NotAtOnce:
        return "not at once", sorted(ResponseSlot.objects.values_list("number", flat=True))
    return sorted(ResponseSlot.objects.values_list("subject", "number", "holder"))


def test_steps_are_done_together_with_their_values():
    kept = [("{so_far}", number, "%s") for number in (1, 2, 3)]
    assert done(put(1), put(2), Step("SELECT 1 WHERE {so_far}", []), put(3)) == kept


@pytest.mark.parametrize("place", range(4))
def test_none_of_the_steps_lasts_if_one_gives_no_row(place):
    assert done(put(2)) == [("{so_far}", 2, "%s")]
    steps = [put(number) for number in (1, 3, 4)]
    steps.insert(place, put(2))
    assert done(*steps) == ("not at once", [2])


def test_a_step_that_breaks_a_rule_of_the_table_is_like_one_without_a_row():
    twice = Step(put(1).sql.replace("ON CONFLICT DO NOTHING", ""), put(1).values)
    assert done(put(1)) == [("{so_far}", 1, "%s")]
    assert done(put(2), twice) == ("not at once", [1])
