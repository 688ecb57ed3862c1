"""Rows of statements: new ones, and what the user makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spendo.ledger.changes import changing
from spendo.ledger.errors import LedgerError, UnknownRow
from spendo.ledger.models import Account, Category, ImportBatch, Transaction
from spendo.ledger.money import Money
from spendo.ledger.services.checks import BATCH, counted, real_day, short, storable
from spendo.ledger.services.tags import put_tags
from spendo.users.models import User

Day = date


@dataclass(frozen=True, slots=True)
class NewTransaction:
    """One row to add; a negative amount is money out, in the account's currency.

    `tags` are names; those that the user does not have yet are made. `import_key` knows a row
    without an `external_id` again.
    """

    account_id: int
    date: date
    amount: Money
    description: str
    merchant: str = ""
    category_id: int | None = None
    pending: bool = False
    external_id: str = ""
    value_date: Day | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    import_key: str = ""
    import_batch_id: int | None = None
    hidden: bool = False


def add_transactions(user: User, rows: Sequence[NewTransaction]) -> int:
    """Add the rows and return how many were new, as `make_transactions` does."""
    return len(make_transactions(user, rows))


def make_transactions(user: User, rows: Sequence[NewTransaction]) -> list[Transaction]:
    """Add the rows and return the new ones, in order.

    A row whose external id or import key its account has already is left out; what is there
    stays as it is. One row that breaks a rule adds none.
    """
    with changing(user, kind="add_transactions") as change:
        known = known_keys(user, rows)
        new: list[tuple[Transaction, tuple[str, ...]]] = []
        for made, tags in zip(checked_rows(user, rows), (row.tags for row in rows), strict=True):
            keys = _keys(made)
            if known.isdisjoint(keys):
                known.update(keys)
                new.append((made, tags))
        change.summary = _added([made for made, _ in new])
        change.create_many(made for made, _ in new)
        put_tags(change, {made.pk: tags for made, tags in new if tags})
        return [made for made, _ in new]


def post_pending(user: User, *, external_prefix: str, until: date) -> int:
    """Post the pending rows of one source that are dated `until` or before; how many."""
    with changing(user, kind="post_pending") as change:
        pending = list(
            Transaction.objects.of(user).filter(
                status=Transaction.Status.PENDING,
                external_id__startswith=external_prefix,
                date__lte=until,
            )
        )
        change.summary = f"Posted {counted(len(pending), 'transaction')}"
        return change.update_many(pending, status=Transaction.Status.POSTED)


def checked_rows(user: User, rows: Sequence[NewTransaction]) -> list[Transaction]:
    """The rows as they would be kept. Raises LedgerError for one that breaks a rule."""
    currencies = dict(Account.objects.of(user).values_list("id", "currency"))
    categories = set(Category.objects.filter(user=user).values_list("id", flat=True))
    batches = {row.import_batch_id for row in rows if row.import_batch_id is not None}
    if ImportBatch.objects.filter(user=user, pk__in=batches).count() != len(batches):
        raise UnknownRow("There is no such import.")
    return [_checked(user, row, currencies, categories) for row in rows]


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
    return Transaction(
        user=user,
        account_id=row.account_id,
        date=real_day(row.date),
        value_date=None if row.value_date is None else real_day(row.value_date),
        amount_minor=storable(row.amount),
        description=short(row.description, "description", 2000),
        merchant=short(row.merchant, "merchant", 200),
        category_id=row.category_id,
        note=short(row.note, "note", 1000),
        status=Transaction.Status.PENDING if row.pending else Transaction.Status.POSTED,
        hidden=row.hidden,
        external_id=short(row.external_id, "external id", 100),
        import_key=short(row.import_key, "import key", 64),
        import_batch_id=row.import_batch_id,
    )


def _keys(row: Transaction) -> list[tuple[int, str, str]]:
    """What may be once in an account: (account, which of the two, key)."""
    named = (("external_id", row.external_id), ("import_key", row.import_key))
    return [(row.account_id, name, key) for name, key in named if key]


def known_keys(
    user: User, rows: Sequence[NewTransaction], *, posted_only: bool = False
) -> set[tuple[int, str, str]]:
    """Which of the rows' keys the ledger has: (account, "external_id" or "import_key", key)."""
    there = Transaction.objects.of(user)
    if posted_only:
        there = there.filter(status=Transaction.Status.POSTED)
    known: set[tuple[int, str, str]] = set()
    for name in ("external_id", "import_key"):
        keys = sorted({getattr(row, name) for row in rows} - {""})
        for start in range(0, len(keys), BATCH):
            found = there.filter(**{f"{name}__in": keys[start : start + BATCH]})
            known.update(
                (account_id, name, key) for account_id, key in found.values_list("account_id", name)
            )
    return known


def _added(rows: Sequence[Transaction]) -> str:
    if len(rows) == 1:
        return f"Added {rows[0].merchant or rows[0].description}"
    return f"Added {counted(len(rows), 'transaction')}"
