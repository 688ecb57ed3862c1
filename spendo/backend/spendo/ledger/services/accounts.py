"""Institutions and accounts."""

from datetime import date
from decimal import Decimal
from typing import Any

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Account, Institution
from spendo.ledger.money import Money
from spendo.ledger.services.checks import (
    counted,
    in_currency,
    known_choice,
    named,
    only,
    own_account,
    real_day,
    short,
    storable,
)
from spendo.users.fields import fold
from spendo.users.models import User

_NAME_LIMIT = 120
_RATE_LIMIT = Decimal(999)
_RATE_UNIT = Decimal("0.0001")


def add_institution(user: User, *, name: str) -> Institution:
    """The user's institution of that name in any case, made when there is none."""
    name = named(name, "institution's name", _NAME_LIMIT)
    with changing(user, kind="add_institution", summary=f"Added the institution {name}") as change:
        known = Institution.objects.filter(user=user, name_key=fold(name)).first()
        return known or change.create(Institution(user=user, name=name))


def add_account(
    user: User,
    *,
    institution: Institution,
    name: str,
    kind: str,
    opening: Money,
    opened_on: date,
    **fields: Any,
) -> Account:
    """A new account whose balance begins at `opening` on the morning of `opened_on`.

    `fields` as in `edit_account`.
    """
    if institution.user_id != user.pk:
        raise LedgerError("The institution belongs to someone else.")
    only(fields, "credit_limit", "interest_rate", "minimum_payment", "external_id", "hidden")
    account = Account(
        user=user,
        institution=institution,
        name=named(name, "account's name", _NAME_LIMIT),
        kind=known_choice(kind, Account.Kind, "account"),
        currency=opening.currency,
        opening_balance_minor=storable(opening),
        opened_on=real_day(opened_on),
    )
    for field, value in _columns(account, fields).items():
        setattr(account, field, value)
    with changing(user, kind="add_account", summary=f"Added the account {account.name}") as change:
        _require_new_external_id(user, account)
        return change.create(account)


def edit_account(user: User, account_id: int, **fields: Any) -> Account:
    """Change what is known of an account.

    `name`, `kind`, `institution` (its name), `opening`, `credit_limit`, `minimum_payment` (Money
    in the account's currency; the last two may be None), `interest_rate` (percent a year or
    None), `opened_on`, `external_id`, `hidden`. The currency stays: its rows are in it.
    """
    only(fields, "name", "kind", "institution", "opening", "opened_on", "credit_limit",
         "interest_rate", "minimum_payment", "external_id", "hidden")  # fmt: skip
    with changing(user, kind="edit_account") as change:
        account = own_account(user, account_id)
        change.summary = f"Changed the account {account.name}"
        columns = _columns(account, fields)
        if "institution" in fields:
            columns["institution_id"] = add_institution(user, name=fields["institution"]).pk
        if columns.get("external_id"):
            _require_new_external_id(user, account, columns["external_id"])
        change.update(account, **columns)
        return account


def delete_account(user: User, account_id: int) -> None:
    """Delete an account with all that is in it."""
    with changing(user, kind="delete_account") as change:
        account = own_account(user, account_id)
        count = counted(account.transactions.count(), "transaction")
        change.summary = f"Deleted the account {account.name} with {count}"
        change.delete(account)


def _columns(account: Account, fields: dict[str, Any]) -> dict[str, Any]:
    """The checked values by column."""
    columns: dict[str, Any] = {}
    for name, value in fields.items():
        match name:
            case "name":
                columns[name] = named(value, "account's name", _NAME_LIMIT)
            case "kind":
                columns[name] = known_choice(value, Account.Kind, "account")
            case "opening":
                columns["opening_balance_minor"] = in_currency(value, account.currency)
            case "opened_on":
                columns[name] = real_day(value)
            case "credit_limit" | "minimum_payment":
                columns[f"{name}_minor"] = _not_negative(value, account, name.replace("_", " "))
            case "interest_rate":
                columns[name] = _percentage(value)
            case "external_id":
                columns[name] = short(value, "external id", 100)
            case "hidden":
                columns[name] = bool(value)
    return columns


def _not_negative(amount: Money | None, account: Account, what: str) -> int | None:
    if amount is None:
        return None
    minor = in_currency(amount, account.currency)
    if minor < 0:
        raise LedgerError(f"The {what} is not negative.")
    return minor


def _percentage(rate: Decimal | None) -> Decimal | None:
    if rate is None:
        return None
    if not rate.is_finite() or not 0 <= rate <= _RATE_LIMIT:
        raise LedgerError("The interest rate is in percent a year, from 0 to 999.")
    if rate != rate.quantize(_RATE_UNIT):
        raise LedgerError("The interest rate has at most four decimals.")
    return rate


def _require_new_external_id(user: User, account: Account, external_id: str = "") -> None:
    wanted = external_id or account.external_id
    others = Account.objects.of(user).filter(external_id=wanted).exclude(pk=account.pk)
    if wanted and others.exists():
        raise LedgerError("There is another account with this external id.")
