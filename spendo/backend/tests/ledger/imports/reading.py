"""Reading files and texts in tests."""

from io import BytesIO
from pathlib import Path
from typing import Any

from spendo.ledger.imports import (
    IgnoredRow,
    Item,
    ReadOptions,
    RefusedRow,
    StatementRow,
    open_statement,
)

FILES = Path(__file__).resolve().parents[1] / "files"


def items_of(content: bytes, **options: Any) -> list[Item]:
    return list(open_statement(BytesIO(content), ReadOptions(**options)).items())


def rows_of(text: str | bytes, **options: Any) -> list[StatementRow]:
    content = text.encode() if isinstance(text, str) else text
    return [item for item in items_of(content, **options) if isinstance(item, StatementRow)]


def refused_in(text: str | bytes, **options: Any) -> list[tuple[int, str]]:
    content = text.encode() if isinstance(text, str) else text
    items = items_of(content, **options)
    return [(item.line, item.reason) for item in items if isinstance(item, RefusedRow)]


def ignored_in(text: str, **options: Any) -> list[int]:
    items = items_of(text.encode(), **options)
    return [item.line for item in items if isinstance(item, IgnoredRow)]


def file_rows(name: str, **options: Any) -> list[StatementRow]:
    return rows_of((FILES / name).read_bytes(), **options)


def brief(row: StatementRow) -> tuple[str, str, str, str]:
    """(date, amount, currency, description): what a person would check first."""
    return str(row.date), str(row.amount), row.currency, row.description
