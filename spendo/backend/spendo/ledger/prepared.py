"""Queries that Django puts together once, and that are asked with other values after that.

Django takes milliseconds to write a query that knows what counts; the database answers it in a
fraction of one. What is asked again and again differs in its values only: whose rows, of which
days. So the text is kept for each form of the conditions, as Django wrote it, with places for their
values.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import count, islice
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, DecimalField, IntegerField, Model, Q, QuerySet, Value
from django.db.models.expressions import BaseExpression

M = TypeVar("M", bound=Model)
Build = Callable[..., QuerySet[Any, Any]]
"""Conditions, and whatever else tells its queries apart, to a queryset of tuples."""
Convert = Callable[[Any], Any]
"""What the database has to what Python has."""

_KEPT, _FEW, _MANY = 512, 16, 64
_REMEMBERED = 1024
_PATTERNS = ("contains", "startswith", "endswith", "regex", "iexact")
"""Comparisons that Django, or PostgreSQL's planner, writes for the value they have."""


class _OddConditionError(Exception):
    """It is no comparison with plain values: Django writes its query each time."""


class _Place(Value):
    """Where a value is put when the query is asked; its own value is the number of the place."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class _Places(Value):
    """Where the values of a list are put: its own value are the places."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return f"({', '.join(['%s'] * len(self.value))})", list(self.value)


@dataclass(slots=True)
class _Form:
    """Conditions as a form: `key` is the same for those that differ in their values only."""

    values: list[Any] = field(default_factory=list)

    def key(self, condition: Any) -> Hashable:
        if isinstance(condition, Q):
            parts = tuple(map(self.key, condition.children))
            return condition.connector, condition.negated, parts
        if not isinstance(condition, tuple):
            raise _OddConditionError
        name, value = condition
        if name.endswith(_PATTERNS):
            raise _OddConditionError
        if isinstance(value, (list, tuple, set, frozenset)):
            return name, self._add_all(value)
        return name, self._add(value)

    def _add(self, value: Any) -> Hashable:
        if value is None or value is True or value is False:
            return value
        if isinstance(value, str):
            self.values.append(str(value))
        elif isinstance(value, int):
            self.values.append(value)
        elif type(value) is date:
            self.values.append(connection.ops.adapt_datefield_value(value))
        else:
            raise _OddConditionError
        return ...

    def _add_all(self, values: Any) -> Hashable:
        """Their number, rounded up so that there are few forms: the last one is named again. Not
        too often: PostgreSQL expects as many rows for each time that a value is named."""
        for value in values:
            if self._add(value) is not ...:
                raise _OddConditionError
        size = _rounded_up(len(values))
        self.values += self.values[-1:] * (size - len(values))
        return (size,)


def _rounded_up(number: int) -> int:
    if number <= 1:
        return number
    return _FEW if number <= _FEW else -(-number // _MANY) * _MANY


def ask(build: Build, *shape: Hashable, where: Q) -> list[tuple[Any, ...]]:
    """The tuples of `build(where, *shape)`.

    Its text is kept for `build`, `shape` and the form of `where`, so what it puts together may
    depend on nothing else.
    """
    form = _Form()
    try:
        key = form.key(where)
    except _OddConditionError:
        return list(build(where, *shape))
    prepared = _prepared(connection.vendor, build, shape, key)
    return [] if prepared is None else list(prepared.rows(form.values))


def text_of(build: Build, *shape: Hashable, where: Q) -> tuple[str, Sequence[Any]]:
    """The text of `build(where, *shape)`, kept as for `ask`, and its parameters: to put what it
    finds into another table."""
    form = _Form()
    prepared = _prepared(connection.vendor, build, shape, form.key(where))
    if prepared is None:
        raise EmptyResultSet
    return prepared.sql, prepared.parameters_with(form.values)


def ask_models(model: type[M], *order: str, where: Q, beside: str = "") -> list[M]:
    """The rows of a table that the conditions are true of, each with what it has in `beside`."""
    names = _columns(model)
    rows = ask(_all_columns, model, order, beside, where=where)
    found = [model.from_db(connection.alias, names, row[: len(names)]) for row in rows]
    if beside:
        other = _model_of(model, beside)
        for each, row in zip(found, rows, strict=True):
            part = other.from_db(connection.alias, _columns(other), row[len(names) :])
            setattr(each, beside, part)
    return found


def names_of(model: type[Model], order: str, *, where: Q) -> list[str]:
    """The names in the rows of a table that the conditions are true of."""
    return [name for (name,) in ask(_names, model, order, where=where)]


def _names(where: Q, model: type[Model], order: str) -> QuerySet[Any, Any]:
    return model._default_manager.filter(where).order_by(order).values_list("name")


def _all_columns(
    where: Q, model: type[Model], order: tuple[str, ...], beside: str
) -> QuerySet[Any, Any]:
    names = _columns(model)
    if beside:
        names += [f"{beside}__{name}" for name in _columns(_model_of(model, beside))]
    return model._default_manager.filter(where).order_by(*order).values_list(*names)


def _columns(model: type[Model]) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields]


