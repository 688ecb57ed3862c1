"""Figures of the demo user's money, computed without a line of Spendo."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path


def last_month() -> tuple[date, date]:
    """The first day of last month and the first day of this one (the demo user lives in UTC)."""
    this = datetime.now(UTC).date().replace(day=1)
    return (this - timedelta(days=1)).replace(day=1), this


def groceries_last_month(database: Path) -> Decimal:
    """What the posted rows of the category add up to."""
    start, end = last_month()
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            """
            SELECT t.amount_minor FROM ledger_transaction t
            JOIN ledger_category c ON c.id = t.category_id
            JOIN users_user u ON u.id = t.user_id
            WHERE u.username = 'demo' AND c.name = 'Groceries'
              AND t.status = 'posted' AND NOT t.is_split AND t.date >= ? AND t.date < ?
            """,
            (start.isoformat(), end.isoformat()),
        ).fetchall()
    assert rows, "the demo data has no groceries last month"
    return -Decimal(sum(amount for (amount,) in rows)) / 100
