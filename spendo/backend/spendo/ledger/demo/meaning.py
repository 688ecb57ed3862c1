"""What the new rows of the demo mean beyond their amounts: parts, refunds, tags, rates, values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from spendo.ledger.demo.extras import cabin_values, yen_rates
from spendo.ledger.demo.rows import PREFIX, DemoRow
from spendo.ledger.models import Account, ExchangeRate, Transaction, Valuation
from spendo.ledger.money import from_minor
from spendo.ledger.services import (
    NewPart,
    NewTransaction,
    add_rates,
    link_refund,
    set_valuation,
    settle_pending,
    split_loan_payment,
    split_transaction,
)
from spendo.ledger.services.rates import NewRate
from spendo.users.fields import fold
from spendo.users.models import User


def give_meaning(
    user: User, rows: Sequence[DemoRow], ids: Mapping[str, int], categories: Mapping[str, int]
) -> None:
    """Split what has parts and link what is a refund, among rows that were just added."""
    for row in rows:
        row_id = ids.get(row.external_id)
        if row_id is None:
            continue
        if row.parts:
            _split(user, row, row_id, ids, categories)
        if row.refund_of:
            _link(user, row_id, row.refund_of)


def settle_with_other_amounts(
    user: User, rows: Iterable[DemoRow], accounts: Mapping[str, Account]
) -> None:
    """Let rows post that come to something else than they were while pending: a tip was added.

    A row that the user has changed, or deleted, stays as it is.
    """
    wanted = {row.external_id: row for row in rows if row.pending_minor is not None}
    pending = Transaction.objects.of(user).filter(
        status=Transaction.Status.PENDING, external_id__in=list(wanted)
    )
    posted = [
        NewTransaction(
            account_id=row.account_id,
            date=row.date,
            amount=from_minor(demo.minor, accounts[demo.account].currency),
            description=row.description,
            merchant=row.merchant,
            category_id=row.category_id,
            external_id=row.external_id,
        )
        for row in pending
        for demo in [wanted[row.external_id]]
        if row.amount_minor == demo.pending_minor
    ]
    if posted:
        settle_pending(user, posted)


def add_rates_and_values(
    user: User, begin: date, end: date, accounts: Mapping[str, Account]
) -> None:
    """The rates and the estimates of these days, where the user has none of their own."""
    rates = [NewRate("USD", "JPY", day, rate) for day, rate in yen_rates(begin, end)]
    if rates:
        known = set(
            ExchangeRate.objects.filter(user=user, base="USD", quote="JPY").values_list(
                "date", flat=True
            )
        )
        add_rates(user, [rate for rate in rates if rate.date not in known])
    cabin = accounts.get("cabin")
    if cabin is None:
        return
    for day, minor in cabin_values(begin, end):
        if not Valuation.objects.filter(user=user, account=cabin, date=day).exists():
            set_valuation(user, cabin.pk, day, from_minor(minor, cabin.currency))


def _split(
    user: User, row: DemoRow, row_id: int, ids: Mapping[str, int], categories: Mapping[str, int]
) -> None:
    parts = [
        NewPart(from_minor(minor, "USD"), categories.get(fold(name)) if name else None, words)
        for name, minor, words in row.parts
    ]
    if row.parts[0][0] is not None:
        split_transaction(user, row_id, parts)
    elif row.twin in ids:
        first, *rest = parts
        split_loan_payment(
            user, row_id, principal=-first.amount, rest=rest, loan_row_id=ids[row.twin]
        )


def _link(user: User, refund_id: int, bought: str) -> None:
    assert bought.startswith(PREFIX)  # noqa: S101
    part = (
        Transaction.objects.of(user)
        .filter(parent__external_id=bought, refunds__isnull=True)
        .order_by("-id")
        .first()
    )
    if part is not None:
        link_refund(user, refund_id, part.pk)
