"""What comes again and again: found in the rows, and what the user has said about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import Q

from spendo.ledger.models import Category, RecurringSeries, Transfer
from spendo.ledger.money import Money, from_minor, round_money
from spendo.ledger.prepared import ask, ask_models
from spendo.ledger.selectors.words import words_of
from spendo.reports.rhythm import TIMES_A_YEAR, TOLERANCE, Cadence, Rhythm, best_fit_of
from spendo.reports.selectors.looks import payment_groups
from spendo.reports.selectors.payments import LOOKED_AT, PaymentGroup, in_batches
from spendo.reports.selectors.series_type import Kind, PriceChange, Series, Status
from spendo.reports.series import Found, described, find_series
from spendo.users.models import User
from spendo.users.selectors import today

Which = Literal["active", "ended", "dismissed", "all"]

_MOST_MISSED = 12
_LAPSED_AFTER: dict[Cadence, int] = {"quarterly": 1, "yearly": 1}
_BILL_WORDS = frozenset(
    words_of(
        "rent mortgage utilities utility electricity electric water gas heating power insurance"
        " loan tax phone mobile internet broadband childcare daycare tuition council debt fee"
    )
)


@dataclass(frozen=True, slots=True)
class RecurringFound:
    """`series` by what they cost a year, largest first. The sums are of money out without
    transfers, as positive amounts in the user's currency; `left_out` names the other currencies.
    `since` is the first day that was looked at."""

    series: tuple[Series, ...]
    per_month: Money
    per_year: Money
    left_out: tuple[str, ...]
    since: date
    as_of: date


def find_recurring(
    user: User, *, kind: Kind | None = None, which: Which = "active", as_of: date | None = None
) -> RecurringFound:
    """The user's series of the last 800 days, as of a day (default: today).

    A series has at least three payments in one rhythm (two of a yearly one), at most a quarter of
    them missed. It is "lapsed" after two due days in a row without a payment (one if it comes
    once a quarter or year) and then counts as ended, unless the user has confirmed it.
    """
    day = as_of or today(user)
    found = [
        each
        for each in _all_series(user, day)
        if (kind is None or each.kind == kind) and _is_asked_for(each, which)
    ]
    found.sort(key=lambda each: (each.amount.currency, each.per_year.amount, each.key))
    spent = [each for each in found if each.kind in ("subscription", "bill") and each.is_active]
    own = [each for each in spent if each.amount.currency == user.currency]
    return RecurringFound(
        series=tuple(found),
        per_month=_total(user, [each.per_month for each in own]),
        per_year=_total(user, [each.per_year for each in own]),
        left_out=tuple(sorted({each.amount.currency for each in spent} - {user.currency})),
        since=day - LOOKED_AT,
        as_of=day,
    )


def _is_asked_for(series: Series, which: Which) -> bool:
    match which:
        case "active":
            return series.is_active
        case "ended":
            return series.status in ("ended", "lapsed")
        case "dismissed":
            return series.status == "dismissed"
    return True


def _total(user: User, amounts: Iterable[Money]) -> Money:
    total = Money.zero(user.currency)
    for amount in amounts:
        total -= amount
    return total


def _all_series(user: User, day: date) -> list[Series]:
    said = _Said(user)
    read = _Read(user, day)
    made: list[Series] = []
    for group in payment_groups(user, day):
        if read.is_refund(group):
            continue
        for found in find_series(group.payments):
            decision = said.about(group.account.pk, group.merchant_key, found.fit.rhythm.cadence)
            made.append(read.series(group, found, decision))
    made += [read.stated(decision) for decision in said.nothing_found_about()]
    return read.with_other_sides(made)


class _Said:
    """What the user has said, by account and merchant."""

    def __init__(self, user: User) -> None:
        self._decisions = list(
            RecurringSeries.objects.filter(user=user, account__hidden=False)
            .select_related("account")
            .order_by("id")
        )
        self._used: set[int] = set()

    def about(self, account_id: int, merchant_key: str, cadence: str) -> RecurringSeries | None:
        """The decision on this cadence, else the only one on this merchant and account."""
        here = [
            each
            for each in self._decisions
            if (each.account_id, each.merchant_key) == (account_id, merchant_key)
        ]
        exact = [each for each in here if each.cadence == cadence]
        chosen = next(iter(exact or (here if len(here) == 1 else [])), None)
        if chosen:
            self._used.add(chosen.pk)
        return chosen

    def nothing_found_about(self) -> list[RecurringSeries]:
        return [each for each in self._decisions if each.pk not in self._used]


class _Read:
    """Makes series for one user on one day."""

    def __init__(self, user: User, day: date) -> None:
        self._user = user
        self._day = day
        known = ask_models(Category, where=Q(user_id=user.pk))
        self._categories = {category.pk: category for category in known}

    def is_refund(self, group: PaymentGroup) -> bool:
        """Money back from where it is spent, which is no income however often it comes."""
        category = self._categories.get(group.category_id) if group.category_id else None
        is_spent = category is not None and category.kind == Category.Kind.EXPENSE
        return is_spent and group.payments[-1].minor > 0

    def series(self, group: PaymentGroup, found: Found, decision: RecurringSeries | None) -> Series:
        if decision and decision.cadence != found.fit.rhythm.cadence:
            refit = best_fit_of(decision.cadence, [each.day for each in group.payments])  # type: ignore[arg-type]
            if refit:
                own = tuple(group.payments[place] for place in refit.paid.values())
                found = described(refit, own)
        rhythm = found.fit.rhythm
        due = list(found.fit.paid)[-1]
        overdue = self._overdue(rhythm, due)
        status = self._status(rhythm.cadence, overdue, decision)
        active = status in ("found", "confirmed")
        next_due = _first_not_in(rhythm, due, overdue) if active else None
        missed = (*found.fit.missed, *(overdue if active else ()))
        currency = group.account.currency
        # One amount among other purchases of the merchant is a series of its own.
        part = f":{found.expected}" if len(found.payments) * 2 < len(group.payments) else ""
        return Series(
            key=f"{group.account.pk}:{rhythm.cadence}:{group.merchant_key}{part}",
            merchant=group.merchant,
            account_id=group.account.pk,
            account=group.account.name,
            to_account_id=None,
            category_id=group.category_id,
            category=self._category_name(group.category_id),
            kind=decision.kind if decision else self._kind(group, found),  # type: ignore[arg-type]
            cadence=rhythm.cadence,
            status=status,
            amounts=found.amounts,
            amount=from_minor(found.expected, currency),
            **_costs(from_minor(found.expected, currency), rhythm.cadence),
            count=len(found.payments),
            first_on=found.payments[0].day,
            last_on=found.payments[-1].day,
            next_due=next_due,
            is_late=next_due is not None and next_due < self._day,
            missed=missed[-_MOST_MISSED:],
            price_change=PriceChange(
                abs(from_minor(found.change.old, currency)),
                abs(from_minor(found.change.new, currency)),
                found.change.on,
            )
            if found.change
            else None,
            ids=tuple(each.id for each in reversed(found.payments)),
            rhythm=rhythm,
        )

    def stated(self, decision: RecurringSeries) -> Series:
        """A series that the rows do not show: as the user has put it."""
        cadence: Cadence = decision.cadence  # type: ignore[assignment]
        days = (decision.first_on.day,)
        if cadence == "twice_a_month":
            other = decision.first_on.day + (15 if decision.first_on.day <= 15 else -15)
            days = tuple(sorted((decision.first_on.day, other)))  # type: ignore[assignment]
        rhythm = Rhythm(cadence, decision.first_on, days)
        amount = from_minor(decision.amount_minor, decision.account.currency)
        status: Status = decision.status  # type: ignore[assignment]
        first_from = max(decision.first_on, self._day)
        due = next(rhythm.due_days(first_from, first_from + timedelta(days=800)))
        return Series(
            key=f"{decision.account_id}:{cadence}:{decision.merchant_key}",
            merchant=decision.merchant,
            account_id=decision.account_id,
            account=decision.account.name,
            to_account_id=None,
            category_id=decision.category_id,
            category=self._category_name(decision.category_id),
            kind=decision.kind,  # type: ignore[arg-type]
            cadence=cadence,
            status=status,
            amounts="fixed",
            amount=amount,
            **_costs(amount, cadence),
            count=0,
            first_on=None,
            last_on=None,
            next_due=due if status == "confirmed" else None,
            is_late=False,
            missed=tuple(self._overdue(rhythm, decision.first_on - timedelta(days=1)))[
                -_MOST_MISSED:
            ]
            if status == "confirmed"
            else (),
            price_change=None,
            ids=(),
            rhythm=rhythm,
        )

    def with_other_sides(self, made: list[Series]) -> list[Series]:
        """Each series with the account its last payment was paired with; a series whose payments
        are paired is of transfers."""
        last = {each.ids[0]: each for each in made if each.ids}
        other_side: dict[int, int] = {}
        for ids in in_batches(list(last)):
            for side in ("outflow", "inflow"):
                pairs = Q(("user_id", self._user.pk), (f"{side}_id__in", ids))
                other_side |= dict(ask(_other_sides, side, where=pairs))
        return [
            replace(each, kind="transfer", to_account_id=other_side[each.ids[0]])
            if each.ids and each.ids[0] in other_side
            else each
            for each in made
        ]

    def _overdue(self, rhythm: Rhythm, due: date) -> list[date]:
        """The due days after `due` that are over, their days of grace included."""
        grace = timedelta(days=TOLERANCE[rhythm.cadence])
        last = self._day - grace - timedelta(days=1)
        return list(rhythm.due_days(due + timedelta(days=1), last))

    def _status(
        self, cadence: Cadence, overdue: list[date], decision: RecurringSeries | None
    ) -> Status:
        if decision:
            return decision.status  # type: ignore[return-value]
        return "lapsed" if len(overdue) >= _LAPSED_AFTER.get(cadence, 2) else "found"

    def _kind(self, group: PaymentGroup, found: Found) -> Kind:
        """Transfers and income are what they are; what goes out is a bill if its category or its
        merchant is called so, or if it costs something else each time."""
        category = self._categories.get(group.category_id) if group.category_id else None
        if category is not None and category.kind == Category.Kind.TRANSFER:
            return "transfer"
        if found.expected > 0:
            return "income"
        names = f"{category.name if category else ''} {group.merchant}"
        is_bill = found.amounts == "varying" or bool(_BILL_WORDS & set(words_of(names)))
        return "bill" if is_bill else "subscription"

    def _category_name(self, category_id: int | None) -> str | None:
        category = self._categories.get(category_id) if category_id else None
        return category.name if category else None


def _other_sides(where: Q, side: str) -> Any:
    """The id of one side of each pair, and the account of the other."""
    other = "inflow" if side == "outflow" else "outflow"
    return Transfer.objects.filter(where).values_list(f"{side}_id", f"{other}__account_id")


def _costs(amount: Money, cadence: Cadence) -> dict[Literal["per_month", "per_year"], Money]:
    per_year = amount.amount * TIMES_A_YEAR[cadence]
    return {
        "per_month": round_money(per_year / 12, amount.currency),
        "per_year": round_money(per_year, amount.currency),
    }


def _first_not_in(rhythm: Rhythm, due: date, overdue: list[date]) -> date:
    return rhythm.next_after(overdue[-1] if overdue else due)
