"""Random acts on a ledger, each with what it does to the money of an account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from spendo.ledger import services
from spendo.ledger.changes import undo
from spendo.ledger.models import Account, Category, Change, Transaction
from spendo.ledger.money import Money, from_minor
from spendo.ledger.services import LedgerError, NewPart, NewTransaction
from spendo.users.models import User
from tests.ledger.book import DAY, Book

Moved = dict[int, int]
"""By account: by how much an act changed the sum of its rows."""


@dataclass(frozen=True)
class Drawn:
    """An act and the numbers it picks its rows and amounts with."""

    name: str
    one: int
    two: int
    minor: int


class Acting:
    """One user's ledger while acts happen to it."""

    def __init__(self, book: Book) -> None:
        self.user = book.user
        self.book = book

    def do(self, drawn: Drawn) -> Moved | None:
        """Do it. None if the ledger refused, or the money it moved."""
        try:
            return ACTS[drawn.name](self, drawn) or {}
        except LedgerError:
            return None

    def row(self, number: int) -> Transaction:
        rows = list(Transaction.objects.of(self.user).select_related("account").order_by("pk"))
        if not rows:
            raise LedgerError("There is nothing to pick.")
        return rows[number % len(rows)]

    def category(self, number: int) -> Category:
        categories = list(Category.objects.filter(user=self.user).order_by("pk"))
        return categories[number % len(categories)]

    def account(self, number: int) -> Account:
        accounts = list(self.book.accounts.values())
        return accounts[number % len(accounts)]

    def new(self, drawn: Drawn, *, pending: bool) -> NewTransaction:
        account = self.account(drawn.one)
        return NewTransaction(
            account_id=account.pk,
            date=DAY + timedelta(days=drawn.two % 5),
            amount=from_minor(drawn.minor, account.currency),
            description=("Transfer to Savings", "Shop", "Payment thank you")[drawn.two % 3],
            merchant=("", "Shop")[drawn.two % 2],
            pending=pending,
            tags=("Trip",) if drawn.two % 7 == 0 else (),
        )


def _add(acting: Acting, drawn: Drawn) -> Moved:
    pending = drawn.two % 4 == 0
    services.add_transactions(acting.user, [acting.new(drawn, pending=pending)])
    return {acting.account(drawn.one).pk: drawn.minor}


def _delete(acting: Acting, drawn: Drawn) -> Moved:
    row = acting.row(drawn.one)
    services.delete_transactions(acting.user, [row.pk])
    return {row.account_id: -row.amount_minor}


def _edit_amount(acting: Acting, drawn: Drawn) -> Moved:
    row = acting.row(drawn.one)
    amount = from_minor(drawn.minor, row.account.currency)
    services.edit_transaction(acting.user, row.pk, amount=amount, note="edited")
    return {row.account_id: drawn.minor - row.amount_minor}


def _settle(acting: Acting, drawn: Drawn) -> Moved:
    row = acting.row(drawn.one)
    tip = abs(row.amount_minor) * (drawn.two % 30) // 100
    minor = row.amount_minor + (-tip if row.amount_minor < 0 else 0)
    posted = NewTransaction(
        account_id=row.account_id,
        date=row.date,
        amount=from_minor(minor, row.account.currency),
        description=row.description,
        merchant=row.merchant,
    )
    was = dict(Transaction.objects.of(acting.user).values_list("pk", "amount_minor"))
    settled = services.settle_pending(acting.user, [posted])
    moved = sum(minor - was[row_id] for row_id in settled.ids.values())
    return {row.account_id: moved}


def _split(acting: Acting, drawn: Drawn) -> None:
    row = acting.row(drawn.one)
    first = Money(from_minor(drawn.minor, row.account.currency).amount, row.account.currency)
    rest = from_minor(row.amount_minor - drawn.minor, row.account.currency)
    parts = [NewPart(first, acting.category(drawn.two).pk, "First"), NewPart(rest)]
    services.split_transaction(acting.user, row.pk, parts)


def _pair(acting: Acting, drawn: Drawn) -> None:
    """The row and the first one that could be its other side."""
    row = acting.row(drawn.one)
    other = (
        Transaction.objects.of(acting.user)
        .filter(amount_minor=-row.amount_minor)
        .exclude(account=row.account_id)
        .first()
    )
    if other is not None:
        out, into = sorted((row, other), key=lambda side: side.amount_minor)
        services.pair_transfers(acting.user, [(out.pk, into.pk)])


def _move_category(acting: Acting, drawn: Drawn) -> None:
    services.edit_category(
        acting.user, acting.category(drawn.one).pk, parent_id=acting.category(drawn.two).pk
    )


