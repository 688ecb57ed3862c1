"""What every service asks first: is it the user's own, and can it be stored?"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db import models

from spendo.ledger.errors import LedgerError, UnknownRow
from spendo.ledger.models import Account, Category, Transaction
from spendo.ledger.money import MAX_MINOR, Money, to_minor
from spendo.ledger.periods import EARLIEST
from spendo.users.fields import is_storable
from spendo.users.models import User

BATCH = 1000
"""Numbers in one IN list, rows in one INSERT."""

_MAX_ID = 2**63 - 1
M = TypeVar("M", bound=models.Model)


def own(user: User, model: type[M], row_id: int, what: str) -> M:
    """The user's own row. Raises UnknownRow: "There is no such `what`."."""
    row = model._default_manager.filter(user=user, pk=row_id).first() if _is_id(row_id) else None
    if row is None:
        raise UnknownRow(f"There is no such {what}.")
    return row


def own_account(user: User, account_id: int) -> Account:
    return own(user, Account, account_id, "account")


def own_category(user: User, category_id: int | None) -> Category | None:
    return None if category_id is None else own(user, Category, category_id, "category")


def own_transaction(user: User, transaction_id: int) -> Transaction:
    return own(user, Transaction, transaction_id, "transaction")


def own_transactions(user: User, ids: Iterable[int]) -> list[Transaction]:
    """The rows in the order of `ids`, each once. Raises UnknownRow if one is not the user's."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Transaction] = {}
    for start in range(0, len(wanted), BATCH):
        block = [number for number in wanted[start : start + BATCH] if _is_id(number)]
        found.update(Transaction.objects.of(user).select_related("account").in_bulk(block))
    if len(found) != len(wanted):
        raise UnknownRow("There is no such transaction.")
    return [found[number] for number in wanted]


def storable(amount: Money) -> int:
    """The amount in minor units. Raises LedgerError when it is too large to keep."""
    minor = to_minor(amount)
    if abs(minor) > MAX_MINOR:
        raise LedgerError("The amount is too large.")
    return minor


def in_currency(amount: Money, currency: str, *, whose: str = "account") -> int:
    """`storable`, of an amount that must be in `currency`."""
    if amount.currency != currency:
        raise LedgerError(f"The amount is not in the {whose}'s currency.")
    return storable(amount)


def short(text: str, what: str, limit: int) -> str:
    """Text that a column of `limit` characters can hold. Raises LedgerError."""
    if len(text) > limit:
        raise LedgerError(f"The {what} is longer than {limit:,} characters.")
    if not is_storable(text):
        raise LedgerError(f"The {what} has characters that cannot be stored.")
    return text


def named(text: str, what: str, limit: int) -> str:
    """A name: `short`, without spaces around it, and not empty."""
    stripped = short(text, what, limit).strip()
    if not stripped:
        raise LedgerError(f"The {what} is empty.")
    return stripped


def real_day(day: date) -> date:
    if day < EARLIEST:
        raise LedgerError("The date is too long ago.")
    return day


def known_choice(value: str, choices: type[models.TextChoices], what: str) -> str:
    if value not in choices.values:
        raise LedgerError(f"There is no such kind of {what}.")
    return str(value)


def only(fields: dict[str, Any], *allowed: str) -> None:
    """Raises LedgerError for a field that cannot be edited."""
    for name in fields:
        if name not in allowed:
            raise LedgerError(f"{name} cannot be changed.")


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 transaction", "1,204 transactions"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _is_id(number: int) -> bool:
    return 0 < number <= _MAX_ID
