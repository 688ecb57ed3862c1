"""The balance of an account at the end of any day.

It is the opening balance, from the day the account was opened, and what has posted by then. A
valuation says what the account is worth at the end of its day: from there on it is that value and
what posts later; an opening that comes after it is not added.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from spendo.ledger.models import Account, Valuation
from spendo.ledger.prepared import ask
from spendo.ledger.rollups import Grain
from spendo.ledger.selectors.posted import posted_by_day, posted_until
from spendo.users.models import User

Valued = dict[int, list[tuple[date, int]]]
"""By account: the days of its valuations, in order, and their minor units."""

_A_DAY = timedelta(days=1)


class Balances:
    """The balances of some accounts over the days from `first` to `last`, in minor units. With the
    `grain` "month" they are known at the ends of months, and on the first and the last day."""

    def __init__(
        self,
        user: User,
        accounts: Sequence[Account],
        first: date,
        last: date,
        grain: Grain = "day",
    ) -> None:
        self.first, self.last = first, last
        self._accounts = {account.pk: account for account in accounts}
        self._values = _valuations(user, list(self._accounts), last)
        self._start = self._balances_of(user, first)
        self._later = self._posted_later(user, grain) if last > first else {}

    def _posted_later(self, user: User, grain: Grain) -> dict[int, dict[date, int]]:
        """What posts on or after the day of a valuation has to be told apart."""
        days = self.first + _A_DAY, self.last
        if grain == "day":
            return posted_by_day(user, list(self._accounts), *days)
        valued = [number for number in self._accounts if self._is_valued_later(number)]
        others = [number for number in self._accounts if number not in valued]
        found = posted_by_day(user, others, *days, grain)
        return {**found, **posted_by_day(user, valued, *days)} if valued else found

    def _is_valued_later(self, account_id: int) -> bool:
        return any(day > self.first for day, _ in self._values[account_id])

    def on(self, account_id: int, days: Sequence[date]) -> list[int]:
        """The balance at the end of each of `days`, which are in order."""
        steps = self._steps(account_id)
        balances, place, minor = [], 0, self._start[account_id]
        for day in days:
            while place < len(steps) and steps[place][0] <= day:
                _, is_value, amount = steps[place]
                minor = amount if is_value else minor + amount
                place += 1
            balances.append(minor)
        return balances

    def _steps(self, account_id: int) -> list[tuple[date, bool, int]]:
        """What changes the balance after the first day: a day, and a new value or an amount.
        On one day the value comes last: it is that of its end."""
        account = self._accounts[account_id]
        steps = [(day, False, minor) for day, minor in self._later.get(account_id, {}).items()]
        valued_before = any(day < account.opened_on for day, _ in self._values[account_id])
        if self.first < account.opened_on <= self.last and not valued_before:
            steps.append((account.opened_on, False, account.opening_balance_minor))
        steps += [(day, True, minor) for day, minor in self._values[account_id] if day > self.first]
        return sorted(steps)

    def _balances_of(self, user: User, day: date) -> dict[int, int]:
        """The balance of each account at the end of `day`."""
        latest = {
            account_id: known[-1]
            for account_id, values in self._values.items()
            if (known := [value for value in values if value[0] <= day])
        }
        posted = posted_until(user, dict.fromkeys(self._accounts, day))
        before = posted_until(user, {number: value[0] for number, value in latest.items()})
        return {
            number: latest[number][1] + posted[number] - before[number]
            if number in latest
            else posted[number] + (account.opening_balance_minor if account.opened_on <= day else 0)
            for number, account in self._accounts.items()
        }


def _valuations(user: User, account_ids: list[int], last: date) -> Valued:
    rows = Q(user_id=user.pk, account_id__in=account_ids, date__lte=last)
    found: Valued = defaultdict(list)
    for number, day, minor in ask(_in_order, where=rows):
        found[number].append((day, minor))
    return found


def _in_order(where: Q) -> Any:
    rows = Valuation.objects.filter(where).order_by("date")
    return rows.values_list("account_id", "date", "value_minor")
