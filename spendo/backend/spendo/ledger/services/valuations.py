"""What an account without a statement is worth."""

from datetime import date

from spendo.ledger.changes import changing
from spendo.ledger.models import Valuation
from spendo.ledger.money import Money
from spendo.ledger.services.checks import in_currency, own, own_account, real_day
from spendo.users.models import User


def set_valuation(user: User, account_id: int, date: date, value: Money) -> Valuation:
    """What the account is worth at the end of that day, in the place of what was said before."""
    with changing(user, kind="set_valuation") as change:
        account = own_account(user, account_id)
        minor = in_currency(value, account.currency)
        change.summary = f"Set {account.name} to {value} {value.currency} on {date}"
        known = Valuation.objects.filter(account=account, date=real_day(date)).first()
        if known is None:
            return change.create(
                Valuation(user=user, account=account, date=date, value_minor=minor)
            )
        change.update(known, value_minor=minor)
        return known


def delete_valuation(user: User, valuation_id: int) -> None:
    with changing(user, kind="delete_valuation") as change:
        valuation = own(user, Valuation, valuation_id, "valuation")
        change.summary = f"Deleted the valuation of {valuation.account} on {valuation.date}"
        change.delete(valuation)
