"""What the selectors take and return. Money is exact; dates are the user's own days."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from spendo.ledger.money import Money
from spendo.ledger.periods import Period
from spendo.ledger.rates import Rate

Measure = Literal["spending", "income", "net"]
GroupBy = Literal["category", "top_category", "merchant", "tag", "account", "day", "week", "month"]
Direction = Literal["out", "in"]
Sort = Literal["newest", "oldest", "largest"]
PendingChoice = Literal["only", "without"]
Step = Literal["day", "week", "month"]
AccountKind = Literal[
    "checking", "credit_card", "cash", "savings", "investment", "retirement", "loan", "property"
]
AccountGroup = Literal["cash", "saving", "investing_retirement", "property", "loans"]


@dataclass(frozen=True, slots=True)
class LeftOutCurrency:
    """What a total leaves out: it is not in the user's currency, and has no rate of its day."""

    total: Money
    accounts: int
    transactions: int = 0

    @property
    def currency(self) -> str:
        return self.total.currency


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """What an account held at the end of `as_of`, in its own currency; `pending` comes on top.

    `converted` is the balance in the user's currency at `rate`; both are None where no rate of
    that day is known, but for a balance of zero, which is worth nothing at any rate.
    """

    id: int
    name: str
    institution: str
    kind: str
    group: AccountGroup
    balance: Money
    pending: Money
    as_of: date
    converted: Money | None
    rate: Rate | None

    @property
    def currency(self) -> str:
        return self.balance.currency


@dataclass(frozen=True, slots=True)
class AccountTotals:
    """Balances by group, in the user's currency; `partial` when something is left out. What is
    owed on cards lowers cash; what is owed on loans is in `loans`, as a negative amount."""

    total: Money
    cash: Money
    saving: Money
    investing_retirement: Money
    property: Money
    loans: Money
    left_out: list[LeftOutCurrency]
    partial: bool
    hidden_accounts: int
    as_of: date


@dataclass(frozen=True, slots=True)
class NetWorth:
    """`assets` are the positive balances, `liabilities` what is owed (a positive amount)."""

    assets: Money
    liabilities: Money
    total: Money
    as_of: date
    left_out: list[LeftOutCurrency]
    partial: bool
    hidden_accounts: int


@dataclass(frozen=True, slots=True)
class BalancePoint:
    """A balance at the end of a day; `partial` where an account had no rate of that day."""

    date: date
    balance: Money
    partial: bool = False


@dataclass(frozen=True, slots=True)
class AccountHistory:
    """The balances of one account, in its own currency."""

    account: "AccountRef"
    points: list[BalancePoint]


@dataclass(frozen=True, slots=True)
class BalanceHistory:
    """Balances at the ends of days, weeks (Sundays) or months, and on the last day of the period.

    `total` is of all the accounts together, in the user's currency, each converted at the rate of
    the point's day. `left_out` are the accounts that could not be on the last day. The period
    begins when the first of the accounts does.
    """

    accounts: list[AccountHistory]
    total: list[BalancePoint]
    left_out: list[LeftOutCurrency]
    period: Period
    step: Step

    @property
    def partial(self) -> bool:
        return any(point.partial for point in self.total)


@dataclass(frozen=True, slots=True)
class NetWorthHistory:
    """Net worth at the ends of days, weeks (Sundays) or months, and on the period's last day."""

    points: list[NetWorth]
    period: Period
    step: Step

    @property
    def partial(self) -> bool:
        return any(point.partial for point in self.points)


@dataclass(frozen=True, slots=True)
class LowestBalance:
    """The lowest end of a day in a period, and the first day it was reached.

    Of one account in its own currency; of several together in the user's, without those that
    have no rate on some day of the period: `left_out` has their balances on its last one.
    """

    date: date
    balance: Money
    accounts: list["AccountRef"]
    left_out: list[LeftOutCurrency]
    period: Period

    @property
    def partial(self) -> bool:
        return bool(self.left_out)


@dataclass(frozen=True, slots=True)
class CategoryRef:
    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class AccountRef:
    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class NameMatches:
    """What a phrase may name, best first in each list; empty lists when it names nothing."""

    categories: list[CategoryRef]
    merchants: list[str]
    accounts: list[AccountRef]

    def __bool__(self) -> bool:
        return bool(self.categories or self.merchants or self.accounts)


