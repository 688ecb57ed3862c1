"""Rows of money out that have another one near them: same account, merchant and amount."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import connection

from spendo.ledger.models import Twin
from spendo.ledger.rollups.pieces import ends_of

DAYS_APART = 3
"""How far apart two rows may be and still be twins."""

_NEAR = timedelta(days=DAYS_APART)
_DAYS = {"sqlite": "JULIANDAY({}) - JULIANDAY({})", "postgresql": "{} - {}"}


def make_twins_again(account_id: int, months: Collection[str] | None) -> None:
    """The twins of an account in these months and next to them; None: all."""
    if months is None:
        Twin.objects.filter(account_id=account_id).delete()
        _insert(account_id, date.min, date.max)
        return
    for month in months:
        first, last = ends_of(month)
        first, last = first - _NEAR, last + min(_NEAR, date.max - last)
        Twin.objects.filter(account_id=account_id, date__gte=first, date__lte=last).delete()
        _insert(account_id, first, last)


def _insert(account_id: int, first: date, last: date) -> None:
    """Those of the days from `first` to `last`; their others may be a few days outside."""
    apart = _DAYS[connection.vendor]
    near = " OR ".join(
        f"{apart.format(later, earlier)} <= {DAYS_APART}"
        for later, earlier in (("date", "before"), ("after", "date"))
    )
    begin, end = first - min(_NEAR, first - date.min), last + min(_NEAR, date.max - last)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_twin (user_id, account_id, date, transaction_id)"
            " SELECT user_id, account_id, date, id FROM ("
            "SELECT id, user_id, account_id, date, LAG(date) OVER alike AS before,"
            " LEAD(date) OVER alike AS after FROM ledger_transaction"
            " WHERE account_id = %s AND date >= %s AND date <= %s"
            " AND amount_minor < 0 AND merchant_key <> ''"
            " WINDOW alike AS (PARTITION BY merchant_key, amount_minor ORDER BY date, id)"
            f") AS outgoing WHERE date >= %s AND date <= %s AND ({near})",
            [account_id, *map(str, (begin, end, first, last))],
        )
