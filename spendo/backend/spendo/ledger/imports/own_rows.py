"""What only our own table says of a row."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from spendo.ledger.imports.csv_records import Record
from spendo.ledger.imports.errors import RowFault
from spendo.ledger.imports.own_table import unescaped
from spendo.ledger.imports.rows import Item, RowPart, StatementRow


def own_text(record: Record, place: int) -> str:
    return unescaped(record.cells[place]) if 0 <= place < len(record.cells) else ""


def own_fields(record: Record, names: Sequence[str]) -> dict[str, Any]:
    """Fields of a `StatementRow`."""
    named = _named(record, names)
    if named["hidden"] not in ("", "yes"):
        raise RowFault("A row is hidden (“yes”) or not (an empty cell).")
    return {
        "tags": _tags(named["tags"]),
        "hidden": named["hidden"] == "yes",
        "category_kind": named["category_kind"],
        "transfer_number": named["transfer"],
        "split_number": named["split"],
        "split_description": named["split_description"],
    }


def own_account(record: Record, names: Sequence[str]) -> dict[str, str]:
    """Fields of a `StatementAccount`."""
    named = _named(record, names)
    return {"kind": named["account_kind"], "institution": named["institution"]}


def joined(items: Iterator[Item]) -> Iterator[Item]:
    """Parts of one row that follow each other, as that row."""
    parts: list[StatementRow] = []
    for item in items:
        if parts and not (isinstance(item, StatementRow) and _are_of_one(parts[0], item)):
            yield _whole(parts)
            parts = []
        if isinstance(item, StatementRow) and item.split_number:
            parts.append(item)
        else:
            yield item
    if parts:
        yield _whole(parts)


def _are_of_one(one: StatementRow, other: StatementRow) -> bool:
    return (one.split_number, one.account, one.date) == (
        other.split_number,
        other.account,
        other.date,
    )


def _whole(parts: Sequence[StatementRow]) -> StatementRow:
    first = parts[0]
    return replace(
        first,
        amount=sum((part.amount for part in parts), Decimal(0)),
        description=first.split_description or first.description,
        category=(),
        category_kind="",
        parts=tuple(RowPart(part.amount, part.description, part.category) for part in parts),
    )


def _tags(cell: str) -> tuple[str, ...]:
    """A tag may have a comma, so the cell is a table of its own."""
    try:
        return tuple(tag for tags in csv.reader([cell], strict=True) for tag in tags)
    except csv.Error:
        raise RowFault("The tags cannot be read.") from None


def _named(record: Record, names: Sequence[str]) -> dict[str, str]:
    return {name: own_text(record, place) for place, name in enumerate(names)}
