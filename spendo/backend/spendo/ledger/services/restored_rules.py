"""The ledger's rules that no single row can break, asked of a whole ledger."""

from django.db.models import F, Q, Sum

from spendo.ledger.imports import ImportRefused
from spendo.ledger.models import Category, Transaction, Transfer
from spendo.ledger.services.categories import MAX_DEPTH
from spendo.users.models import User


def require_rules(user: User) -> None:
    """Raises ImportRefused: parts that do not add up, transfers that are none, trees with rings."""
    rows = Transaction.objects.of(user)
    split = rows.filter(is_split=True).annotate(together=Sum("parts__amount_minor"))
    if split.exclude(together=F("amount_minor")).exists():
        raise _broken("the parts of a transaction do not add up to it")
    strays = Q(parent__is_split=False) | ~Q(account_id=F("parent__account_id"))
    if rows.filter(parent__isnull=False).filter(strays).exists():
        raise _broken("a part is of a transaction that has none, or of another account")
    _require_transfers(user)
    if rows.filter(refund_of=F("pk")).exists():
        raise _broken("a transaction is its own refund")
    _require_tree(user)


def _require_transfers(user: User) -> None:
    transfers = Transfer.objects.filter(user=user)
    right = Q(outflow__amount_minor__lt=0, inflow__amount_minor__gt=0) & ~Q(
        outflow__account_id=F("inflow__account_id")
    )
    if transfers.exclude(right).exists():
        raise _broken("a transfer does not leave one account and enter another")
    one_currency = transfers.filter(outflow__account__currency=F("inflow__account__currency"))
    if one_currency.exclude(inflow__amount_minor=-1 * F("outflow__amount_minor")).exists():
        raise _broken("the sides of a transfer are not of the same amount")


def _require_tree(user: User) -> None:
    nodes = {node.pk: node for node in Category.objects.filter(user=user)}
    for node in nodes.values():
        depth, above = 1, node
        while above.parent_id is not None:
            depth, above = depth + 1, nodes[above.parent_id]
            if depth > MAX_DEPTH or above.kind != node.kind:
                raise _broken("a category stands where it cannot")


def _broken(what: str) -> ImportRefused:
    return ImportRefused(f"In the export, {what}.", code="unreadable")
