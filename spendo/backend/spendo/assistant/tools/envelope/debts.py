"""What is owed, and the way out of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from spendo.assistant.tools.envelope.base import LedgerEnvelope
from spendo.assistant.tools.envelope.part import Amount, Count, Part, Percent


class PlanPart(Part):
    """`paid_off_in` is the first day of the month of the last payment."""

    strategy: Literal["avalanche", "snowball", "fixed"]
    interest: Amount
    paid: Amount
    months: Count
    paid_off_in: date

    def title(self) -> str:
        return self.strategy


class DebtPart(Part):
    account: str
    balance: Amount
    rate: Percent
    minimum: Amount
    interest: Amount
    months: Count
    paid_off_in: date

    def title(self) -> str:
        return self.account


class DebtMonthPart(Part):
    """The state after the month's payment."""

    month: date
    payment: Amount
    interest: Amount
    balance: Amount

    def title(self) -> str:
        return f"{self.month:%Y-%m}"


class CardUsePart(Part):
    """`percent` and `limit` are null when the card's limit is not known: then say so."""

    account: str
    used: Amount
    limit: Amount | None
    percent: Percent | None

    def title(self) -> str:
        return self.account


class UtilisationPart(Part):
    """Over the cards with a limit; `without_limit` are the others."""

    percent: Percent | None
    used: Amount
    limit: Amount
    cards: tuple[CardUsePart, ...]
    without_limit: tuple[str, ...]


class DebtPlanEnvelope(LedgerEnvelope):
    """`plan` is null when there is none to give: then `refused` says why and what is missing, and
    no figure of a plan may be said. `schedule` has the first 24 months and the last."""

    counted: ClassVar[str] = "debts"

    tool: Literal["debt_plan"] = "debt_plan"
    plan: PlanPart | None
    alternatives: tuple[PlanPart, ...]
    balance: Amount | None
    monthly: Amount | None
    debts: tuple[DebtPart, ...]
    schedule: tuple[DebtMonthPart, ...]
    refused: str | None
    missing_for: tuple[str, ...]
    utilisation: UtilisationPart
    left_out: tuple[str, ...]
    definition: str

    def records(self) -> str:
        """Without a plan what it says is about cards."""
        if not self.count and (self.utilisation.cards or self.utilisation.without_limit):
            return "the cards"
        return super().records()

    def leaves_out(self) -> list[str]:
        return list(self.left_out)
