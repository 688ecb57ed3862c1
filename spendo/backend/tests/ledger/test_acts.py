"""Whatever is done, in whatever order: the rules hold, money is conserved, all can be undone."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from spendo.ledger.changes import undo
from spendo.ledger.models import Category, Change, Transaction, Transfer
from spendo.users.models import User
from tests.ledger.book import Book
from tests.ledger.random_acts import SEQUENCES, Acting, Drawn, sums_of
from tests.ledger.random_ledgers import AS_FOUND, examples, undone
from tests.ledger.snapshots import snapshot


@pytest.fixture
def acting(book: Book) -> Acting:
    book.account("Savings", "savings")
    book.account("Card", "credit_card")
    book.account("Euro", currency="EUR")
    bob = Book(User.objects.create(username="bob"))
    bob.account("Savings")
    bob.category("Groceries")
    bob.add("-9.00", "Groceries", account="Savings", merchant="Shop")
    bob.add("5.00", account="Savings", pending=True)
    return Acting(book)


acts = settings(
    phases=AS_FOUND,
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@acts
@given(drawn=SEQUENCES)
def test_the_rules_hold_after_every_act(acting: Acting, drawn: list[Drawn]) -> None:
    with undone():
        theirs = _of_others(acting.user)
        for act in drawn:
            before, changes = sums_of(acting.user), Change.objects.count()
            moved = acting.do(act)
            expected = {
                account: before.get(account, 0) + (moved or {}).get(account, 0)
                for account in before | (moved or {})
            }
            after = sums_of(acting.user)
            assert {name: after.get(name, 0) for name in expected} == expected, act
            if moved is None:
                assert Change.objects.count() == changes, act
            _assert_rules(acting.user)
        assert _of_others(acting.user) == theirs


@acts
@given(drawn=SEQUENCES)
def test_everything_is_undone_and_done_again(acting: Acting, drawn: list[Drawn]) -> None:
    with undone():
        begin = snapshot()
        for act in drawn:
            acting.do(act)
        done = snapshot()
        undoing = [undo(acting.user, change.pk) for change in _to_undo(acting.user)]
        assert snapshot() == begin
        for change in reversed(undoing):
            undo(acting.user, change.pk)
        assert snapshot() == done


def _to_undo(user: User) -> list[Change]:
    """The changes that are in effect, newest first: not undone, and no undo themselves."""
    standing = Change.objects.filter(user=user, undone_by=None).exclude(kind="undo")
    return list(standing.order_by("-pk"))


def _of_others(user: User) -> dict[str, list[dict[str, object]]]:
    with transaction.atomic():
        return {
            table: [row for row in rows if row.get("user_id") not in (None, user.pk)]
            for table, rows in snapshot().items()
        }


def _assert_rules(user: User) -> None:
    rows = {row.pk: row for row in Transaction.objects.of(user)}
    for row in rows.values():
        parts = [part for part in rows.values() if part.parent_id == row.pk]
        assert row.is_split == bool(parts)
        if parts:
            assert sum(part.amount_minor for part in parts) == row.amount_minor
            assert {(part.account_id, part.date) for part in parts} == {(row.account_id, row.date)}
            assert (row.status, row.parent_id) == ("posted", None)
            assert not row.hidden or all(part.hidden for part in parts)
        refunds = [one.amount_minor for one in rows.values() if one.refund_of_id == row.pk]
        if refunds:
            assert min(refunds) > 0
            assert sum(refunds) <= -row.amount_minor
            assert row.refund_of_id is None
            assert not row.is_split
    _assert_transfers(user, rows)
    _assert_tree(user)


def _assert_transfers(user: User, rows: dict[int, Transaction]) -> None:
    transfers = Transfer.objects.filter(user=user).select_related(
        "outflow__account", "inflow__account"
    )
    sides = [number for one in transfers for number in (one.outflow_id, one.inflow_id)]
    assert len(sides) == len(set(sides))
    for one in transfers:
        assert one.outflow.amount_minor < 0 < one.inflow.amount_minor
        assert one.outflow.account_id != one.inflow.account_id
        if one.outflow.account.currency == one.inflow.account.currency:
            assert one.outflow.amount_minor + one.inflow.amount_minor == 0
        for side in (one.outflow, one.inflow):
            assert not side.is_split
            assert side.refund_of_id is None
            assert not any(row.refund_of_id == side.pk for row in rows.values())


def _assert_tree(user: User) -> None:
    nodes = {node.pk: node for node in Category.objects.filter(user=user)}
    for node in nodes.values():
        above = [node]
        while above[-1].parent_id is not None:
            above.append(nodes[above[-1].parent_id])
            assert len(above) <= 4
        assert {one.kind for one in above} == {node.kind}
