"""Changing the ledger. Every change checks that what it touches is the user's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from spendo.ledger.models import Account, Category, Institution, Transaction, Transfer
from spendo.ledger.money import MAX_MINOR, Money, to_minor
from spendo.ledger.periods import EARLIEST
from spendo.users.fields import fold
from spendo.users.models import User

_BATCH = 1000


class LedgerError(ValueError):
    """A change that the ledger's rules do not allow."""


@dataclass(frozen=True, slots=True)
class NewTransaction:
    """One row to add; a negative amount is money out, in the account's currency."""

    account_id: int
    date: date
    amount: Money
    description: str
    merchant: str = ""
    category_id: int | None = None
    pending: bool = False
    external_id: str = ""


def add_institution(user: User, *, name: str) -> Institution:
    """The user's institution of that name in any case, made when there is none."""
    institution, _ = Institution.objects.get_or_create(
        user=user, name_key=fold(name), defaults={"name": name}
    )
    return institution


def add_account(
    user: User, *, institution: Institution, name: str, kind: str, opening: Money, opened_on: date
) -> Account:
    """A new account whose balance begins at `opening` on the morning of `opened_on`."""
    if institution.user_id != user.pk:
        raise LedgerError("The institution belongs to someone else.")
    if kind not in Account.Kind.values:
        raise LedgerError("There is no such kind of account.")
    return Account.objects.create(
        user=user,
        institution=institution,
        name=name,
        kind=kind,
        currency=opening.currency,
        opening_balance_minor=_storable(opening),
        opened_on=opened_on,
    )


def add_categories(user: User, kinds: dict[str, str]) -> list[Category]:
    """Categories of those names and kinds; names the user already has stay as they are."""
    if not set(kinds.values()) <= set(Category.Kind.values):
        raise LedgerError("There is no such kind of category.")
    Category.objects.bulk_create(
        [Category(user=user, name=name, kind=kind) for name, kind in kinds.items()],
        ignore_conflicts=True,
    )
    return list(Category.objects.filter(user=user))


@transaction.atomic
def add_transactions(user: User, rows: Sequence[NewTransaction]) -> int:
    """Add the rows and return how many were new. A known external id is left as it is."""
    currencies = dict(Account.objects.of(user).values_list("id", "currency"))
    categories = set(Category.objects.filter(user=user).values_list("id", flat=True))
    made = [_checked(user, row, currencies, categories) for row in rows]
    before = Transaction.objects.of(user).count()
    Transaction.objects.bulk_create(made, batch_size=_BATCH, ignore_conflicts=True)
    return Transaction.objects.of(user).count() - before


@transaction.atomic
def pair_transfers(user: User, pairs: Iterable[tuple[int, int]]) -> int:
    """Mark each (outflow id, inflow id) as one movement and return how many were new.

    Raises LedgerError unless both are the user's, in two accounts, out and in, and of the same
    amount where they are of the same currency. What is paired already is left as it is.
    """
    wanted = list(pairs)
    ids = [number for pair in wanted for number in pair]
    rows = {}
    for start in range(0, len(ids), _BATCH):
        rows.update(
            Transaction.objects.of(user)
            .select_related("account")
            .in_bulk(ids[start : start + _BATCH])
        )
    made = []
    for outflow_id, inflow_id in wanted:
        outflow, inflow = rows.get(outflow_id), rows.get(inflow_id)
        if outflow is None or inflow is None:
            raise LedgerError("There is no such transaction.")
        _require_transfer(outflow, inflow)
        made.append(Transfer(user=user, outflow=outflow, inflow=inflow))
    before = Transfer.objects.filter(user=user).count()
    Transfer.objects.bulk_create(made, batch_size=_BATCH, ignore_conflicts=True)
    return Transfer.objects.filter(user=user).count() - before


def post_pending(user: User, *, external_prefix: str, until: date) -> int:
    """Post the pending rows of one source that are dated `until` or before; how many."""
    return (
        Transaction.objects.of(user)
        .filter(
            status=Transaction.Status.PENDING,
            external_id__startswith=external_prefix,
            date__lte=until,
        )
        .update(status=Transaction.Status.POSTED)
    )


def _checked(
    user: User, row: NewTransaction, currencies: dict[int, str], categories: set[int]
) -> Transaction:
    currency = currencies.get(row.account_id)
    if currency is None:
        raise LedgerError("There is no such account.")
    if currency != row.amount.currency:
        raise LedgerError("The amount is not in the account's currency.")
    if row.category_id is not None and row.category_id not in categories:
        raise LedgerError("There is no such category.")
    if row.date < EARLIEST:
        raise LedgerError("The date is too long ago.")
    return Transaction(
        user=user,
        account_id=row.account_id,
        date=row.date,
        amount_minor=_storable(row.amount),
        description=row.description,
        merchant=row.merchant,
        category_id=row.category_id,
        status=Transaction.Status.PENDING if row.pending else Transaction.Status.POSTED,
        external_id=row.external_id,
    )


def _storable(amount: Money) -> int:
    minor = to_minor(amount)
    if abs(minor) > MAX_MINOR:
        raise LedgerError("The amount is too large.")
    return minor


def _require_transfer(outflow: Transaction, inflow: Transaction) -> None:
    if not outflow.amount_minor < 0 < inflow.amount_minor:
        raise LedgerError("A transfer leaves one account and enters another.")
    if outflow.account_id == inflow.account_id:
        raise LedgerError("A transfer is between two accounts.")
    same_currency = outflow.account.currency == inflow.account.currency
    if same_currency and outflow.amount_minor != -inflow.amount_minor:
        raise LedgerError("The two sides of a transfer have the same amount.")
