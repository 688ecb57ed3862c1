"""What the user has."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from spendo.assistant.tools.envelope.base import LedgerEnvelope, LeftOut, currencies, day_words
from spendo.assistant.tools.envelope.part import Amount, Count, Part


class AccountPart(Part):
    id: int
    name: str
    institution: str
    kind: str
    group: str
    balance: Amount
    pending: Amount
    as_of: date

    def title(self) -> str:
        return self.name


class AccountsEnvelope(LedgerEnvelope):
    counted: ClassVar[str] = "accounts"

    tool: Literal["list_accounts"] = "list_accounts"
    accounts: tuple[AccountPart, ...]
    total: Amount
    cash: Amount
    saving: Amount
    investing_retirement: Amount
    partial: bool
    left_out: tuple[LeftOut, ...]
    truncated: Literal[False] = False

    def period_words(self) -> str | None:
        days = [account.as_of for account in self.accounts]
        return day_words(max(days)) if days else None

    def leaves_out(self) -> list[str]:
        return currencies(self.left_out)


class NetWorthEnvelope(LedgerEnvelope):
    counted: ClassVar[str] = "accounts"

    tool: Literal["net_worth"] = "net_worth"
    on: date
    words: str
    total: Amount
    assets: Amount
    liabilities: Amount
    partial: bool
    left_out: tuple[LeftOut, ...]
    hidden_accounts: Count
    truncated: Literal[False] = False

    def period_words(self) -> str | None:
        return self.words

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


AccountEnvelopes = AccountsEnvelope | NetWorthEnvelope | DataRangeEnvelope
