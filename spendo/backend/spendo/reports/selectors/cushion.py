"""How long the savings would last."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median

from spendo.budgets.months import month_of, months_between, whole_months_before
from spendo.ledger.money import Money, round_money
from spendo.ledger.periods import Period
from spendo.ledger.selectors import (
    AccountBalance,
    TransactionFilter,
    data_range,
    list_accounts,
    sum_transactions,
)
from spendo.users.models import User
from spendo.users.selectors import today


@dataclass(frozen=True, slots=True)
class MonthsCovered:
    """`months` is savings ÷ usual spending, one decimal; None when nothing is known of spending.

    `usual` is the median of the spending of the whole months in `period`, at most six, those
    before the records begin left out. `left_out` names savings in other currencies.
    """

    months: Decimal | None
    savings: Money
    usual: Money | None
    period: Period | None
    accounts: tuple[AccountBalance, ...]
    left_out: tuple[str, ...]
    as_of: date


def months_covered(user: User, *, months: int = 6, as_of: date | None = None) -> MonthsCovered:
    """How many months of usual spending the savings accounts hold."""
    now = as_of or today(user)
    found = [each for each in list_accounts(user) if each.kind == "savings"]
    own = [each for each in found if each.currency == user.currency]
    savings = Money.zero(user.currency)
    for account in own:
        savings += account.balance
    period = _known_months(user, now, months)
    usual = _usual(user, period) if period else None
    return MonthsCovered(
        months=_quotient(savings, usual) if usual and usual.amount > 0 else None,
        savings=savings,
        usual=usual,
        period=period,
        accounts=tuple(own),
        left_out=tuple(sorted({each.currency for each in found} - {user.currency})),
        as_of=now,
    )


def _known_months(user: User, now: date, months: int) -> Period | None:
    asked = whole_months_before(now, months)
    first = data_range(user).first
    if first is None or month_of(first).start >= asked.end:
        return None
    return Period.of_days(max(asked.start, month_of(first).start), asked.last_day)


def _usual(user: User, period: Period) -> Money:
    where = TransactionFilter(period=period)
    found = sum_transactions(user, where=where, measure="spending", group_by="month", sample=0)
    spent = {group.key: group.total.amount for group in found.groups}
    months = [f"{each:%Y-%m}" for each in months_between(period.start, period.last_day)]
    exact: Decimal = median(spent.get(month, Decimal(0)) for month in months)
    return round_money(exact, user.currency)


def _quotient(savings: Money, usual: Money) -> Decimal:
    exact = max(Decimal(0), savings.amount) / usual.amount
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
