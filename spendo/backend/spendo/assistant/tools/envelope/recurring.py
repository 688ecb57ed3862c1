"""What comes again and again, and what of it is due."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from spendo.assistant.tools.envelope.base import LedgerEnvelope, PeriodPart
from spendo.assistant.tools.envelope.part import Amount, Count, Part


class PriceChangePart(Part):
    """The last change of a price: what it is now, what it was, and the first day of the new one."""

    new: Amount
    old: Amount
    on: date
    dearer: bool


class SeriesPart(Part):
    """`key` names it in a forecast's `cancel`. `amount` is what is expected next, negative for
    money out: an estimate when `amounts` is varying. `missed` are due days without a payment."""

    key: str
    merchant: str
    account: str
    category: str | None
    kind: Literal["subscription", "bill", "income", "transfer"]
    cadence: str
    status: Literal["found", "confirmed", "lapsed", "ended", "dismissed"]
    amounts: Literal["fixed", "changed", "varying"]
    amount: Amount
    per_month: Amount
    per_year: Amount
    count: Count
    first_on: date | None
    last_on: date | None
    next_due: date | None
    late: bool
    missed: tuple[date, ...]
    price_change: PriceChangePart | None

    def title(self) -> str:
        return self.merchant


class RecurringEnvelope(LedgerEnvelope):
    """`per_month` and `per_year` are the subscriptions and bills among `series` together, as
    positive amounts; series in other currencies are not in them. Searched since `since`."""

    counted: ClassVar[str] = "series"

    tool: Literal["recurring"] = "recurring"
    series: tuple[SeriesPart, ...]
    per_month: Amount
    per_year: Amount
    missed_count: Count
    dearer_count: Count
    left_out: tuple[str, ...]
    since: date
    cannot_tell: str

    def records(self) -> str:
        return f"{self.count:,} series of payments" if self.count else ""

    def leaves_out(self) -> list[str]:
        return list(self.left_out)


class BillPart(Part):
    """`amount` is positive. `estimate`: it costs something else each time."""

    merchant: str
    amount: Amount
    due_on: date
    account: str
    category: str | None
    cadence: str
    late: bool
    estimate: bool

    def title(self) -> str:
        return self.merchant


class PayDayPart(Part):
    merchant: str
    amount: Amount
    on: date
    account: str
    estimate: bool

    def title(self) -> str:
        return "next pay day" if not self.merchant else self.merchant


class UpcomingBillsEnvelope(LedgerEnvelope):
    """What is due in `period`, late ones first; `total` is of all of them."""

    counted: ClassVar[str] = "bills"

    tool: Literal["upcoming_bills"] = "upcoming_bills"
    period: PeriodPart
    total: Amount
    bills: tuple[BillPart, ...]
    next_pay_day: PayDayPart | None
    left_out: tuple[str, ...]

    def leaves_out(self) -> list[str]:
        return list(self.left_out)


RecurringEnvelopes = RecurringEnvelope | UpcomingBillsEnvelope
