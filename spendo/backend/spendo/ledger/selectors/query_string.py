"""A `TransactionFilter` as the query string of an address, and back.

`docs/reference/transactions-link.md` is the format. Both directions stand here, so that a link
that an answer carries and the list that it opens cannot mean different rows.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from spendo.ledger.periods import EARLIEST, Period, UnknownPeriod
from spendo.ledger.selectors.types import (
    Direction,
    Measure,
    PendingChoice,
    Sort,
    TransactionFilter,
)
from spendo.users.fields import is_storable

T = TypeVar("T")

MAX_VALUES = 100
MAX_TEXT = 200
MAX_ID = 2**63 - 1
NO_CATEGORY = "none"
LAST_DAY = date(9999, 12, 31)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,12})?")


class BadQuery(ValueError):  # noqa: N818
    """A query string that names no rows; `field` is the parameter, the message says what fits."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class RowsQuery:
    """The rows of `where`; with `counted` only those that such a total of them counts."""

    where: TransactionFilter
    counted: Measure | None = None
    sort: Sort = "newest"


def query_string(query: RowsQuery) -> str:
    """The shortest query string that names these rows; "" for all of them."""
    return urlencode(list(_parameters(query)))


def _parameters(query: RowsQuery) -> Iterator[tuple[str, str]]:
    where = query.where
    if where.period is not None:
        if where.period.start > EARLIEST:
            yield "from", where.period.start.isoformat()
        yield "to", where.period.end.isoformat()
    categories = [str(number) for number in where.category_ids]
    if where.uncategorised:
        categories.append(NO_CATEGORY)
    lists = (
        ("category", categories),
        ("merchant", where.merchants),
        ("account", [str(number) for number in where.account_ids]),
        ("tag", where.tags),
        ("id", [str(number) for number in where.ids or ()]),
    )
    yield from ((name, _joined(values)) for name, values in lists if values)
    if not where.include_descendants:
        yield "exact", "1"
    for name, value in (("text", where.text), ("direction", where.direction)):
        if value:
            yield name, value
    for name, bound in (("min", where.min_amount), ("max", where.max_amount)):
        if bound is not None:
            yield name, format(bound, "f")
    if not where.include_transfers:
        yield "transfers", "0"
    if where.pending is not None:
        yield "pending", where.pending
    if query.counted is not None:
        yield "counted", query.counted
    if query.sort != "newest":
        yield "sort", query.sort


def read_query(parameters: Mapping[str, str]) -> RowsQuery:
    """The rows that the parameters of a query string name. Raises BadQuery.

    Parameters of other names are not looked at.
    """
    categories = _list(parameters, "category")
    ids = _ids("id", _list(parameters, "id"))
    where = TransactionFilter(
        period=_period(parameters),
        category_ids=_ids("category", [each for each in categories if each != NO_CATEGORY]),
        uncategorised=NO_CATEGORY in categories,
        merchants=tuple(_list(parameters, "merchant")),
        account_ids=_ids("account", _list(parameters, "account")),
        direction=_choice(parameters, "direction", get_args(Direction)),
        min_amount=_bound(parameters, "min"),
        max_amount=_bound(parameters, "max"),
        include_transfers=_choice(parameters, "transfers", ("0", "1")) != "0",
        include_descendants=_choice(parameters, "exact", ("0", "1")) != "1",
        tags=tuple(_list(parameters, "tag")),
        text=_text(parameters, "text"),
        pending=_choice(parameters, "pending", get_args(PendingChoice)),
        ids=ids or None,
    )
    return RowsQuery(
        where=where,
        counted=_choice(parameters, "counted", get_args(Measure)),
        sort=_choice(parameters, "sort", get_args(Sort)) or "newest",
    )


def _joined(values: Any) -> str:
    """Values with commas between them; a comma or a backslash in one has a backslash before."""
    return ",".join(value.replace("\\", "\\\\").replace(",", "\\,") for value in values)


def _split(text: str) -> list[str]:
    values, current, escaped = [], "", False
    for letter in text:
        if escaped or letter not in "\\,":
            current, escaped = current + letter, False
        elif letter == "\\":
            escaped = True
        else:
            values.append(current)
            current = ""
    return [*values, current]


def _list(parameters: Mapping[str, str], name: str) -> list[str]:
    text = parameters.get(name)
    if not text:
        return []
    values = _split(text)
    if len(values) > MAX_VALUES:
        raise BadQuery(name, f"Give at most {MAX_VALUES} values.")
    if any(not value.strip() or len(value) > MAX_TEXT for value in values):
        raise BadQuery(name, f"Each value has 1 to {MAX_TEXT} characters.")
    if not is_storable(text):
        raise BadQuery(name, "This text cannot be searched for.")
    return values


def _text(parameters: Mapping[str, str], name: str) -> str:
    text = parameters.get(name, "")
    if len(text) > MAX_TEXT or not is_storable(text):
        raise BadQuery(name, f"Give a text of at most {MAX_TEXT} characters.")
    return text


def _ids(name: str, values: list[str]) -> tuple[int, ...]:
    return tuple(_checked(name, _id, value, "Give ids, with commas between.") for value in values)


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 19) or not 0 < int(text) <= MAX_ID:
        raise ValueError(text)
    return int(text)


def _choice(parameters: Mapping[str, str], name: str, choices: tuple[Any, ...]) -> Any:
    value = parameters.get(name)
    if value and value not in choices:
        raise BadQuery(name, f"Give one of: {', '.join(choices)}.")
    return value or None


def _bound(parameters: Mapping[str, str], name: str) -> Decimal | None:
    text = parameters.get(name)
    return _checked(name, _amount, text, "Give a plain decimal such as 12.50.") if text else None


def _amount(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _period(parameters: Mapping[str, str]) -> Period | None:
    start, end = (
        _checked(name, _day, parameters[name], "Give a day as 2026-05-31.")
        if parameters.get(name)
        else None
        for name in ("from", "to")
    )
    if start is None and end is None:
        return None
    first = max(start or EARLIEST, EARLIEST)
    last = date.fromordinal(max((end or LAST_DAY).toordinal() - 1, 1))
    try:
        return Period.of_days(first, last)
    except UnknownPeriod as error:
        raise BadQuery("to", str(error)) from None


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _checked(name: str, read: Callable[[str], T], text: str, message: str) -> T:
    try:
        return read(text)
    except ValueError:
        raise BadQuery(name, message) from None
