"""Sums and lists in SQL, the same on SQLite and PostgreSQL: exact integers, joined texts."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, BigIntegerField, TextField
from django.db.models.sql.compiler import SQLCompiler

_SPLIT = 1_000_000


class ExactSum(Aggregate):
    """The sum of an integer expression as an int of any size; 0 over no rows.

    PostgreSQL sums bigint as numeric. SQLite stops with "integer overflow" beyond 64 bits, so
    there the high and the low parts are summed apart and joined in Python.
    """

    function = "SUM"
    name = "ExactSum"
    output_field = BigIntegerField()
    empty_result_set_value = 0

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        sql, parameters = compiler.compile(self.get_source_expressions()[0])
        high, low = f"SUM(({sql}) / {_SPLIT})", f"SUM(({sql}) %% {_SPLIT})"
        return f"({high} || ':' || {low})", (*parameters, *parameters)

    def convert_value(self, value: Any, expression: Any, connection: Any) -> int:
        if value is None:
            return 0
        if isinstance(value, str):
            high, low = value.split(":")
            return int(high) * _SPLIT + int(low)
        return int(value)


class Joined(Aggregate):
    """Texts without commas with commas between them, in any order."""

    name = "Joined"
    output_field = TextField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        sql, parameters = compiler.compile(self.get_source_expressions()[0])
        return f"GROUP_CONCAT({sql})", tuple(parameters)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        sql, parameters = compiler.compile(self.get_source_expressions()[0])
        return f"STRING_AGG({sql}, ',')", tuple(parameters)