def _model_of(model: type[Model], relation: str) -> type[Model]:
    other: Any = model._meta.get_field(relation).related_model
    return other  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """`places` are the parameters for which values are put in, and the numbers of these;
    `converters` are Django's, by column."""

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    converters: tuple[tuple[int, list[Convert]], ...]

    def parameters_with(self, values: list[Any]) -> list[Any]:
        parameters = list(self.parameters)
        for at, number in self.places:
            parameters[at] = values[number]
        return parameters

    def rows(self, values: list[Any]) -> Iterator[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.parameters_with(values))
            found = cursor.fetchall()
        return self._converted(found) if found and self.converters else iter(found)

    def _converted(self, rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Column by column, which is quicker than row by row."""
        columns: list[Any] = list(zip(*rows, strict=True))
        for place, converters in self.converters:
            for convert in converters:
                columns[place] = list(map(convert, columns[place]))
        return zip(*columns, strict=True)


@lru_cache(maxsize=_KEPT)
def _prepared(
    vendor: str, build: Build, shape: tuple[Hashable, ...], key: Hashable
) -> _Prepared | None:
    """None for a query that finds nothing, whatever the values are."""
    compiler = build(_with_places(key, count()), *shape).query.get_compiler("default")
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    converters = _needed(compiler.get_converters(columns).items(), vendor)
    return _Prepared(
        sql,
        tuple(None if isinstance(each, _Place) else each for each in parameters),
        tuple((at, each.value) for at, each in enumerate(parameters) if isinstance(each, _Place)),
        tuple(
            (place, [_of_one_value(convert, expression, vendor) for convert in found])
            for place, (found, expression) in converters
        ),
    )


def _needed(converters: Iterable[tuple[int, Any]], vendor: str) -> list[tuple[int, Any]]:
    """Without Django's making integers of integers, of which SQLite's sums are some: PostgreSQL's
    are numeric."""
    return [
        (place, (convert, expression))
        for place, (convert, expression) in converters
        if vendor != "sqlite" or not _is_integer(convert, expression)
    ]


def _of_one_value(convert: Any, expression: Any, vendor: str) -> Convert:
    """Django's converter, which on SQLite reads the same days and rates again and again."""

    def convert_value(value: Any) -> Any:
        return convert(value, expression, connection)

    is_read = vendor == "sqlite" and type(expression.output_field) in (DateField, DecimalField)
    return lru_cache(maxsize=_REMEMBERED)(convert_value) if is_read else convert_value


def _is_integer(convert: list[Any], expression: Any) -> bool:
    its_own = type(expression).convert_value is not BaseExpression.convert_value
    return (
        convert == [expression.convert_value]
        and not its_own
        and isinstance(expression.output_field, IntegerField)
    )


def _with_places(key: Any, numbers: Iterator[int]) -> Any:
    """The conditions of this form again, with places for their values."""
    if len(key) == 3:
        connector, negated, parts = key
        children = [_with_places(part, numbers) for part in parts]
        return Q(*children, _connector=connector, _negated=negated)
    name, value = key
    if isinstance(value, tuple):
        places = [_Place(number) for number in islice(numbers, value[0])]
        return name, _Places(places) if places else places
    return name, _Place(next(numbers)) if value is ... else value
