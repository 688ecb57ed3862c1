"""What the user says about payments that come again and again."""

from dataclasses import dataclass
from datetime import date

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import RecurringSeries
from spendo.ledger.money import Money
from spendo.ledger.services.checks import (
    in_currency,
    known_choice,
    named,
    own,
    own_account,
    own_category,
    real_day,
)
from spendo.users.fields import fold
from spendo.users.models import User

_Status = RecurringSeries.Status


@dataclass(frozen=True, slots=True)
class NewSeries:
    """Payments of one merchant from one account; `amount` is negative for money out, `first_on` a
    day on which one was due."""

    account_id: int
    merchant: str
    kind: str
    cadence: str
    amount: Money
    first_on: date
    category_id: int | None = None


def confirm_series(user: User, series: NewSeries) -> RecurringSeries:
    """These payments are a series. What was said of it before is replaced."""
    return _say(user, series, _Status.CONFIRMED)


def dismiss_series(user: User, series: NewSeries) -> RecurringSeries:
    """These payments are no series, and are not to be found as one again."""
    return _say(user, series, _Status.DISMISSED)


def end_series(user: User, series_id: int, *, ended_on: date) -> RecurringSeries:
    """Nothing of this series is expected after `ended_on`."""
    with changing(user, kind="end_series") as change:
        series = own(user, RecurringSeries, series_id, "series")
        if real_day(ended_on) < series.first_on:
            raise LedgerError("A series does not end before it begins.")
        change.summary = f"Ended the series {series.merchant} on {ended_on}"
        change.update(series, status=_Status.ENDED, ended_on=ended_on)
        return series


def forget_series(user: User, series_id: int) -> None:
    """Nothing is said about this series any more; it may be found again."""
    with changing(user, kind="forget_series") as change:
        series = own(user, RecurringSeries, series_id, "series")
        change.summary = f"Forgot what was said of the series {series.merchant}"
        change.delete(series)


def _say(user: User, new: NewSeries, status: RecurringSeries.Status) -> RecurringSeries:
    merchant = named(new.merchant, "merchant", 200)
    word = "Confirmed" if status is _Status.CONFIRMED else "Dismissed"
    with changing(
        user, kind=f"{status.value}_series", summary=f"{word} the series {merchant}"
    ) as change:
        account = own_account(user, new.account_id)
        own_category(user, new.category_id)
        said = {
            "merchant": merchant,
            "kind": known_choice(new.kind, RecurringSeries.Kind, "series"),
            "category_id": new.category_id,
            "amount_minor": in_currency(new.amount, account.currency),
            "first_on": real_day(new.first_on),
            "status": status,
            "ended_on": None,
        }
        cadence = known_choice(new.cadence, RecurringSeries.Cadence, "cadence")
        known = RecurringSeries.objects.filter(
            user=user, account=account, merchant_key=fold(merchant), cadence=cadence
        ).first()
        if known is not None:
            change.update(known, **said)
            return known
        return change.create(RecurringSeries(user=user, account=account, cadence=cadence, **said))
