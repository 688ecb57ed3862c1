"""A series as the reports give it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from spendo.ledger.money import Money
from spendo.reports.rhythm import Cadence, Rhythm
from spendo.reports.series import Amounts

Kind = Literal["subscription", "bill", "income", "transfer"]
Status = Literal["found", "confirmed", "lapsed", "ended", "dismissed"]


@dataclass(frozen=True, slots=True)
class PriceChange:
    """The last change of a price, both as positive amounts; `on` is the first day of the new."""

    old: Money
    new: Money
    on: date

    @property
    def dearer(self) -> bool:
        return self.new > self.old


@dataclass(frozen=True, slots=True)
class Series:
    """Payments that come again and again at one merchant from one account.

    `amount` is what is expected next time, negative for money out. `per_month` and `per_year` are
    `amount` times the number of payments in a year (weekly 52), per month a twelfth of that.
    `next_due` is None for what has ended; it may lie a few days back when the payment is late.
    `missed` are due days without a payment, the newest twelve. `to_account_id` is the other side
    of a transfer. `key` names the series in a scenario. `ids` are its `count` payments, the newest
    first.
    """

    key: str
    merchant: str
    account_id: int
    account: str
    to_account_id: int | None
    category_id: int | None
    category: str | None
    kind: Kind
    cadence: Cadence
    status: Status
    amounts: Amounts
    amount: Money
    per_month: Money
    per_year: Money
    count: int
    first_on: date | None
    last_on: date | None
    next_due: date | None
    is_late: bool
    missed: tuple[date, ...]
    price_change: PriceChange | None
    ids: tuple[int, ...]
    rhythm: Rhythm

    @property
    def is_active(self) -> bool:
        return self.status in ("found", "confirmed")

    def due_between(self, first: date, last: date) -> Iterator[date]:
        """The days it is due from `first` to `last`; one that is late comes on `first`."""
        if self.next_due is None:
            return
        if self.is_late and self.next_due < first:
            yield first
        yield from self.rhythm.due_days(max(first, self.next_due), last)
