"""What the selectors have to find, in plain Python over every row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spendo.ledger.models import Account, Transaction, Transfer
from spendo.ledger.selectors import Measure, TransactionFilter
from spendo.users.models import User

EXPONENTS = {"USD": 2, "EUR": 2, "JPY": 0}


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
        return owed and self.minor > 0 and self.kind is None and not self.paired

    @property
    def out_of_sight(self) -> bool:
        return self.hidden or self.account_hidden


def all_rows() -> list[Row]:
    paired = {
        number
        for pair in Transfer.objects.values_list("outflow_id", "inflow_id")
        for number in pair
    }
    accounts = Account.objects.in_bulk()
    return [
        Row(
            row.pk, row.user_id, row.account_id, accounts[row.account_id].hidden,
            accounts[row.account_id].kind,
            accounts[row.account_id].currency, row.date, row.amount_minor, row.category_id,
            row.category.kind if row.category else None, row.merchant,
            row.status == "pending", row.hidden, row.pk in paired,
        )
        # What has parts is not there: its parts are, which add up to it.
        for row in Transaction.objects.select_related("category").filter(is_split=False)
    ]  # fmt: skip


def matching(rows: list[Row], user: User, where: TransactionFilter) -> list[Row]:
    return [row for row in rows if row.user == user.pk and _matches(row, user, where)]


def _matches(row: Row, user: User, where: TransactionFilter) -> bool:
    if where.period and not where.period.start <= row.date < where.period.end:
        return False
    if where.category_ids or where.uncategorised:
        in_none = where.uncategorised and row.category is None
        if row.category not in where.category_ids and not in_none:
            return False
    if where.merchants and row.merchant.lower() not in where.merchants:
        return False
    if where.account_ids and row.account not in where.account_ids:
        return False
    if where.direction == "in" and row.minor <= 0:
        return False
    if where.direction == "out" and row.minor >= 0:
        return False
    if row.currency == user.currency:
        if where.min_amount is not None and abs(row.amount) < where.min_amount:
            return False
        if where.max_amount is not None and abs(row.amount) > where.max_amount:
            return False
    return True


def measured(row: Row, measure: Measure) -> bool:
    if measure == "net":
        return True
    money_out = row.minor < 0
    if row.transfer or row.kind is None:
        return money_out if measure == "spending" else not money_out
    return row.kind == ("expense" if measure == "spending" else "income")
