"""How tests that commit leave an empty database behind, faster than Django does it.

Django makes permissions, content types and whatever waits for `post_migrate` anew after each of
them, which takes longer than most of these tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = (ContentType, Permission)


@contextmanager
def rows_are_deleted_and_no_more() -> Iterator[None]:
    """What a `TransactionTestCase`, and pytest-django's `transactional_db`, do at their end."""
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda test: delete_rows()):
        yield


def delete_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Neither triggers nor keys are looked at: nothing is left that they could be about.
            cursor.execute("SET LOCAL session_replication_role = replica")
        # Triggers of SQLite write while rows are deleted, into tables that were empty.
        while filled := _filled(cursor):
            for table in filled:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608


def _filled(cursor: Any) -> list[str]:
    cursor.execute(_which_are_filled())
    return [table for (table,) in cursor.fetchall()]


@cache
def _which_are_filled() -> str:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = sorted(set(names) - {model._meta.db_table for model in KEPT})
    return " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"  # noqa: S608
        for table in tables
    )
