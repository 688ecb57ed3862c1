"""What the records lack, and what in them looks wrong: what answers cannot be better than."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q

from spendo.ledger.models import Transaction
from spendo.ledger.money import Money
from spendo.ledger.periods import EARLIEST, Period
from spendo.ledger.prepared import ask
from spendo.ledger.querysets import PENDING, VISIBLE
from spendo.ledger.selectors import (
    AccountBalance,
    LeftOutCurrency,
    SumResult,
    TransactionFilter,
    TransactionRow,
    data_range,
    list_accounts,
    shown_days,
    sum_transactions,
)
from spendo.reports.selectors.duplicates import DuplicatesFound, duplicate_charges
from spendo.users.models import User
from spendo.users.selectors import today

PENDING_TOO_LONG = 14
STALE_AFTER = 35
LEAST_GAP = 21
_GAP_FACTOR = 6
_MOST_GAPS = 5
_STILL_KINDS = frozenset({"property", "investment", "retirement"})
_DUPLICATES_LOOKED_AT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between two rows of an account without any; both of these are the days without."""

    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """How far an account's rows go. `is_stale`: nothing for 35 days in an account that usually
    has something at least every 35 days (property, investments and retirement are never stale).
    `gaps`: the longest ones, at least 21 days and six times as long as is usual there."""

    account_id: int
    account: str
    kind: str
    first: date | None
    last: date | None
    count: int
    days_since: int | None
    is_stale: bool
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class DataHealth:
    """`uncategorised` is spending and income without a category (rows; `uncategorised_out` is
    the money out of it). `pending_too_long` are older than 14 days. `suspected` left in a
    transfer category and nobody knows where to. `missing_rates` is money that no total can have
    for want of a rate. `duplicates` are of the last 90 days. `net` is the sum over everything,
    which the counts are from."""

    first: date | None
    last: date | None
    count: int
    accounts: tuple[AccountHealth, ...]
    uncategorised: int
    uncategorised_out: Money
    pending: int
    pending_too_long: int
    oldest_pending: date | None
    suspected: int
    suspected_rows: tuple[TransactionRow, ...]
    missing_rates: tuple[LeftOutCurrency, ...]
    hidden_rows: int
    duplicates: DuplicatesFound
    net: SumResult
    as_of: date

    @property
    def stale(self) -> tuple[AccountHealth, ...]:
        return tuple(each for each in self.accounts if each.is_stale)


def data_health(user: User, *, as_of: date | None = None) -> DataHealth:
    """What there is to answer from, and what is missing or doubtful."""
    now = as_of or today(user)
    everything = data_range(user)
    nowhere = TransactionFilter(uncategorised=True)
    spending = sum_transactions(user, where=nowhere, measure="spending", sample=0)
    income = sum_transactions(user, where=nowhere, measure="income", sample=0)
    net = sum_transactions(user, where=TransactionFilter(), measure="net")
    days = _pending_days(user)
    too_long = now - timedelta(days=PENDING_TOO_LONG)
    recent = Period.of_days(max(EARLIEST, now - _DUPLICATES_LOOKED_AT), now)
    return DataHealth(
        first=everything.first,
        last=everything.last,
        count=everything.count,
        accounts=tuple(_accounts(user, now)),
        uncategorised=spending.count + income.count,
        uncategorised_out=spending.total,
        pending=len(days),
        pending_too_long=sum(1 for day in days if day < too_long),
        oldest_pending=min(days, default=None),
        suspected=net.excluded.suspected_count,
        suspected_rows=tuple(net.excluded.suspected_transfers),
        missing_rates=tuple(net.excluded.left_out),
        hidden_rows=net.excluded.hidden,
        duplicates=duplicate_charges(user, recent),
        net=net,
        as_of=now,
    )


def _pending_days(user: User) -> list[date]:
    """In the order of the index that has what is pending: another one would have every row."""
    pending = PENDING & VISIBLE & Q(user_id=user.pk, is_split=False)
    return [day for (day,) in ask(_days, where=pending)]


def _days(where: Q) -> Any:
    return Transaction.objects.filter(where).order_by("account_id").values_list("date")


def _accounts(user: User, now: date) -> Iterable[AccountHealth]:
    """From the days on which there is something, which are few however many rows."""
    shown = shown_days(user)
    for account in list_accounts(user):
        days, count = shown.get(account.id, ([], 0))
        yield _account(account, days, count, now)


def _account(account: AccountBalance, days: list[date], count: int, now: date) -> AccountHealth:
    last = days[-1] if days else None
    apart = [day - earlier for earlier, day in pairwise(map(date.toordinal, days))]
    usual = sorted(apart)[len(apart) // 2] if apart else None
    since = (now - last).days if last else None
    return AccountHealth(
        account_id=account.id,
        account=account.name,
        kind=account.kind,
        first=days[0] if days else None,
        last=last,
        count=count,
        days_since=since,
        is_stale=since is not None
        and since > STALE_AFTER
        and account.kind not in _STILL_KINDS
        and usual is not None
        and usual <= STALE_AFTER,
        gaps=tuple(_gaps(days, apart, usual)),
    )


def _gaps(days: list[date], apart: list[int], usual: int | None) -> list[Gap]:
    if usual is None:
        return []
    least = max(LEAST_GAP, _GAP_FACTOR * usual)
    gaps = [
        Gap(earlier + timedelta(days=1), day - timedelta(days=1), number - 1)
        for (earlier, day), number in zip(pairwise(days), apart, strict=True)
        if number > least
    ]
    return sorted(gaps, key=lambda gap: -gap.days)[:_MOST_GAPS]
