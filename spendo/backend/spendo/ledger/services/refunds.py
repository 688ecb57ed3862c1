"""Money back, and the purchase it is of."""

from django.db.models import Sum

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Transaction
from spendo.ledger.services.checks import own_transaction
from spendo.ledger.services.transfers import require_unpaired
from spendo.users.models import User


def link_refund(user: User, refund_id: int, of_id: int) -> Transaction:
    """Say which purchase, or part of one, a row is the refund of; returns the refund.

    A refund without a category takes the purchase's. Raises LedgerError unless money came back
    in the purchase's currency, and all refunds together are no more than it.
    """
    with changing(user, kind="link_refund") as change:
        refund, purchase = own_transaction(user, refund_id), own_transaction(user, of_id)
        _require_refund(refund, purchase)
        change.summary = f"Linked the refund {(refund.merchant or refund.description)[:80]}"
        change.update(
            refund,
            refund_of_id=purchase.pk,
            category_id=refund.category_id or purchase.category_id,
        )
        return refund


def unlink_refund(user: User, refund_id: int) -> Transaction:
    """The row is a refund of nothing in particular again; its category stays."""
    with changing(user, kind="unlink_refund") as change:
        refund = own_transaction(user, refund_id)
        if refund.refund_of_id is None:
            raise LedgerError("This row is not linked to a purchase.")
        change.summary = f"Unlinked the refund {(refund.merchant or refund.description)[:80]}"
        change.update(refund, refund_of_id=None)
        return refund


def require_no_refunds(row: Transaction) -> None:
    """Raises LedgerError when the row is a linked refund, or has some."""
    if row.refund_of_id is not None:
        raise LedgerError("This is a refund of a purchase. Unlink it first.")
    if row.refunds.exists():
        raise LedgerError("This purchase has refunds. Unlink them first.")


def require_room_for_refunds(row: Transaction, minor: int) -> None:
    """Raises LedgerError when the refunds of a purchase would not fit with this amount of `row`,
    be it the purchase or one of them."""
    if row.refund_of is not None:
        _require_amounts(minor, row.refund_of.amount_minor, _refunded(row.refund_of, without=row))
    elif refunded := _refunded(row, without=None):
        _require_amounts(refunded, minor, 0)


def _require_refund(refund: Transaction, purchase: Transaction) -> None:
    if refund.pk == purchase.pk:
        raise LedgerError("A row is not its own refund.")
    if refund.is_split or purchase.is_split:
        raise LedgerError("That row has parts. Choose one of its parts.")
    if purchase.refund_of_id is not None:
        raise LedgerError("That row is a refund itself. Choose the purchase.")
    if refund.refunds.exists():
        raise LedgerError("This row is a purchase with refunds of its own.")
    for row in (refund, purchase):
        require_unpaired(row)
    if refund.account.currency != purchase.account.currency:
        raise LedgerError("A refund is in the currency of its purchase.")
    _require_amounts(
        refund.amount_minor, purchase.amount_minor, _refunded(purchase, without=refund)
    )


def _require_amounts(refund_minor: int, purchase_minor: int, refunded: int) -> None:
    if not purchase_minor < 0 < refund_minor:
        raise LedgerError("A refund is money in, for a purchase that was money out.")
    if refund_minor + refunded > -purchase_minor:
        raise LedgerError("The refunds would be more than the purchase.")


def _refunded(purchase: Transaction, *, without: Transaction | None) -> int:
    refunds = purchase.refunds.all()
    if without is not None:
        refunds = refunds.exclude(pk=without.pk)
    total: int = refunds.aggregate(total=Sum("amount_minor"))["total"] or 0
    return total
