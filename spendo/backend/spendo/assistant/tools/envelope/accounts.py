"""What the user has, now and over time."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from spendo.assistant.tools.envelope.base import (
    LedgerEnvelope,
    LeftOut,
    PeriodPart,
    RatePart,
    currencies,
    day_words,
)
from spendo.assistant.tools.envelope.part import Amount, Count, Part

Step = Literal["day", "week", "month"]


class AccountPart(Part):
    """`converted` is the balance in the user's currency at `rate`, that of the day; null without
    one. `pending` comes on top of the balance, and is known for today only."""

    id: int
    name: str
    institution: str
    kind: str
    group: str
    balance: Amount
    pending: Amount
    as_of: date
    converted: Amount | None = None
    rate: RatePart | None = None

    def title(self) -> str:
        return self.name


class AccountsEnvelope(LedgerEnvelope):
    counted: ClassVar[str] = "accounts"

    tool: Literal["list_accounts"] = "list_accounts"
    total: Amount
    cash: Amount
    saving: Amount
    investing_retirement: Amount
    property: Amount
    loans: Amount
    accounts: tuple[AccountPart, ...]
    partial: bool
    left_out: tuple[LeftOut, ...]
    truncated: Literal[False] = False

    def period_words(self) -> str | None:
        days = [account.as_of for account in self.accounts]
        return day_words(max(days)) if days else None

    def leaves_out(self) -> list[str]:
        return currencies(self.left_out)


class AccountBalanceEnvelope(LedgerEnvelope):
    """The balances at the end of the day `on`; `total` is of these accounts together, in the
    user's currency."""

    counted: ClassVar[str] = "accounts"

    tool: Literal["account_balance"] = "account_balance"
    on: date
    words: str
    total: Amount
    accounts: tuple[AccountPart, ...]
    partial: bool
    left_out: tuple[LeftOut, ...]
    truncated: Literal[False] = False

    def period_words(self) -> str | None:
        return self.words

    def leaves_out(self) -> list[str]:
        return currencies(self.left_out)


class BalancePoint(Part):
    """A balance at the end of a day; `partial` where an account had no rate of that day."""

    date: date
    balance: Amount
    partial: bool = False


class AccountSeries(Part):
    """One account in its own currency."""

    name: str
    points: tuple[BalancePoint, ...]

    def title(self) -> str:
        return self.name


class BalanceHistoryEnvelope(LedgerEnvelope):
    """`points` are of the accounts together, in the user's currency, or in its own where it is one
    account; the newest of them where there are too many. `first`, `last`, `lowest` and `highest`
    look at the end of every day of the period, and name the first day of their kind; `change` is
    the last less the first. `series` has each account where there are few."""

    counted: ClassVar[str] = "accounts"

    tool: Literal["balance_history"] = "balance_history"
    period: PeriodPart
    step: Step
    first: BalancePoint | None
    last: BalancePoint | None
    change: Amount | None
    lowest: BalancePoint | None
    highest: BalancePoint | None
    points: tuple[BalancePoint, ...]
    series: tuple[AccountSeries, ...]
    partial: bool
    left_out: tuple[LeftOut, ...]

    def leaves_out(self) -> list[str]:
        return currencies(self.left_out)


class NetWorthPoint(Part):
    """Net worth at the end of a day."""

    date: date
    total: Amount
    assets: Amount
    liabilities: Amount
    partial: bool


class NetWorthEnvelope(LedgerEnvelope):
    """Net worth at the end of the day `on`: what is owned less what is owed. For a period `points`
    has it at the ends of its days, weeks or months, `on` is its last day, and `change` is the last
    point less the first."""

    counted: ClassVar[str] = "accounts"

    tool: Literal["net_worth"] = "net_worth"
    on: date
    words: str
    total: Amount
    assets: Amount
    liabilities: Amount
    step: Step | None = None
    points: tuple[NetWorthPoint, ...] = ()
    change: Amount | None = None
    partial: bool
    left_out: tuple[LeftOut, ...]
    hidden_accounts: Count

    def period_words(self) -> str | None:
        return self.period.words if self.period else self.words

    def records(self) -> str:
        return "all accounts"

    def leaves_out(self) -> list[str]:
        hidden = ["hidden accounts"] if self.hidden_accounts else []
        return [*currencies(self.left_out), *hidden]


class DataRangeEnvelope(LedgerEnvelope):
    tool: Literal["data_range"] = "data_range"
    first: date | None
    last: date | None
    truncated: Literal[False] = False


AccountEnvelopes = (
    AccountsEnvelope
    | AccountBalanceEnvelope
    | BalanceHistoryEnvelope
    | NetWorthEnvelope
    | DataRangeEnvelope
)