def _delete_category(acting: Acting, drawn: Drawn) -> None:
    if Category.objects.filter(user=acting.user).count() > 2:
        services.delete_category(acting.user, acting.category(drawn.one).pk)


def _undo_something(acting: Acting, drawn: Drawn) -> Moved:
    standing = Change.objects.filter(user=acting.user, undone_by__isnull=True).order_by("-pk")
    newest = list(standing[:3])
    if not newest:
        raise LedgerError("There is nothing to undo.")
    before = sums_of(acting.user)
    undo(acting.user, newest[drawn.one % len(newest)].pk)
    after = sums_of(acting.user)
    return {account: after.get(account, 0) - before.get(account, 0) for account in before | after}


def sums_of(user: User) -> dict[int, int]:
    """By account, the sum of its rows as the bank has them."""
    found: dict[int, int] = {}
    for row in Transaction.objects.of(user).filter(parent=None):
        found[row.account_id] = found.get(row.account_id, 0) + row.amount_minor
    return found


def _plain(act: Callable[[Acting, Drawn], Any]) -> Callable[[Acting, Drawn], None]:
    """An act that moves no money."""

    def do(acting: Acting, drawn: Drawn) -> None:
        act(acting, drawn)

    return do


ACTS: dict[str, Callable[[Acting, Drawn], Moved | None]] = {
    "add": _add,
    "delete": _delete,
    "edit amount": _edit_amount,
    "settle": _settle,
    "undo": _undo_something,
    "split": _split,
    "pair": _pair,
    "move category": _move_category,
    "delete category": _delete_category,
    "join": _plain(lambda to, by: services.join_parts(to.user, to.row(by.one).pk)),
    "match": _plain(lambda to, by: services.match_transfers(to.user)),
    "unpair": _plain(lambda to, by: services.unpair_transfer(to.user, to.row(by.one).pk)),
    "refund": _plain(
        lambda to, by: services.link_refund(to.user, to.row(by.one).pk, to.row(by.two).pk)
    ),
    "unlink": _plain(lambda to, by: services.unlink_refund(to.user, to.row(by.one).pk)),
    "hide": _plain(
        lambda to, by: services.hide_transactions(
            to.user, [to.row(by.one).pk, to.row(by.two).pk], hidden=by.minor > 0
        )
    ),
    "categorise": _plain(
        lambda to, by: services.categorise_transactions(
            to.user, [to.row(by.one).pk, to.row(by.two).pk], to.category(by.minor).pk
        )
    ),
    "tag": _plain(lambda to, by: services.tag_transactions(to.user, [to.row(by.one).pk], "Trip")),
    "edit date": _plain(
        lambda to, by: services.edit_transaction(
            to.user, to.row(by.one).pk, date=DAY + timedelta(days=by.two % 9)
        )
    ),
    "add category": _plain(
        lambda to, by: services.add_category(
            to.user, name=f"New {by.two}", kind="expense", parent_id=to.category(by.one).pk
        )
    ),
    "rule": _plain(
        lambda to, by: services.add_rule(
            to.user, field="merchant", match="contains", text="sho",
            category_id=to.category(by.one).pk, position=1,
        )
    ),
    "apply rules": _plain(
        lambda to, by: services.apply_rules(to.user, replace_categories=by.one % 2 == 0)
    ),
    "rate": _plain(
        lambda to, by: services.set_rate(
            to.user, base=("EUR", "USD")[by.one % 2], quote=("USD", "EUR")[by.one % 2], date=DAY,
            rate=Decimal(1 + by.two),
        )
    ),
    "value": _plain(
        lambda to, by: services.set_valuation(
            to.user, to.account(by.one).pk, DAY, from_minor(by.minor, to.account(by.one).currency)
        )
    ),
    "account": _plain(
        lambda to, by: services.edit_account(
            to.user, to.account(by.one).pk, name=f"Account {by.two}", hidden=by.minor > 0
        )
    ),
}  # fmt: skip
# Rows come first and often, so that the others have something to act on.
SEQUENCES = st.tuples(
    st.lists(
        st.builds(
            Drawn,
            name=st.just("add"),
            one=st.integers(0, 3),
            two=st.integers(0, 9),
            minor=st.sampled_from([-900, -500, 500, 300, -300]),
        ),
        min_size=2,
        max_size=5,
    ),
    st.lists(
        st.builds(
            Drawn,
            name=st.sampled_from(sorted(ACTS)),
            one=st.integers(0, 20),
            two=st.integers(0, 20),
            minor=st.sampled_from([-400, -250, -1, 1, 250, 500]),
        ),
        min_size=3,
        max_size=10,
    ),
).map(lambda both: [*both[0], *both[1]])
