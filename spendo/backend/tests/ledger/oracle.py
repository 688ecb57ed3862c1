"""What the selectors have to find, in plain Python over every row."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from spendo.ledger.models import Account, Category, ExchangeRate, Transaction, Transfer
from spendo.ledger.selectors import Measure, TransactionFilter
from spendo.users.models import User

EXPONENTS = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}


@dataclass(frozen=True)
class Row:
    """A transaction as the oracle knows it, read once from the tables without any selector."""

    id: int
    user: int
    account: int
    account_hidden: bool
    account_kind: str
    currency: str
    date: date
    minor: int
    category: int | None
    kind: str | None
    merchant: str
    pending: bool
    hidden: bool
    paired: bool
    refund: bool
    worth: Fraction | None
    """In the user's currency, not rounded; None where no rate of the week before is known."""
    whole: Fraction | None
    """What the row it is a part of was worth."""

    @property
    def amount(self) -> Decimal:
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency])

    @property
    def transfer(self) -> bool:
        return self.paired or self.kind == "transfer"

    @property
    def came_to_card(self) -> bool:
        """Money into what is owed, for no known reason."""
        owed = self.account_kind in ("credit_card", "loan")
        unknown = self.kind is None and not self.paired and not self.refund
        return owed and self.minor > 0 and unknown

    @property
    def out_of_sight(self) -> bool:
        return self.hidden or self.account_hidden


def all_rows() -> list[Row]:
    paired = {
        number
        for pair in Transfer.objects.values_list("outflow_id", "inflow_id")
        for number in pair
    }
    accounts, kinds = Account.objects.in_bulk(), dict(Category.objects.values_list("id", "kind"))
    everything = Transaction.objects.select_related("user").in_bulk()
    rates = {
        (rate.user_id, rate.base, rate.quote, rate.date): Fraction(rate.rate)
        for rate in ExchangeRate.objects.all()
    }
    found = []
    for row in everything.values():
        if row.is_split:  # its parts are there, which add up to it
            continue
        account = accounts[row.account_id]
        category = row.category_id
        if row.refund_of_id and everything[row.refund_of_id].category_id:
            category = everything[row.refund_of_id].category_id
        worth = _worth(rates, row, account.currency)
        whole = (
            _worth(rates, everything[row.parent_id], account.currency) if row.parent_id else None
        )
        found.append(
            Row(
                row.pk, row.user_id, row.account_id, account.hidden, account.kind,
                account.currency, row.date, row.amount_minor, category,
                kinds[category] if category else None, row.merchant,
                row.status == "pending", row.hidden, row.pk in paired,
                row.refund_of_id is not None, worth, whole,
            )
        )  # fmt: skip
    return found


def _worth(
    rates: dict[tuple[int, str, str, date], Fraction], row: Transaction, currency: str
) -> Fraction | None:
    amount = Fraction(row.amount_minor, 10 ** EXPONENTS[currency])
    own = row.user.currency
    if currency == own:
        return amount
    for days in range(8):
        day = row.date - timedelta(days=days)
        if rate := rates.get((row.user_id, currency, own, day)):
            return amount * rate
        if rate := rates.get((row.user_id, own, currency, day)):
            return amount / rate
    return None


def matching(rows: list[Row], user: User, where: TransactionFilter) -> list[Row]:
    return [row for row in rows if row.user == user.pk and _matches(row, user, where)]


def _above(category: int | None) -> set[int]:
    """The category and all above it."""
    parents, found = dict(Category.objects.values_list("id", "parent_id")), set()
    while category is not None:
        found.add(category)
        category = parents[category]
    return found


def _matches(row: Row, user: User, where: TransactionFilter) -> bool:
    if where.period and not where.period.start <= row.date < where.period.end:
        return False
    if where.category_ids or where.uncategorised:
        in_none = where.uncategorised and row.category is None
        if not _above(row.category) & set(where.category_ids) and not in_none:
            return False
    if where.merchants and row.merchant.lower() not in where.merchants:
        return False
    if where.account_ids and row.account not in where.account_ids:
        return False
    if where.direction == "in" and row.minor <= 0:
        return False
    if where.direction == "out" and row.minor >= 0:
        return False
    if row.worth is None or (where.min_amount is None and where.max_amount is None):
        return True
    exact = where.min_amount == where.max_amount
    sizes = [row.worth, row.whole] if exact and row.whole is not None else [row.worth]
    return any(_within(abs(size), where) for size in sizes)


def _within(size: Fraction, where: TransactionFilter) -> bool:
    if where.min_amount is not None and size < Fraction(where.min_amount):
        return False
    return where.max_amount is None or size <= Fraction(where.max_amount)


def measured(row: Row, measure: Measure) -> bool:
    if measure == "net":
        return True
    money_out = row.minor < 0
    if row.kind is None and row.refund and not row.transfer:
        money_out = not money_out  # it takes back what went the other way
    if row.transfer or row.kind is None:
        return money_out if measure == "spending" else not money_out
    return row.kind == ("expense" if measure == "spending" else "income")
