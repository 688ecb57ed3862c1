"""Rows in parts. The parts add up to their row exactly, and stand in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from spendo.ledger.changes import OpenChange, changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Transaction
from spendo.ledger.money import Money, from_minor
from spendo.ledger.services.checks import (
    counted,
    in_currency,
    own_category,
    own_transaction,
    short,
)
from spendo.ledger.services.edits import name_of
from spendo.ledger.services.refunds import require_no_refunds
from spendo.ledger.services.tags import put_tags
from spendo.ledger.services.transfers import pair_transfers, require_unpaired
from spendo.users.models import User

_MAX_PARTS = 100


@dataclass(frozen=True, slots=True)
class NewPart:
    """A share of a row, in its currency and of its sign: -30.00 of a payment of -50.00.

    A part without a description has that of its row.
    """

    amount: Money
    category_id: int | None = None
    description: str = ""


def split_transaction(
    user: User, transaction_id: int, parts: Sequence[NewPart]
) -> list[Transaction]:
    """Put 2 to 100 parts in the place of a row, and return them.

    Raises LedgerError unless they add up to it exactly, none of them nothing. A pending row, a
    part, a row that has parts, a side of a transfer and a row with refunds are not split.
    """
    if not 2 <= len(parts) <= _MAX_PARTS:
        raise LedgerError(f"A row is split in 2 to {_MAX_PARTS} parts.")
    with changing(user, kind="split") as change:
        row = own_transaction(user, transaction_id)
        change.summary = f"Split {name_of(row)} in {len(parts)}"
        _require_whole(row)
        made = [_part(user, row, part) for part in parts]
        _require_sum(row, [part.amount_minor for part in made])
        change.create_many(made)
        _copy_tags(change, row, made)
        change.update(row, is_split=True)
        return made


def join_parts(user: User, transaction_id: int) -> Transaction:
    """Take the parts away again, given the row or one of them; returns the row.

    Raises LedgerError when there are none, or one is in a transfer or has to do with a refund.
    """
    with changing(user, kind="join") as change:
        row = own_transaction(user, transaction_id)
        if row.parent_id is not None:
            row = own_transaction(user, row.parent_id)
        if not row.is_split:
            raise LedgerError("This row has no parts.")
        parts = list(row.parts.order_by("pk"))
        change.summary = f"Joined the {counted(len(parts), 'part')} of {name_of(row)}"
        for part in parts:
            require_unpaired(part)
            require_no_refunds(part)
        change.delete_many(parts)
        change.update(row, is_split=False)
        return row


def split_loan_payment(
    user: User,
    payment_id: int,
    *,
    principal: Money,
    rest: Sequence[NewPart],
    loan_row_id: int | None = None,
    principal_category_id: int | None = None,
) -> list[Transaction]:
    """Split a loan's payment in its principal, which is no spending, and the rest, which is.

    `principal` is positive; `rest` are the parts for interest, fees, insurance. `loan_row_id` is
    the row of the loan's account by which it fell: it becomes the other side of the principal.
    Without one give a category of the kind transfer, so that the principal is not counted.
    """
    with changing(user, kind="split_loan_payment") as change:
        payment = own_transaction(user, payment_id)
        change.summary = f"Split the loan payment {name_of(payment)}"
        category = own_category(user, principal_category_id)
        if principal.amount <= 0:
            raise LedgerError("The principal is more than nothing.")
        if loan_row_id is None and (category is None or category.kind != "transfer"):
            raise LedgerError(
                "Say which row of the loan's account this is, or choose a category for transfers."
            )
        first = NewPart(-principal, principal_category_id, "Principal")
        parts = split_transaction(user, payment_id, [first, *rest])
        if loan_row_id is not None:
            pair_transfers(user, [(parts[0].pk, loan_row_id)])
        return parts


def _require_whole(row: Transaction) -> None:
    if row.status == Transaction.Status.PENDING:
        raise LedgerError("A pending row cannot be split. Wait until it is posted.")
    if row.parent_id is not None:
        raise LedgerError("A part cannot be split. Join the parts and split again.")
    if row.is_split:
        raise LedgerError("This row has parts already. Join them and split again.")
    require_unpaired(row)
    require_no_refunds(row)


def _part(user: User, row: Transaction, part: NewPart) -> Transaction:
    own_category(user, part.category_id)
    minor = in_currency(part.amount, row.account.currency, whose="row")
    if minor == 0:
        raise LedgerError("A part of nothing is no part.")
    return Transaction(
        user=user,
        account_id=row.account_id,
        parent=row,
        date=row.date,
        value_date=row.value_date,
        amount_minor=minor,
        description=short(part.description.strip(), "description", 2000) or row.description,
        merchant=row.merchant,
        category_id=part.category_id,
        hidden=row.hidden,
    )


def _require_sum(row: Transaction, minors: list[int]) -> None:
    rest = from_minor(row.amount_minor - sum(minors), row.account.currency)
    if rest:
        raise LedgerError(f"The parts do not add up to the row: {rest} {rest.currency} is left.")


def _copy_tags(change: OpenChange, row: Transaction, parts: Sequence[Transaction]) -> None:
    names = tuple(row.tags.values_list("name", flat=True))
    put_tags(change, {part.pk: names for part in parts if names})
