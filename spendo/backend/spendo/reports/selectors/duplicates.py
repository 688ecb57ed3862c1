"""Charges that look as if they had been made twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import Count, F, Max, Min, Q, Sum

from spendo.budgets.months import month_after
from spendo.ledger.models import Rollup, Twin
from spendo.ledger.money import Money, from_minor
from spendo.ledger.periods import Period
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import TransactionQuerySet
from spendo.ledger.rollups import DAYS_APART, are_fresh, in_period
from spendo.ledger.selectors import TransactionFilter
from spendo.ledger.selectors.filters import of_days
from spendo.ledger.selectors.rolled import of_rollups
from spendo.ledger.selectors.rows import Rows
from spendo.reports.selectors.payments import in_batches
from spendo.users.models import User

Row = dict[str, Any]
Verdict = Literal["possible", "routine"]

WITHIN_DAYS = DAYS_APART
_COUNTED = Q(part__in=["counted", "pending"])
_COLUMNS = (
    "merchant_key", "account_id", "amount_minor", "date", "id", "merchant", "account_name",
    "currency",
)  # fmt: skip
_ROUTINE_ROWS = 6
_ROUTINE_DAYS = 10
_ROUTINE_LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class DuplicateCharge:
    """The same amount at the same merchant from the same account, `days` apart.

    "possible" is never more than that: nothing shows that a charge was not meant. "routine" is
    said of a place where the user pays every few days, where two equal charges on one day may
    well be two purchases; there only those of one day are listed.
    """

    ids: tuple[int, ...]
    merchant: str
    account: str
    amount: Money
    first_on: date
    last_on: date
    days: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class DuplicatesFound:
    """`charges` newest first, possible ones before routine ones."""

    charges: tuple[DuplicateCharge, ...]
    possible: int
    routine: int
    period: Period
    within_days: int


def duplicate_charges(user: User, period: Period) -> DuplicatesFound:
    """Charges of a period that may have been made twice, at most three days apart, pending ones
    included; hidden rows and transfers are none."""
    charges = sorted(_found(user, period), key=lambda each: (each.last_on, each.ids), reverse=True)
    possible = [each for each in charges if each.verdict == "possible"]
    routine = [each for each in charges if each.verdict == "routine"]
    return DuplicatesFound(
        charges=(*possible, *routine),
        possible=len(possible),
        routine=len(routine),
        period=period,
        within_days=WITHIN_DAYS,
    )


def _found(user: User, period: Period) -> Iterator[DuplicateCharge]:
    runs = list(_runs(_in_order(user, period), WITHIN_DAYS))
    routine = _routine(user, period, sorted({run[0]["merchant_key"] for run in runs}))
    for run in runs:
        if run[0]["merchant_key"] in routine:
            yield from (_charge(each, "routine") for each in _runs(run, 0))
        else:
            yield _charge(run, "possible")


def _in_order(user: User, period: Period) -> Iterator[Row]:
    """The charges of the period that may have another one near them."""
    rows = _charges(user).filter(of_days(period))
    if are_fresh(user):
        near = Q(user_id=user.pk) & of_days(period)
        twins = [number for (number,) in ask(_twins, where=near)]
        batches = [rows.filter(Q(pk__in=ids)) for ids in in_batches(twins)]
    else:
        batches = [rows]
    found = [row for batch in batches for row in batch.read(_in_columns)]
    for row in sorted(found):
        yield dict(zip(_COLUMNS, row, strict=True))


def _twins(where: Q) -> Any:
    return Twin.objects.filter(where).values_list("transaction_id")


def _in_columns(rows: TransactionQuerySet) -> Any:
    named = rows.annotate(account_name=F("account__name"), currency=F("account__currency"))
    return named.order_by().values_list(*_COLUMNS)


def _charges(user: User) -> Rows:
    conditions = _COUNTED & Q(user_id=user.pk, amount_minor__lt=0) & ~Q(merchant_key="")
    return Rows(conditions, include_transfers=False)


def _routine(user: User, period: Period, merchants: list[str]) -> set[str]:
    """The merchants at whom the user pays at least six times and every ten days on average."""
    if not merchants:
        return set()
    since = min(period.end - _ROUTINE_LOOK_BACK, period.start)
    found = _surely_routine(user, since, period.end) if are_fresh(user) else set()
    for batch in in_batches([each for each in merchants if each not in found]):
        looked_at = Q(merchant_key__in=batch, date__gte=since, date__lt=period.end)
        found |= {
            merchant
            for merchant, number, first, last in _charges(user).filter(looked_at).read(_spans)
            if (last - first).days <= _ROUTINE_DAYS * (number - 1)
        }
    return found


def _spans(rows: TransactionQuerySet) -> Any:
    spans = rows.order_by().values("merchant_key")
    spans = spans.annotate(n=Count("id"), first=Min("date"), last=Max("date"))
    spans = spans.filter(n__gte=_ROUTINE_ROWS)
    return spans.values_list("merchant_key", "n", "first", "last")


def _surely_routine(user: User, since: date, end: date) -> set[str]:
    """Those with so many charges in the whole months alone that they are every ten days on
    average, whichever days they are of: it need not be asked of the rows."""
    longest = (end - since).days - 1  # from the first charge to the last one
    enough = max(_ROUTINE_ROWS, -(-longest // _ROUTINE_DAYS) + 1)
    first, last = month_after(since), end.replace(day=1)
    if last <= first:
        return set()
    paid = of_rollups(user, TransactionFilter(direction="out"), "merchant")
    counted = ask(_counted, where=paid & in_period(Period(first, last, "")) & _COUNTED)
    return {merchant for merchant, number in counted if number >= enough}


def _counted(where: Q) -> Any:
    rows = Rollup.objects.with_meaning().sorted_into_parts(include_transfers=False).filter(where)
    counted = rows.order_by().values("merchant_key").annotate(n=Sum("number"))
    return counted.values_list("merchant_key", "n")


def _runs(rows: Iterable[Row], within_days: int) -> Iterator[list[Row]]:
    """Neighbours that are alike and no further apart than that; two at least."""
    run: list[Row] = []
    for row in rows:
        if run and _key(row) == _key(run[-1]) and _days(run[-1], row) <= within_days:
            run.append(row)
            continue
        if len(run) > 1:
            yield run
        run = [row]
    if len(run) > 1:
        yield run


def _charge(run: list[Row], verdict: Verdict) -> DuplicateCharge:
    return DuplicateCharge(
        ids=tuple(each["id"] for each in run),
        merchant=run[-1]["merchant"],
        account=run[-1]["account_name"],
        amount=from_minor(-run[-1]["amount_minor"], run[-1]["currency"]),
        first_on=run[0]["date"],
        last_on=run[-1]["date"],
        days=_days(run[0], run[-1]),
        verdict=verdict,
    )


def _days(earlier: Row, later: Row) -> int:
    days: int = (later["date"] - earlier["date"]).days
    return days


def _key(row: Row) -> tuple[Any, ...]:
    return (row["merchant_key"], row["account_id"], row["amount_minor"])
