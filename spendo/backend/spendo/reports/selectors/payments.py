"""The payments among which there is a series, by merchant, account and direction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TypeVar

from django.db.models import Case, Count, IntegerField, Max, Min, Q, Value, When

from spendo.ledger.models import Account, Transaction
from spendo.ledger.prepared import ask, ask_models
from spendo.reports.series import Payment, find_series
from spendo.users.models import User

T = TypeVar("T")

LOOKED_AT = timedelta(days=800)
"""How far back the rows are searched: two years and some weeks, for what comes once a year."""

_DENSE = 4  # days: what comes more often than that on average is a habit, not a series
_BATCH = 500
_COLUMNS = ("merchant_key", "account_id", "money_in", "amount_minor", "date", "id")


@dataclass(frozen=True, slots=True)
class PaymentGroup:
    """Payments of one merchant, account and direction, in order, as the last one calls them."""

    merchant: str
    merchant_key: str
    account: Account
    category_id: int | None
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Payments of a group, by what the rows themselves say."""

    account_id: int
    merchant_key: str
    payments: tuple[Payment, ...]


def statement_rows(user: User) -> Any:
    """The rows that may be payments of a series, those of hidden accounts included."""
    return (
        Transaction.objects.of(user)
        .filter(hidden=False, parent__isnull=True)
        .exclude(merchant_key="")
        .exclude(amount_minor=0)
        .order_by()
    )


def with_series(rows: Any, day: date) -> Iterator[Grouped]:
    """The groups of the `statement_rows` within reach of the day that have a series among them."""
    for group in _groups(rows.filter(date__gte=day - LOOKED_AT, date__lte=day)):
        if find_series(group.payments):
            yield group


def named(user: User, groups: Iterable[Grouped]) -> Iterator[PaymentGroup]:
    """Without those of hidden accounts."""
    visible = ask_models(Account, where=Q(user_id=user.pk, hidden=False))
    accounts = {account.pk: account for account in visible}
    seen = [group for group in groups if group.account_id in accounts]
    last: dict[int, tuple[str, int | None]] = {}
    for batch in in_batches([group.payments[-1].id for group in seen]):
        for number, *called in ask(_called, where=Q(user_id=user.pk, pk__in=batch)):
            last[number] = called[0], called[1]
    for group in seen:
        if group.payments[-1].id in last:
            merchant, category_id = last[group.payments[-1].id]
            account = accounts[group.account_id]
            yield PaymentGroup(merchant, group.merchant_key, account, category_id, group.payments)


def _called(where: Q) -> Any:
    return Transaction.objects.filter(where).values_list("pk", "merchant", "category_id")


def in_batches(items: Sequence[T], length: int = _BATCH) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), length):
        yield items[start : start + length]


def _groups(rows: Any) -> Iterator[Grouped]:
    """The groups in which a series may be.

    Merchants at whom something happens all the time are looked at by exact amount, so that most
    rows of a large ledger never leave the database.
    """
    rows = rows.annotate(
        money_in=Case(
            When(amount_minor__gt=0, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    )
    groups = list(_with_span(rows.values("merchant_key", "account_id", "money_in")))
    sparse = {_key(group) for group in groups if group["n"] > 1 and not _is_dense(group)}
    dense = {_key(group) for group in groups if group["n"] >= 4 and _is_dense(group)}
    yield from _read(rows, sparse, by_amount=False)
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
    yield from _read(rows, steady, by_amount=True)


def _with_span(groups: Any) -> Any:
    return groups.annotate(n=Count("id"), first=Min("date"), last=Max("date"))


def _read(rows: Any, wanted: set[tuple[Any, ...]], *, by_amount: bool) -> Iterator[Grouped]:
    order = _COLUMNS[:4] if by_amount else _COLUMNS[:3]
    for batch in in_batches(sorted({key[0] for key in wanted})):
        chosen = (
            rows.filter(merchant_key__in=batch)
            .order_by(*order, "date", "id")
            .values_list(*_COLUMNS)
        )
        for key, members in groupby(chosen, key=lambda row: row[: len(order)]):
            if key in wanted:
                payments = tuple(Payment(row[4], row[3], row[5]) for row in members)
                yield Grouped(key[1], key[0], payments)


def _key(group: dict[str, Any]) -> tuple[Any, ...]:
    return (group["merchant_key"], group["account_id"], group["money_in"])


def _is_dense(group: dict[str, Any]) -> bool:
    gaps: int = group["n"] - 1
    return bool((group["last"] - group["first"]).days < _DENSE * gaps)
