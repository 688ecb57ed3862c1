"""The rows in which series are looked for, by merchant, account and direction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from django.db.models import Case, Count, IntegerField, Max, Min, Value, When

from spendo.ledger.models import Account, Transaction
from spendo.reports.series import Payment
from spendo.users.models import User

T = TypeVar("T")

_DENSE = 4  # days: what comes more often than that on average is a habit, not a series
_BATCH = 500
_COLUMNS = (
    "merchant_key", "account_id", "money_in", "amount_minor", "date", "id", "merchant",
    "category_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaymentGroup:
    """Payments of one merchant, account and direction, in order, as the last one calls them."""

    merchant: str
    merchant_key: str
    account: Account
    category_id: int | None
    payments: tuple[Payment, ...]


def payment_groups(user: User, first: date, last: date) -> Iterator[PaymentGroup]:
    """The groups from `first` to `last`, both inclusive, in which a series may be.

    Merchants at whom something happens all the time are looked at by exact amount, so that most
    rows of a large ledger never leave the database.
    """
    rows = _statement_rows(user, first, last)
    accounts = Account.objects.of(user).visible().in_bulk()
    groups = list(_with_span(rows.values("merchant_key", "account_id", "money_in")))
    sparse = {_key(group) for group in groups if group["n"] > 1 and not _is_dense(group)}
    dense = {_key(group) for group in groups if group["n"] >= 4 and _is_dense(group)}
    yield from _read(rows, accounts, sparse, by_amount=False)
    steady: set[tuple[Any, ...]] = set()
    for batch in in_batches(sorted({key[0] for key in dense})):
        amounts = rows.filter(merchant_key__in=batch).values(
            "merchant_key", "account_id", "money_in", "amount_minor"
        )
        steady |= {
            (*_key(group), group["amount_minor"])
            for group in _with_span(amounts).filter(n__gte=4)
            if _key(group) in dense and not _is_dense(group)
        }
    yield from _read(rows, accounts, steady, by_amount=True)


def in_batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _statement_rows(user: User, first: date, last: date) -> Any:
    return (
        Transaction.objects.of(user)
        .on_statements()
        .filter(date__gte=first, date__lte=last)
        .exclude(merchant_key="")
        .exclude(amount_minor=0)
        .annotate(
            money_in=Case(
                When(amount_minor__gt=0, then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )
        .order_by()
    )


def _with_span(groups: Any) -> Any:
    return groups.annotate(n=Count("id"), first=Min("date"), last=Max("date"))


def _read(
    rows: Any,
    accounts: dict[int, Account],
    wanted: set[tuple[Any, ...]],
    *,
    by_amount: bool,
) -> Iterator[PaymentGroup]:
    order = _COLUMNS[:4] if by_amount else _COLUMNS[:3]
    for batch in in_batches(sorted({key[0] for key in wanted})):
        chosen = (
            rows.filter(merchant_key__in=batch)
            .order_by(*order, "date", "id")
            .values_list(*_COLUMNS)
        )
        for key, members in groupby(chosen, key=lambda row: row[: len(order)]):
            if key in wanted:
                group = list(members)
                _, account_id, _, _, _, _, merchant, category_id = group[-1]
                yield PaymentGroup(
                    merchant=merchant,
                    merchant_key=key[0],
                    account=accounts[account_id],
                    category_id=category_id,
                    payments=tuple(Payment(row[4], row[3], row[5]) for row in group),
                )


def _key(group: dict[str, Any]) -> tuple[Any, ...]:
    return (group["merchant_key"], group["account_id"], group["money_in"])


def _is_dense(group: dict[str, Any]) -> bool:
    gaps: int = group["n"] - 1
    return bool((group["last"] - group["first"]).days < _DENSE * gaps)