@dataclass(frozen=True, slots=True)
class TransactionFilter:
    """Which transactions to look at; what is left at its default does not narrow.

    Values of one field are alternatives, the fields all have to hold. A category means its
    subtree, unless `include_descendants` is off; `uncategorised` joins `category_ids` as one more
    alternative. `min_amount` and `max_amount` bound the absolute amount in the user's currency,
    both inclusive; a row in another one is converted at the rate of its day. Where they are equal
    the parts of a row of that amount are found, too. `tags` are names in any case. `text` is
    looked for in the merchant, what the bank wrote, and the note, as plain text in any case.
    """

    period: Period | None = None
    category_ids: tuple[int, ...] = ()
    merchants: tuple[str, ...] = ()
    account_ids: tuple[int, ...] = ()
    uncategorised: bool = False
    direction: Direction | None = None
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    include_transfers: bool = False
    include_descendants: bool = True
    tags: tuple[str, ...] = ()
    text: str = ""
    pending: PendingChoice | None = None
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """One transaction; a negative amount is money out. `transfer`: paired or so categorised."""

    id: int
    date: date
    description: str
    merchant: str
    category: str | None
    account: str
    amount: Money
    pending: bool
    transfer: bool


@dataclass(frozen=True, slots=True)
class PendingPart:
    """What would join the total once it posts; `unconverted` more rows have no rate."""

    count: int
    total: Money
    unconverted: int = 0


@dataclass(frozen=True, slots=True)
class Excluded:
    """Rows of the filter that the total does not count, each in one of these.

    `transfers` and `hidden` are numbers of rows. `suspected_transfers` left the user's account
    in a transfer category with no other side known: the newest ten of `suspected_count`.
    """

    transfers: int
    pending: PendingPart
    hidden: int
    suspected_transfers: list[TransactionRow]
    suspected_count: int
    left_out: list[LeftOutCurrency]


@dataclass(frozen=True, slots=True)
class ConvertedCurrency:
    """The part of a total that was in another currency: `total` there is `converted` here.

    Each row at the rate of its own day; `first_rate` and `last_rate` are the first and the last
    that were used. `converted` is rounded by itself.
    """

    total: Money
    converted: Money
    count: int
    first_rate: Rate
    last_rate: Rate

    @property
    def currency(self) -> str:
        return self.total.currency


@dataclass(frozen=True, slots=True)
class SumGroup:
    """`key` is an id, a folded merchant, "2026-05" or a day; "" for no category, merchant or tag.

    A week's key is its Monday. A group of a top category has its subtree in it.
    """

    key: str
    label: str
    total: Money
    count: int


@dataclass(frozen=True, slots=True)
class SumResult:
    """A total over every row of the filter. Spending is positive, refunds reduce it.

    Groups are largest first (days, weeks and months in order) and each is rounded by itself, so
    that a month among others has the figure it has alone: where something was converted they may
    differ from the total by a unit each. Only by tag they may add up to more: a row is in the
    group of each of its tags. `converted` is the part of the total that was in other currencies;
    `partial`: some rows have no rate, they are in `excluded.left_out`. `sample` holds the newest
    rows that were counted, at most ten.
    """

    total: Money
    count: int
    groups: list[SumGroup]
    excluded: Excluded
    period: Period | None
    sample: list[TransactionRow] = field(default_factory=list)
    converted: list[ConvertedCurrency] = field(default_factory=list)

    @property
    def partial(self) -> bool:
        return bool(self.excluded.left_out)


@dataclass(frozen=True, slots=True)
class Median:
    """The amount in the middle of `count` rows; None of none. `left_out` have no rate."""

    amount: Money | None
    count: int
    left_out: list[LeftOutCurrency]

    @property
    def partial(self) -> bool:
        return bool(self.left_out)


@dataclass(frozen=True, slots=True)
class TransactionPage:
    """One page of rows. `after` continues it when `truncated`.

    A filter by amount and the order "largest" compare amounts in the user's currency: then
    rows without a rate are in `left_out`, not in `total_count`.
    """

    rows: list[TransactionRow]
    total_count: int
    after: int | None
    truncated: bool
    left_out: list[LeftOutCurrency]


@dataclass(frozen=True, slots=True)
class DataRange:
    """The days from the first to the last visible transaction, pending ones included."""

    first: date | None
    last: date | None
    count: int
