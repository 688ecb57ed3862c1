"""What is to come, from what is known to come."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from spendo.assistant.tools.envelope.base import LedgerEnvelope, PeriodPart
from spendo.assistant.tools.envelope.part import Amount, Count, Part
from spendo.assistant.tools.envelope.recurring import BillPart, PayDayPart


class SetAsidePart(Part):
    reason: Literal["bill", "transfer", "goal", "budget"]
    label: str
    amount: Amount

    def title(self) -> str:
        return self.label


class SafeToSpendEnvelope(LedgerEnvelope):
    """`amount` is `spendable` less all of `set_aside`; `short` is what is missing when that is
    less than nothing. `definition` is to be shown with the answer. `count` is of the accounts."""

    counted: ClassVar[str] = "accounts"

    tool: Literal["safe_to_spend"] = "safe_to_spend"
    period: PeriodPart
    amount: Amount
    short: Amount
    per_day: Amount
    spendable: Amount
    bills_total: Amount
    transfers_total: Amount
    goals_total: Amount
    budgets_total: Amount
    days: Count
    set_aside: tuple[SetAsidePart, ...]
    bills: tuple[BillPart, ...]
    pay_day: PayDayPart | None
    accounts: tuple[str, ...]
    left_out: tuple[str, ...]
    definition: str

    def leaves_out(self) -> list[str]:
        return list(self.left_out)

    def label_of(self, field: str) -> str:
        return "safe to spend" if field == "amount" else super().label_of(field)


class ForecastDayPart(Part):
    on: date
    balance: Amount

    def title(self) -> str:
        return self.on.isoformat()


class ForecastEventPart(Part):
    """Negative is money out."""

    label: str
    amount: Amount
    on: date
    account: str
    estimate: bool

    def title(self) -> str:
        return self.label


class ForecastEnvelope(LedgerEnvelope):
    """`days` are those on which the balance changes, and the last one; `definition` is to be shown
    with the answer. With `cancelled` series `end_without_changes` is what `end` would be with
    them. `count` is of the expected payments."""

    counted: ClassVar[str] = "expected payments"

    tool: Literal["forecast_balance"] = "forecast_balance"
    period: PeriodPart
    end: Amount
    end_on: date
    lowest: Amount
    lowest_on: date
    first_below_zero: date | None
    start: Amount
    pending: Amount
    money_in: Amount
    money_out: Amount
    cancelled: tuple[str, ...]
    end_without_changes: Amount
    lowest_without_changes: Amount
    saved_by_cancelling: Amount
    days: tuple[ForecastDayPart, ...]
    events: tuple[ForecastEventPart, ...]
    accounts: tuple[str, ...]
    other_currencies: tuple[str, ...]
    definition: str

    def leaves_out(self) -> list[str]:
        return ["everyday spending", *self.other_currencies]


ForecastEnvelopes = SafeToSpendEnvelope | ForecastEnvelope
