"""Hand-written queries go straight to the driver, unless somebody looks at queries."""

import pytest
from django.db import ProgrammingError, connection
from django.db.utils import OperationalError

from chatkit_django.rows_by_hand import fetch

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
