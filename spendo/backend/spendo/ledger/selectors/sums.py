"""Totals over transactions, made in SQL over every row."""

from typing import Any

from django.db.models import Count, F, Max, Q

from spendo.ledger.aggregates import ExactSum
from spendo.ledger.money import Money, from_minor
from spendo.ledger.periods.period import MONTHS
from spendo.ledger.querysets import TransactionQuerySet
from spendo.ledger.selectors.filters import narrowed
from spendo.ledger.selectors.transactions import transaction_rows
from spendo.ledger.selectors.types import (
    Excluded,
    GroupBy,
    LeftOutCurrency,
    Measure,
    PendingPart,
    SumGroup,
    SumResult,
    TransactionFilter,
    TransactionRow,
)
from spendo.users.models import User

SAMPLE = 10

_MONEY_OUT = Q(amount_minor__lt=0)
_EXPENSE = Q(category__kind="expense") | (Q(category__isnull=True) & _MONEY_OUT)
_INCOME = Q(category__kind="income") | (Q(category__isnull=True) & ~_MONEY_OUT)

# A transfer belongs to neither by its category; what it would be, if counted, is its direction.
_MEASURED: dict[Measure, Q] = {
    "spending": (Q(is_transfer=True) & _MONEY_OUT) | (Q(is_transfer=False) & _EXPENSE),
    "income": (Q(is_transfer=True) & ~_MONEY_OUT) | (Q(is_transfer=False) & _INCOME),
    "net": Q(),
}


def sum_transactions(
    user: User, *, where: TransactionFilter, measure: Measure, group_by: GroupBy | None = None
) -> SumResult:
    """The exact total of `measure` over every matching row, in the user's currency.

    Spending is what went out in expense categories or without a category, less refunds in
    expense categories. Income is what came in in income categories or without a category.
    Net is income less spending. Transfers are in none, unless the filter includes them.
    """
    rows = (
        narrowed(user, where)
        .with_transfer_mark()
        .filter(_MEASURED[measure])
        .sorted_into_parts(include_transfers=where.include_transfers)
    )
    parts = _parts(rows, negate=measure == "spending")
    counted = rows.filter(Q(part="counted", account__currency=user.currency))
    total, count, _ = parts.get((user.currency, "counted"), (Money.zero(user.currency), 0, 0))
    pending, pending_count, _ = parts.get(
        (user.currency, "pending"), (Money.zero(user.currency), 0, 0)
    )
    suspected_count = _count(parts, "suspected")
    return SumResult(
        total=total,
        count=count,
        groups=_groups(user, counted, group_by, negate=measure == "spending") if group_by else [],
        excluded=Excluded(
            transfers=_count(parts, "transfer"),
            pending=PendingPart(count=pending_count, total=pending),
            hidden=_count(parts, "hidden"),
            suspected_transfers=_newest(rows.filter(Q(part="suspected")))
            if suspected_count
            else [],
            suspected_count=suspected_count,
            left_out=[
                LeftOutCurrency(total=money, accounts=accounts, transactions=number)
                for (currency, part), (money, number, accounts) in sorted(parts.items())
                if part == "counted" and currency != user.currency
            ],
        ),
        period=where.period,
        sample=_newest(counted) if count else [],
    )


Parts = dict[tuple[str, str], tuple[Money, int, int]]
"""By currency and part: the total, the number of rows, the number of accounts."""


def _parts(rows: TransactionQuerySet, *, negate: bool) -> Parts:
    sums = (
        rows.order_by()
        .values(bucket=F("part"), currency=F("account__currency"))
        .annotate(
            minor=ExactSum("amount_minor"),
            number=Count("id"),
            accounts=Count("account", distinct=True),
        )
    )
    return {
        (row["currency"], row["bucket"]): (
            _money(row["minor"], row["currency"], negate=negate),
            row["number"],
            row["accounts"],
        )
        for row in sums
    }


def _money(minor: int, currency: str, *, negate: bool) -> Money:
    return from_minor(-minor if negate else minor, currency)


def _count(parts: Parts, part: str) -> int:
    return sum(number for (_, name), (_, number, _) in parts.items() if name == part)


def _newest(rows: TransactionQuerySet) -> list[TransactionRow]:
    return transaction_rows(rows.order_by("-date", "-id")[:SAMPLE])


def _groups(
    user: User, rows: TransactionQuerySet, group_by: GroupBy, *, negate: bool
) -> list[SumGroup]:
    if group_by == "month":
        return _months(user, rows, negate=negate)
    groups = [
        SumGroup(
            *_key_and_label(row, group_by),
            total=_money(row["minor"], user.currency, negate=negate),
            count=row["number"],
        )
        for row in _grouped(rows.order_by(), group_by).annotate(
            minor=ExactSum("amount_minor"), number=Count("id")
        )
    ]
    return sorted(groups, key=lambda group: (-group.total.amount, group.label, group.key))


def _months(user: User, rows: TransactionQuerySet, *, negate: bool) -> list[SumGroup]:
    """Summed by day in SQL and by month here: SQLite takes a date apart very slowly."""
    months: dict[tuple[int, int], tuple[int, int]] = {}
    days = rows.order_by().values("date").annotate(minor=ExactSum("amount_minor"), n=Count("id"))
    for day in days.order_by("date"):
        month = (day["date"].year, day["date"].month)
        minor, number = months.get(month, (0, 0))
        months[month] = (minor + day["minor"], number + day["n"])
    return [
        SumGroup(
            key=f"{year:04}-{month:02}",
            label=f"{MONTHS[month - 1]} {year}",
            total=_money(minor, user.currency, negate=negate),
            count=number,
        )
        for (year, month), (minor, number) in months.items()
    ]


def _grouped(rows: TransactionQuerySet, group_by: GroupBy) -> Any:
    match group_by:
        case "category":
            return rows.values(key=F("category_id"), label=F("category__name"))
        case "merchant":
            return rows.values(key=F("merchant_key")).annotate(label=Max("merchant"))
        case "account":
            return rows.values(key=F("account_id"), label=F("account__name"))
        case "month":
            raise ValueError(group_by)  # see _months


def _key_and_label(row: dict[str, Any], group_by: GroupBy) -> tuple[str, str]:
    nameless = "Uncategorised" if group_by == "category" else "No merchant"
    return str(row["key"] or ""), row["label"] or nameless
