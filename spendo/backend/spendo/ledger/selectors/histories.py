"""Balances over time: at the ends of days, weeks and months of the user's own calendar."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import OuterRef, Subquery

from spendo.ledger.models import Account, Transaction, Valuation
from spendo.ledger.money import from_minor
from spendo.ledger.periods import Period
from spendo.ledger.rates import ExactTotal, Rates, rates_into
from spendo.ledger.rollups import Grain
from spendo.ledger.selectors.accounts import (
    hidden_accounts,
    known_accounts,
    left_out_of,
    net_worth_of,
)
from spendo.ledger.selectors.balances import Balances
from spendo.ledger.selectors.types import (
    AccountHistory,
    AccountRef,
    BalanceHistory,
    BalancePoint,
    LowestBalance,
    NetWorthHistory,
    Step,
)
from spendo.users.models import User

_A_DAY = timedelta(days=1)


def balance_history(
    user: User, account_ids: Sequence[int] | None, period: Period, step: Step = "day"
) -> BalanceHistory:
    """The balances of the accounts (None: all that are visible) over the period. Raises
    UnknownRow."""
    series = _Series(user, known_accounts(user, account_ids), period, step)
    return BalanceHistory(
        accounts=[
            AccountHistory(
                _ref(account),
                [
                    BalancePoint(day, from_minor(minor, account.currency))
                    for day, minor in zip(series.days, series.minors[account.pk], strict=True)
                ],
            )
            for account in series.accounts
        ],
        total=[series.total(place) for place in range(len(series.days))],
        left_out=left_out_of(series.without_rate(-1)) if series.days else [],
        period=series.period,
        step=step,
    )


def net_worth_history(user: User, period: Period, step: Step = "month") -> NetWorthHistory:
    """Net worth over the period, each point as `net_worth` has it."""
    series = _Series(user, known_accounts(user, None), period, step)
    hidden = hidden_accounts(user)
    points = [
        net_worth_of(
            user,
            [worth for worth in series.worths(place) if worth is not None],
            left_out_of(series.without_rate(place)),
            as_of=day,
            hidden=hidden,
        )
        for place, day in enumerate(series.days)
    ]
    return NetWorthHistory(points=points, period=series.period, step=step)


def lowest_balance(
    user: User, account_ids: Sequence[int] | None, period: Period
) -> LowestBalance | None:
    """The lowest balance of the accounts (None: all that are visible) taken together, and its
    first day. None where there is no account. Raises UnknownRow."""
    accounts = known_accounts(user, account_ids)
    series = _Series(user, accounts, period, "day")
    if not accounts or not series.days:
        return None
    if len(accounts) == 1:
        minors, currency = series.minors[accounts[0].pk], accounts[0].currency
        lowest = min(range(len(minors)), key=lambda place: minors[place])
        point = BalancePoint(series.days[lowest], from_minor(minors[lowest], currency))
        gone: list[Account] = []
    else:
        gone = series.lack_a_rate()
        kept = [account for account in accounts if account not in gone]
        totals = [series.sum_of(kept, place) for place in range(len(series.days))]
        exact = [total.exact() for total in totals]
        lowest = min(range(len(exact)), key=lambda place: exact[place])
        point = BalancePoint(series.days[lowest], totals[lowest].money(user.currency))
    return LowestBalance(
        date=point.date,
        balance=point.balance,
        accounts=[_ref(account) for account in accounts if account not in gone],
        left_out=left_out_of((account, series.minors[account.pk][-1]) for account in gone),
        period=series.period,
    )


class _Series:
    """The balances of accounts on the days of a history."""

    def __init__(self, user: User, accounts: list[Account], period: Period, step: Step) -> None:
        self.accounts = accounts
        self.period = _from_first_day(user, accounts, period)
        self.days = list(_ends(self.period, step))
        self._currency = user.currency
        self.minors: dict[int, list[int]] = {}
        self._rates = Rates(user.currency, {})
        if self.days and accounts:
            grain: Grain = "month" if step == "month" else "day"
            balances = Balances(user, accounts, self.days[0], self.days[-1], grain)
            self.minors = {each.pk: balances.on(each.pk, self.days) for each in accounts}
            self._rates = rates_into(
                user,
                user.currency,
                {(each.currency, day) for each in accounts for day in self.days},
                between=step != "month",
            )

    def worth(self, account: Account, place: int) -> Fraction | None:
        """In minor units of the user's currency, not rounded; None where there is no rate. Nothing
        is worth nothing without one."""
        minor = self.minors[account.pk][place]
        if not minor:
            return Fraction(0)
        rate = self._rates.on(account.currency, self.days[place])
        return rate.convert(minor) if rate else None

    def worths(self, place: int) -> list[Fraction | None]:
        return [self.worth(account, place) for account in self.accounts]

    def without_rate(self, place: int) -> list[tuple[Account, int]]:
        return [
            (account, self.minors[account.pk][place])
            for account in self.accounts
            if self.worth(account, place) is None
        ]

    def lack_a_rate(self) -> list[Account]:
        """The accounts that cannot be converted on every day."""
        return [
            account
            for account in self.accounts
            if any(self.worth(account, place) is None for place in range(len(self.days)))
        ]

    def sum_of(self, accounts: list[Account], place: int) -> ExactTotal:
        total = ExactTotal()
        for account in accounts:
            total.add(self.worth(account, place) or 0)
        return total

    def total(self, place: int) -> BalancePoint:
        return BalancePoint(
            self.days[place],
            self.sum_of(self.accounts, place).money(self._currency),
            partial=None in self.worths(place),
        )


def _ref(account: Account) -> AccountRef:
    return AccountRef(account.pk, account.name, account.kind)


def _from_first_day(user: User, accounts: list[Account], period: Period) -> Period:
    """The period without the days before anything is known of the accounts; its last day stays."""
    if not accounts or period.end <= period.start:
        return period
    first = min(account.opened_on for account in accounts)
    for model in (Transaction, Valuation):
        rows = model._default_manager.filter(account=OuterRef("pk")).order_by("date")
        found = (
            Account.objects.of(user)
            .filter(pk__in=[account.pk for account in accounts])
            .annotate(first_day=Subquery(rows.values("date")[:1]))
            .values_list("first_day", flat=True)
        )
        first = min([first, *(day for day in found if day is not None)])
    if first <= period.start:
        return period
    return Period.of_days(min(first, period.last_day), period.last_day)


def _ends(period: Period, step: Step) -> Iterator[date]:
    """The last days of the period's days, weeks or months, and its own."""
    day = period.start
    while day < period.end:
        end = min(_end_of(day, step), period.last_day)
        yield end
        if end == period.last_day:
            return
        day = end + _A_DAY


def _end_of(day: date, step: Step) -> date:
    match step:
        case "day":
            return day
        case "week":
            return day + timedelta(days=min(6 - day.weekday(), (date.max - day).days))
        case "month":
            return day.replace(day=monthrange(day.year, day.month)[1])
