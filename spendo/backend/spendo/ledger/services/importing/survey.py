"""A first look at a whole file: its accounts, categories and days. No row is kept."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from spendo.ledger.imports import (
    IgnoredRow,
    ImportRefused,
    Item,
    RefusedRow,
    StatementAccount,
    StatementBalance,
    StatementRow,
)
from spendo.ledger.services.importing.keys import Occurrences, short_hash

MOST_ROWS = 1_000_000
_MOST_ACCOUNTS = 200
_MOST_CATEGORIES = 2_000

Path = tuple[str, ...]


@dataclass(slots=True)
class AccountFacts:
    """What the file says of one account."""

    account: StatementAccount
    rows: int = 0
    first: datetime.date | None = None
    last: datetime.date | None = None
    currencies: set[str] = field(default_factory=set)
    by_day: dict[datetime.date, Decimal] = field(default_factory=dict)
    opening: StatementBalance | None = None
    closing: StatementBalance | None = None

    @property
    def currency(self) -> str:
        """The one currency of its rows, or ""."""
        if self.account.currency or len(self.currencies) != 1:
            return self.account.currency
        return next(iter(self.currencies))

    def opening_amount(self) -> Decimal:
        """What was there before the first row, as far as the file says it."""
        if self.opening is not None:
            return self.opening.amount
        if (closing := self.closing) is None:
            return Decimal(0)
        since = (amount for day, amount in self.by_day.items() if day <= closing.date)
        return closing.amount - sum(since, Decimal(0))


@dataclass(slots=True)
class CategoryFacts:
    """How a category is used, from which its kind follows when it has to be made."""

    out: int = 0
    into: int = 0
    kind: str = ""


@dataclass(slots=True)
class Survey:
    accounts: dict[str, AccountFacts] = field(default_factory=dict)
    categories: dict[Path, CategoryFacts] = field(default_factory=dict)
    rows: int = 0
    others: int = 0
    keys: set[bytes] = field(default_factory=set)

    def holds(self, import_key: str) -> bool:
        return short_hash(import_key) in self.keys


def survey(items: Iterable[Item]) -> Survey:
    """Raises ImportRefused for a file with more than a ledger of a person can hold."""
    found = Survey()
    occurrences = Occurrences()
    for item in items:
        match item:
            case StatementRow():
                _note(found, item)
                found.keys.add(short_hash(occurrences.key(item)))
            case StatementAccount():
                _note_account(found, item)
            case StatementBalance():
                _note_balance(found, item)
            case RefusedRow() | IgnoredRow():
                found.others += 1
        if found.rows + found.others > MOST_ROWS:
            raise ImportRefused(
                f"The file has more than {MOST_ROWS:,} rows. Import it in parts.", code="too_large"
            )
    return found


def _note(found: Survey, row: StatementRow) -> None:
    found.rows += 1
    facts = found.accounts[row.account]
    facts.rows += 1
    facts.first = min(facts.first or row.date, row.date)
    facts.last = max(facts.last or row.date, row.date)
    if row.currency:
        facts.currencies.add(row.currency)
    if not row.pending:
        facts.by_day[row.date] = facts.by_day.get(row.date, Decimal(0)) + row.amount
    if row.category:
        _note_category(found, row.category, row.amount, row.category_kind)
    for part in row.parts:
        if part.category:
            _note_category(found, part.category, part.amount, "")


def _note_category(found: Survey, path: Path, amount: Decimal, kind: str) -> None:
    facts = found.categories.setdefault(path, CategoryFacts())
    facts.out += amount < 0
    facts.into += amount > 0
    facts.kind = facts.kind or kind
    if len(found.categories) > _MOST_CATEGORIES:
        raise ImportRefused(f"The file has more than {_MOST_CATEGORIES:,} categories.")


def _note_account(found: Survey, account: StatementAccount) -> None:
    if account.key not in found.accounts:
        found.accounts[account.key] = AccountFacts(account)
    if len(found.accounts) > _MOST_ACCOUNTS:
        raise ImportRefused(f"The file has more than {_MOST_ACCOUNTS:,} accounts.")


def _note_balance(found: Survey, balance: StatementBalance) -> None:
    """The first opening and the last closing balance: a file may have several statements."""
    facts = found.accounts.get(balance.account)
    if facts is None:
        return
    if balance.moment == "opening":
        if facts.opening is None or balance.date < facts.opening.date:
            facts.opening = balance
    elif facts.closing is None or balance.date >= facts.closing.date:
        facts.closing = balance
