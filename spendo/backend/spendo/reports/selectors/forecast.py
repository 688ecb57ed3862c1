"""How a balance will go if what is known to come comes, and nothing else does."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spendo.ledger.money import Money
from spendo.ledger.selectors import AccountBalance, list_accounts
from spendo.reports.selectors.recurring import find_recurring
from spendo.reports.selectors.series_type import Series
from spendo.reports.selectors.spendable import SPENDABLE_KINDS
from spendo.users.models import User
from spendo.users.selectors import today

FORECAST_DEFINITION = (
    "Today's balance with what is pending, then every payment of the known series on the day it "
    "is due: what is late comes today, what varies comes as the median of its latest payments. "
    "Everyday spending, price changes and anything that does not come regularly are not in it."
)
MOST_DAYS = 366


class ForecastRefused(ValueError):  # noqa: N818
    """The question cannot be answered as it was put; the text says why, for the user."""


@dataclass(frozen=True, slots=True)
class ForecastEvent:
    """One expected payment; negative is money out."""

    on: date
    label: str
    amount: Money
    account: str
    series_key: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """The balance at the end of the day."""

    on: date
    balance: Money


@dataclass(frozen=True, slots=True)
class Forecast:
    """`days` from today to the last day, one by one. `lowest` is the smallest balance, on the
    first day it is that; `first_below_zero` is None if it never is. `cancelled` names the series
    that the scenario leaves out, `end_without_changes` and `lowest_without_changes` are what
    they would be with them. `other_currencies` are in no figure."""

    start: Money
    pending: Money
    end: Money
    lowest: Money
    lowest_on: date
    first_below_zero: date | None
    days: tuple[ForecastDay, ...]
    events: tuple[ForecastEvent, ...]
    money_in: Money
    money_out: Money
    cancelled: tuple[str, ...]
    end_without_changes: Money
    lowest_without_changes: Money
    saved_by_cancelling: Money
    accounts: tuple[AccountBalance, ...]
    other_currencies: tuple[str, ...]
    until: date
    definition: str
    as_of: date


def forecast_balance(
    user: User,
    until: date,
    *,
    account_ids: Collection[int] | None = None,
    cancel: Collection[str] = (),
    as_of: date | None = None,
) -> Forecast:
    """The balance of each day from today to `until`, both inclusive.

    Of the given accounts, which have to be of one currency; by default of checking, cash and
    cards together, so that paying a card changes nothing. `cancel` are keys of series that are
    taken out from tomorrow on. Raises ForecastRefused. See FORECAST_DEFINITION.
    """
    now = as_of or today(user)
    if not now < until <= now + timedelta(days=MOST_DAYS):
        raise ForecastRefused("A forecast is for a day after today, a year ahead at most.")
    accounts, others = _accounts(user, account_ids)
    series = [each for each in find_recurring(user, as_of=now).series if _moves(each, accounts)]
    unknown = set(cancel) - {each.key for each in series}
    if unknown:
        raise ForecastRefused("There is no such series among these accounts.")
    currency = accounts[0].currency
    start = pending = Money.zero(currency)
    for account in accounts:
        start += account.balance
        pending += account.pending
    events = sorted(
        (event for each in series for event in _events(each, now, until)),
        key=lambda event: (event.on, event.amount.amount, event.label),
    )
    kept = [event for event in events if event.series_key not in set(cancel) or event.on <= now]
    unchanged = _run(start + pending, events, now, until)
    days = _run(start + pending, kept, now, until)
    lowest = min(days, key=lambda day: day.balance.amount)
    zero = Money.zero(currency)
    return Forecast(
        start=start,
        pending=pending,
        end=days[-1].balance,
        lowest=lowest.balance,
        lowest_on=lowest.on,
        first_below_zero=next((day.on for day in days if day.balance < zero), None),
        days=tuple(days),
        events=tuple(kept),
        money_in=_total(zero, [event.amount for event in kept if event.amount > zero]),
        money_out=-_total(zero, [event.amount for event in kept if event.amount < zero]),
        cancelled=tuple(each.merchant for each in series if each.key in set(cancel)),
        end_without_changes=unchanged[-1].balance,
        lowest_without_changes=min(unchanged, key=lambda day: day.balance.amount).balance,
        saved_by_cancelling=days[-1].balance - unchanged[-1].balance,
        accounts=tuple(accounts),
        other_currencies=others,
        until=until,
        definition=FORECAST_DEFINITION,
        as_of=now,
    )


def _accounts(
    user: User, account_ids: Collection[int] | None
) -> tuple[list[AccountBalance], tuple[str, ...]]:
    accounts = list_accounts(user)
    if account_ids is None:
        usual = [each for each in accounts if each.kind in SPENDABLE_KINDS]
        chosen = [each for each in usual if each.currency == user.currency]
        others = {each.currency for each in usual} - {user.currency}
    else:
        chosen, others = [each for each in accounts if each.id in set(account_ids)], set()
        if len({each.currency for each in chosen}) > 1:
            raise ForecastRefused("These accounts have different currencies: ask for one at once.")
    if not chosen:
        raise ForecastRefused("There is no account whose balance could be forecast.")
    return chosen, tuple(sorted(others))


def _moves(series: Series, accounts: list[AccountBalance]) -> bool:
    """Whether it changes what these accounts have together: not if both of its sides do."""
    ids = {each.id for each in accounts}
    return series.account_id in ids and series.to_account_id not in ids


def _events(series: Series, now: date, until: date) -> Iterator[ForecastEvent]:
    for due in series.due_between(now, until):
        yield ForecastEvent(
            on=due,
            label=series.merchant,
            amount=series.amount,
            account=series.account,
            series_key=series.key,
            is_estimate=series.amounts == "varying",
        )


def _run(balance: Money, events: list[ForecastEvent], now: date, until: date) -> list[ForecastDay]:
    by_day: dict[date, Money] = {}
    for event in events:
        by_day[event.on] = by_day.get(event.on, Money.zero(balance.currency)) + event.amount
    days = []
    for number in range((until - now).days + 1):
        day = now + timedelta(days=number)
        balance += by_day.get(day, Money.zero(balance.currency))
        days.append(ForecastDay(day, balance))
    return days


def _total(zero: Money, amounts: list[Money]) -> Money:
    for amount in amounts:
        zero += amount
    return zero
