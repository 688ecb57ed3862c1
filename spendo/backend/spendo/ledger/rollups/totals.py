"""Totals made of rollups: what all accounts of a user have together that counts as the same."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    DateField,
    F,
    Max,
    Min,
    Q,
    Sum,
    Value,
    When,
)

from spendo.ledger.models import Account, Rollup, Total
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import PENDING, SPENDING
from spendo.ledger.rates import plain_denominator
from spendo.ledger.rollups.making import (
    GRAINS,
    LONGER,
    Months,
    insert_found,
    named,
    parts_in,
    touched,
)
from spendo.ledger.rollups.pieces import all_of

COLUMNS = (
    "user_id", "scope", "piece", "used_category", "merchant_key", "part", "measure", "is_pending",
    "is_transfer", "currency", "worth_in", "merchant", "number", "high", "low", "worth_high",
    "worth_low", "first_day", "last_day",
)  # fmt: skip

_MADE_OF = {
    Total.Scope.ALL: Rollup.Scope.CATEGORY,
    Total.Scope.CATEGORY: Rollup.Scope.CATEGORY,
    Total.Scope.MERCHANT: Rollup.Scope.MERCHANT,
}
_SHORTEST = {Total.Scope.ALL: "D", Total.Scope.CATEGORY: "E", Total.Scope.MERCHANT: "E"}
"""What is made of rollups; longer pieces are made of shorter ones."""

_ALIKE = COLUMNS[:11]
_NO_DAY = Value(None, DateField())


def make_totals_again(user_id: int, months: Months | None) -> None:
    """The totals of a user in these months, and of what those are parts of; None: all."""
    mine = Total.objects.filter(user_id=user_id, scope__in=Total.Scope.values)
    pieces: dict[str, list[str]] = {}
    if months is None:
        mine.delete()
    else:
        pieces = touched(months)
        for names in named(pieces):
            mine.filter(names).delete()
    for scope, grain in _SHORTEST.items():
        for shortest in _chosen(grain, pieces):
            _insert(user_id, scope, shortest)
    for shorter, longer in pairwise(GRAINS):
        _add_up(user_id, shorter, longer, pieces)


def _chosen(grain: str, pieces: dict[str, list[str]]) -> list[Q]:
    """All pieces of a length, or those that were touched."""
    if not pieces:
        return [all_of(grain)]
    return named(pieces)[1:] if grain == "D" else [Q(piece__in=pieces[grain])]


def _insert(user_id: int, scope: Total.Scope, pieces: Q) -> None:
    currencies = _currencies(user_id)
    if currencies:
        where = pieces & _rollups(user_id, scope)
        insert_found("ledger_total", COLUMNS, _totals, scope, *currencies, where=where)


def _add_up(user_id: int, shorter: str, longer: str, pieces: dict[str, list[str]]) -> None:
    """The longer pieces of the shorter ones: all, or those that were touched."""
    alike = ", ".join(LONGER[longer] if name == "piece" else name for name in _ALIKE)
    parts, parameters = parts_in(shorter, pieces.get(longer, []))
    scopes = Total.Scope.values
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_total ({', '.join(COLUMNS)})"
            f" SELECT {alike}, MAX(merchant), SUM(number), SUM(high), SUM(low), SUM(worth_high),"
            " SUM(worth_low), MIN(first_day), MAX(last_day) FROM ledger_total"
            f" WHERE user_id = %s AND scope IN ({', '.join(['%s'] * len(scopes))}) AND {parts}"
            f" GROUP BY {', '.join(str(place + 1) for place in range(len(_ALIKE)))}",
            [user_id, *scopes, *parameters],
        )


def all_totals(user_id: int, scope: Total.Scope) -> Iterable[tuple[Any, ...]]:
    """What the rollups of every length add up to: the values of `COLUMNS` for each total."""
    currencies = _currencies(user_id)
    longer = Q() if scope == Total.Scope.ALL else ~all_of("D")
    return _totals(longer & _rollups(user_id, scope), scope, *currencies) if currencies else ()


def _rollups(user_id: int, scope: Total.Scope) -> Q:
    return Q(user_id=user_id, scope=_MADE_OF[scope])


def _currencies(user_id: int) -> tuple[str, tuple[str, ...]] | None:
    """The user's own currency, and those whose worth in it has another denominator than its own;
    None without any account."""
    held = ask(_held, where=Q(user_id=user_id))
    if not held:
        return None
    own = held[0][1]
    parts = plain_denominator(own, own)
    return own, tuple(sorted({each for each, _ in held if plain_denominator(each, own) != parts}))


def _held(where: Q) -> Any:
    return Account.objects.filter(where).values_list("currency", "user__currency")


def _totals(where: Q, scope: Total.Scope, own: str, apart: tuple[str, ...]) -> Any:
    by_category, by_merchant = scope == Total.Scope.CATEGORY, scope == Total.Scope.MERCHANT
    measure = Case(When(SPENDING, then=Value("spending")), default=Value("income"))
    pending = Case(
        When(PENDING, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    sums = _by_currency() if scope == Total.Scope.ALL else _in_one_currency(own, apart)
    return (
        Rollup.objects.with_meaning()
        .sorted_into_parts(include_transfers=False)
        .filter(where)
        .order_by()
        .values(
            "user_id",
            "piece",
            as_scope=Value(str(scope)),
            as_category=F("used_category") if by_category else Value(None, BigIntegerField()),
            as_merchant=F("merchant_key") if by_merchant else Value(""),
            as_part=F("part"),
            as_measure=measure,
            as_pending=pending,
            as_transfer=F("is_transfer"),
            in_currency=sums.pop("in_currency"),
            with_worth_in=sums.pop("with_worth_in"),
        )
        .annotate(
            spelling=Max("merchant") if by_merchant else Value(""),
            n=Sum("number"),
            worth_highs=Sum("worth_high"),
            worth_lows=Sum("worth_low"),
            **sums,
        )
        .values_list(
            "user_id", "as_scope", "piece", "as_category", "as_merchant", "as_part", "as_measure",
            "as_pending", "as_transfer", "in_currency", "with_worth_in", "spelling", "n", "highs",
            "lows", "worth_highs", "worth_lows", "first", "last",
        )
    )  # fmt: skip


def _by_currency() -> dict[str, Any]:
    return {
        "in_currency": F("account__currency"),
        "with_worth_in": F("worth_in"),
        "highs": Sum("high"),
        "lows": Sum("low"),
        "first": Min("first_day"),
        "last": Max("last_day"),
    }


def _in_one_currency(own: str, apart: tuple[str, ...]) -> dict[str, Any]:
    """What is in the user's currency, and what others were worth in it, side by side; apart from
    that only what has another denominator, or no worth."""
    is_own = Q(account__currency=own)
    is_known = is_own | Q(worth_in=own)
    is_one = is_own | (Q(worth_in=own) & ~Q(account__currency__in=apart))
    return {
        "in_currency": Case(When(is_one, then=Value(own)), default=F("account__currency")),
        "with_worth_in": Case(When(is_known, then=Value(own)), default=Value("")),
        "highs": Sum(Case(When(is_own, then=F("high")), default=Value(0))),
        "lows": Sum(Case(When(is_own, then=F("low")), default=Value(0))),
        "first": _NO_DAY,
        "last": _NO_DAY,
    }
