"""Rollups made of rows: days of the rows, and what is longer of what is shorter."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import islice, pairwise
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    Func,
    Max,
    Q,
    Sum,
    Value,
    When,
)

from spendo.ledger.models import Rollup, Transaction
from spendo.ledger.prepared import Build, text_of
from spendo.ledger.querysets import PENDING, RollupQuerySet, TransactionQuerySet
from spendo.ledger.rollups.pieces import ALL_TIME, ends_of, parts_of, stretches_of
from spendo.ledger.rollups.twins import make_twins_again
from spendo.ledger.rollups.worth import WORTH, abroad

SPLIT = 10**6
"""A sum is high · SPLIT + low."""

Months = set[str]
"""As "2026-05"."""

GRAINS = "DEMQYA"
REPORTED = (Rollup.Scope.CATEGORY, Rollup.Scope.MERCHANT)
"""What reports count, and what they convert."""

MANY_MONTHS, _BLOCK = 12, 5000
_ALIKE = (
    "user_id", "account_id", "scope", "piece", "used_category", "merchant_key", "status", "hidden",
    "is_paired", "is_refund", "direction",
)  # fmt: skip
COLUMNS = (*_ALIKE, "merchant", "number", "high", "low")
LONGER = {
    "E": "'E' || SUBSTR(piece, 2, 8) || CASE WHEN SUBSTR(piece, 10, 2) < '09' THEN '01'"
    " WHEN SUBSTR(piece, 10, 2) < '17' THEN '09' WHEN SUBSTR(piece, 10, 2) < '25' THEN '17'"
    " ELSE '25' END",
    "M": "'M' || SUBSTR(piece, 2, 7)",
    "Q": "'Q' || SUBSTR(piece, 2, 5) || ((CAST(SUBSTR(piece, 7, 2) AS INTEGER) + 2) / 3)",
    "Y": "'Y' || SUBSTR(piece, 2, 4)",
    "A": "'A'",
}
"""The name of the longer piece that a piece is a part of, as SQL."""


class DayPiece(Func):
    """The piece of a date: "D2026-05-14"."""

    output_field = CharField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="('D' || %(expressions)s)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "('D' || TO_CHAR(%(expressions)s, 'YYYY-MM-DD'))"
        return self.as_sql(compiler, connection, template=template, **context)


def make_again(account_id: int, months: Months | None) -> None:
    """The rollups of an account in these months, and of what those are parts of; None: all."""
    if months is None or len(months) > MANY_MONTHS:
        months = None
        _of(account_id).delete()
        pieces: dict[str, list[str]] = {}
        rows = Q(account_id=account_id)
    else:
        pieces, rows = touched(months), Q(account_id=account_id) & _days_of(months)
        for names in named(pieces):
            _of(account_id).filter(names).delete()
    held_abroad = abroad(account_id, months)
    for scope in Rollup.Scope:
        if held_abroad is None or scope not in REPORTED:
            insert_found("ledger_rollup", COLUMNS, day_sums, scope, where=rows)
        else:
            _insert_rows(held_abroad.with_worth(day_sums(rows, scope), SPLIT))
    for shorter, longer in pairwise(GRAINS):
        _add_up(account_id, shorter, longer, pieces)
    make_twins_again(account_id, months)


def _of(account_id: int) -> RollupQuerySet:
    """The rollups of an account; an index has them by scope."""
    return Rollup.objects.filter(account_id=account_id, scope__in=Rollup.Scope.values)


def _alike(where: Q, scope: Rollup.Scope) -> TransactionQuerySet:
    """Rows `with_meaning`, as the scope counts them."""
    rows = Transaction.objects.filter(where).with_meaning().order_by()
    if scope == Rollup.Scope.BALANCE:
        return rows.filter(~PENDING, parent__isnull=True)
    if scope == Rollup.Scope.SHOWN:
        return rows.filter(hidden=False, parent__isnull=True)
    return rows.filter(is_split=False)


def touched(months: Months) -> dict[str, list[str]]:
    """The pieces that the months are, and those they are parts of; days by their month."""
    return {
        "D": sorted(f"D{month}" for month in months),
        "E": [piece for month in sorted(months) for piece in stretches_of(month)],
        "M": sorted(f"M{month}" for month in months),
        "Q": sorted({f"Q{month[:4]}-{(int(month[5:]) + 2) // 3}" for month in months}),
        "Y": sorted({f"Y{month[:4]}" for month in months}),
        "A": ["A"],
    }


def _days_of(months: Months) -> Q:
    found = Q()
    for month in months:
        first, last = ends_of(month)
        found |= Q(date__gte=first, date__lte=last)
    return found


def named(pieces: dict[str, list[str]]) -> list[Q]:
    """Rollups of these pieces, and of the days of these months."""
    longer = [name for grain, names in pieces.items() if grain != "D" for name in names]
    days = [Q(piece__gte=f"{name}-00", piece__lte=f"{name}-99") for name in pieces["D"]]
    return [Q(piece__in=longer), *days]


def day_sums(where: Q, scope: Rollup.Scope) -> Any:
    """Rows of an account as the rollups of their days: the values of `COLUMNS` for each."""
    of_statement = scope in (Rollup.Scope.BALANCE, Rollup.Scope.SHOWN)
    sign = Case(
        When(amount_minor__lt=0, then=Value(-1)),
        When(amount_minor__gt=0, then=Value(1)),
        default=Value(0),
    )
    meaning: dict[str, Any] = (
        {
            "as_category": Value(None, BigIntegerField()),
            "as_merchant": Value(""),
            "as_status": Value("posted"),
            "as_hidden": Value(False),
            "as_paired": Value(False),
            "as_refund": Value(False),
            "sign": Value(0),
        }
        if of_statement
        else {
            "as_category": F("used_category"),
            "as_merchant": F("merchant_key") if scope == Rollup.Scope.MERCHANT else Value(""),
            "as_status": F("status"),
            "as_hidden": F("hidden"),
            "as_paired": F("is_paired"),
            "as_refund": F("is_refund"),
            "sign": sign,
        }
    )
    spelling = Max("merchant") if scope == Rollup.Scope.MERCHANT else Value("")
    return (
        _alike(where, scope)
        .values("user_id", "account_id", scope=Value(scope), piece=DayPiece("date"), **meaning)
        .annotate(
            spelling=spelling,
            n=Count("id"),
            high=Sum(F("amount_minor") / SPLIT),
            low=Sum(F("amount_minor") % SPLIT),
        )
    )


def insert_found(
    table: str, columns: Sequence[str], build: Build, *shape: Hashable, where: Q
) -> None:
    """Put what `build(where, *shape)` finds into a table."""
    select, parameters = text_of(build, *shape, where=where)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {select}", parameters)


def _insert_rows(rows: Iterable[tuple[Any, ...]]) -> None:
    columns = (*COLUMNS, *WORTH)
    places = ", ".join(["%s"] * len(columns))
    rows = iter(rows)
    with connection.cursor() as cursor:
        while block := list(islice(rows, _BLOCK)):
            cursor.executemany(
                f"INSERT INTO ledger_rollup ({', '.join(columns)}) VALUES ({places})", block
            )


def _add_up(account_id: int, shorter: str, longer: str, pieces: dict[str, list[str]]) -> None:
    """The longer pieces of the shorter ones: all, or those that were touched."""
    names = (*_ALIKE, "worth_in")
    alike = ", ".join(LONGER[longer] if name == "piece" else name for name in names)
    scopes = Rollup.Scope.values
    parts, parameters = parts_in(shorter, pieces.get(longer, []))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_rollup ({', '.join(names)}, merchant, number, high, low,"
            " worth_high, worth_low, first_day, last_day)"
            f" SELECT {alike}, MAX(merchant), SUM(number), SUM(high), SUM(low), SUM(worth_high),"
            " SUM(worth_low), MIN(first_day), MAX(last_day) FROM ledger_rollup"
            f" WHERE account_id = %s AND scope IN ({', '.join(['%s'] * len(scopes))}) AND {parts}"
            f" GROUP BY {', '.join(str(place + 1) for place in range(len(names)))}",
            [account_id, *scopes, *parameters],
        )


def parts_in(shorter: str, longer: list[str]) -> tuple[str, list[str]]:
    """As SQL, with its parameters: the shorter pieces that make up the longer ones; all where
    none are named, or all time is."""
    if not longer or longer == [ALL_TIME]:
        return "piece >= %s AND piece <= %s", [f"{shorter}0000", f"{shorter}9999-99-99"]
    parts = [part for piece in longer for part in parts_of(piece)]
    return f"piece IN ({', '.join(['%s'] * len(parts))})", parts
