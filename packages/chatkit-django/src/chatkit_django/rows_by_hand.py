"""Rows of hand-written queries, straight from the database's driver.

Django's cursor takes longer than a short query does. Where somebody looks at the queries (an
execute wrapper, the log of ``DEBUG``), they go through it all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Condition:
    """One more condition for a query: without it there are no rows."""

    sql: str
    values: Sequence[Any]


class NoRows(LookupError):  # noqa: N818  (nothing may be wrong)
    """There are no rows; perhaps because of the condition."""


def fetch(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> list[Row]:
    """All rows, as the driver gives them. Placeholders are ``%s``. Raises Django's errors."""
    if connection.execute_wrappers or connection.queries_logged:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            watched: list[Row] = cursor.fetchall()
            return watched
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        driver: Any = connection.connection
        if connection.vendor == "sqlite":
            sql = _with_question_marks(sql)
        found: list[Row] = driver.execute(sql, values).fetchall()
        return found


@lru_cache(maxsize=256)
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?")
