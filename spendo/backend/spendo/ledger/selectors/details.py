"""One row of the ledger with everything that is known of it, for the page that edits it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spendo.ledger.errors import UnknownRow
from spendo.ledger.models import Account, Transaction
from spendo.ledger.money import Money, from_minor
from spendo.users.models import User

Day = date


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """Another row that has to do with this one."""

    id: int
    account: str
    amount: Money
    description: str
    category_id: int | None


@dataclass(frozen=True, slots=True)
class TransactionDetail:
    """`counts_as`: where a total puts it, as `TransactionQuerySet.sorted_into_parts` says.

    `transfer_with` is the other side of the transfer it is in; `refund_of` the purchase it is a
    refund of; `parent_id` the row it is a part of.
    """

    id: int
    account_id: int
    account: str
    date: date
    value_date: Day | None
    amount: Money
    description: str
    merchant: str
    category_id: int | None
    category: str | None
    note: str
    tags: list[str]
    pending: bool
    hidden: bool
    counts_as: str
    parent_id: int | None
    parts: list[LinkedRow]
    transfer_with: LinkedRow | None
    refund_of: LinkedRow | None
    refunds: list[LinkedRow]
    external_id: str
    import_batch_id: int | None


@dataclass(frozen=True, slots=True)
class AccountDetail:
    """What the user has said of an account; its balance is with `account_balance`."""

    id: int
    name: str
    institution: str
    kind: str
    currency: str
    opening: Money
    opened_on: date
    credit_limit: Money | None
    interest_rate: Decimal | None
    minimum_payment: Money | None
    external_id: str
    hidden: bool


def transaction_detail(user: User, transaction_id: int) -> TransactionDetail:
    """One of the user's rows, hidden or not. Raises UnknownRow."""
    row = (
        Transaction.objects.of(user)
        .with_meaning()
        .sorted_into_parts(include_transfers=False)
        .select_related(
            "account",
            "category",
            "refund_of__account",
            "transfer_out__inflow__account",
            "transfer_in__outflow__account",
        )
        .filter(pk=transaction_id)
        .first()
    )
    if row is None:
        raise UnknownRow("There is no such transaction.")
    return TransactionDetail(
        id=row.pk,
        account_id=row.account_id,
        account=row.account.name,
        date=row.date,
        value_date=row.value_date,
        amount=from_minor(row.amount_minor, row.account.currency),
        description=row.description,
        merchant=row.merchant,
        category_id=row.category_id,
        category=row.category.name if row.category else None,
        note=row.note,
        tags=[tag.name for tag in row.tags.order_by("name_key")],
        pending=row.status == Transaction.Status.PENDING,
        hidden=row.hidden,
        counts_as=row.part,
        parent_id=row.parent_id,
        parts=_linked_all(row.parts.select_related("account").order_by("pk")),
        transfer_with=_other_side(row),
        refund_of=_linked(row.refund_of) if row.refund_of else None,
        refunds=_linked_all(row.refunds.select_related("account").order_by("pk")),
        external_id=row.external_id,
        import_batch_id=row.import_batch_id,
    )


def account_detail(user: User, account_id: int) -> AccountDetail:
    """One of the user's accounts, hidden or not. Raises UnknownRow."""
    account = Account.objects.of(user).select_related("institution").filter(pk=account_id).first()
    if account is None:
        raise UnknownRow("There is no such account.")
    return AccountDetail(
        id=account.pk,
        name=account.name,
        institution=account.institution.name,
        kind=account.kind,
        currency=account.currency,
        opening=from_minor(account.opening_balance_minor, account.currency),
        opened_on=account.opened_on,
        credit_limit=_money(account.credit_limit_minor, account.currency),
        interest_rate=account.interest_rate,
        minimum_payment=_money(account.minimum_payment_minor, account.currency),
        external_id=account.external_id,
        hidden=account.hidden,
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else from_minor(minor, currency)


def _other_side(row: Transaction) -> LinkedRow | None:
    if hasattr(row, "transfer_out"):
        return _linked(row.transfer_out.inflow)
    if hasattr(row, "transfer_in"):
        return _linked(row.transfer_in.outflow)
    return None


def _linked_all(rows: Iterable[Transaction]) -> list[LinkedRow]:
    return [_linked(row) for row in rows]


def _linked(row: Transaction) -> LinkedRow:
    return LinkedRow(
        id=row.pk,
        account=row.account.name,
        amount=from_minor(row.amount_minor, row.account.currency),
        description=row.merchant or row.description,
        category_id=row.category_id,
    )
