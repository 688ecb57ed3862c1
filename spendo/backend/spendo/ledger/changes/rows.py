"""Rows as JSON, exactly, and back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.db import models

from spendo.ledger.models import ChangedRow
from spendo.users.fields import FoldedField

Values = dict[str, Any]
"""Fields by the name of their column's attribute: `category_id`, not `category`."""

T = TypeVar("T")
BLOCK = 1000
"""How many rows one statement, and one record of a large act, is about."""

_SINGLY = 50
"""Up to so many rows an act is recorded row by row, beyond in blocks."""


class RowChange(NamedTuple):
    """What happened to one row: no `before` made it, no `after` deleted it."""

    row_id: int
    before: Values | None
    after: Values | None


def in_blocks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while block := list(islice(rest, BLOCK)):
        yield block


def label_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


def model_of(label: str) -> type[models.Model]:
    return apps.get_model(label)


@cache
def field_names(model: type[models.Model]) -> tuple[str, ...]:
    """The recorded fields, by the names they are recorded under."""
    return tuple(field.attname for field in kept(model))


def kept(model: type[models.Model]) -> Iterator[Any]:
    """The fields that are recorded: all but the folded copies, which follow from the others."""
    return (field for field in model._meta.concrete_fields if not isinstance(field, FoldedField))


@cache
def folded_copies(model: type[models.Model]) -> dict[str, FoldedField]:
    """The folded field that follows each text field, by that text field's name."""
    return {
        field.source: field
        for field in model._meta.concrete_fields
        if isinstance(field, FoldedField)
    }


def whole(row: models.Model) -> Values:
    """All recorded fields of a row."""
    return {name: to_json(value(row)) for name, value, to_json in _writers(type(row))}


def recorded(model: type[models.Model], name: str, value: Any) -> Any:
    """One value of the field `name`, as it is recorded."""
    return _to_json(_field(model, name))(value)


def restored(model: type[models.Model], values: Values) -> Values:
    """What `whole` or `recorded` wrote, as Python values again. Fields that tables have lost
    since are left out."""
    return {
        name: _field(model, name).to_python(value)
        for name, value in values.items()
        if name in field_names(model)
    }


def to_records(
    model: type[models.Model], changes: Sequence[RowChange]
) -> Iterator[tuple[int, int, Any, Any]]:
    """(row_id, count, before, after) of the records to keep; a block is a table with a head."""
    if len(changes) <= _SINGLY:
        for change in changes:
            yield change.row_id, 1, change.before, change.after
        return
    for block in in_blocks(changes):
        yield (
            block[0].row_id,
            len(block),
            _table([(change.row_id, change.before) for change in block]),
            _table([(change.row_id, change.after) for change in block]),
        )


def from_record(record: ChangedRow) -> list[RowChange]:
    if not isinstance(record.before, list) and not isinstance(record.after, list):
        return [RowChange(record.row_id, record.before, record.after)]
    before, after = _untabled(record.before), _untabled(record.after)
    return [
        RowChange(row_id, before.get(row_id), after.get(row_id)) for row_id in (before or after)
    ]


def _table(rows: list[tuple[int, Values | None]]) -> list[Any] | None:
    """One head with the names, then a line per row. A field that a row has not is left `[]`."""
    if rows[0][1] is None:
        return None
    names = list(dict.fromkeys(name for _, values in rows if values for name in values))
    lines = [[number, *((values or {}).get(name, []) for name in names)] for number, values in rows]
    return [names, *lines]


def _untabled(table: list[Any] | None) -> dict[int, Values]:
    if table is None:
        return {}
    names, *lines = table
    return {
        number: {name: value for name, value in zip(names, values, strict=True) if value != []}
        for number, *values in lines
    }


@cache
def _writers(
    model: type[models.Model],
) -> tuple[tuple[str, Callable[[models.Model], Any], Callable[[Any], Any]], ...]:
    return tuple((field.attname, field.value_from_object, _to_json(field)) for field in kept(model))


@cache
def _field(model: type[models.Model], name: str) -> Any:
    return {field.attname: field for field in model._meta.concrete_fields}[name]


def _to_json(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, models.DecimalField):
        unit = Decimal(1).scaleb(-(field.decimal_places or 0))
        return lambda value: None if value is None else format(Decimal(value).quantize(unit), "f")
    return _plain


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)  # a member of a StrEnum is its text
    return value
