from typing import Any

import pytest

from spendo.ledger.changes import undo
from spendo.ledger.models import Category, CategoryRule, Change, Transaction
from spendo.ledger.services import (
    LedgerError,
    NewPart,
    NewTransaction,
    add_rule,
    apply_rules,
    delete_rule,
    edit_rule,
    preview_rules,
    split_transaction,
    with_rules,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd
from tests.ledger.snapshots import snapshot


def rule(book: Book, text: str, category: str | None = "Groceries", **change: Any) -> CategoryRule:
    values: dict[str, Any] = {
        "field": "merchant",
        "match": "contains",
        "text": text,
        "category_id": book.categories[category].pk if category else None,
    }
    return add_rule(book.user, **values | change)


def category_of(row: Transaction) -> Category | None:
    return Transaction.objects.get(pk=row.pk).category


@pytest.mark.parametrize(
    ("match", "text", "merchant", "fits"),
    [
        ("equals", "NETFLIX", "netflix", True),
        ("equals", "netflix", "netflix inc", False),
        ("starts_with", "net", "Netflix", True),
        ("starts_with", "flix", "Netflix", False),
        ("contains", "flix", "Netflix", True),
        ("contains", ".*", "Netflix", False),
        ("contains", "Straße", "STRASSE 5", True),
        ("contains", "a  b", "x A B y", True),
        ("contains", "%", "Netflix", False),
    ],
)
def test_text_is_compared_as_text(
    book: Book, match: str, text: str, merchant: str, fits: bool
) -> None:
    row = book.add("-1.00", merchant=merchant)
    rule(book, text, match=match)
    assert apply_rules(book.user) == fits
    assert category_of(row) == (book.categories["Groceries"] if fits else None)


def test_the_first_rule_that_fits_decides(book: Book) -> None:
    row = book.add("-1.00", merchant="Amazon Fresh")
    rule(book, "amazon", "Clothing")
    assert [effect.category_after for effect in preview_rules(book.user)] == [
        book.categories["Clothing"].pk
    ]
    first = rule(book, "amazon fresh", position=1)
    assert list(CategoryRule.objects.values_list("text", "position")) == [
        ("amazon fresh", 1),
        ("amazon", 2),
    ]
    apply_rules(book.user)
    assert category_of(row) == book.categories["Groceries"]
    edit_rule(book.user, first.pk, position=2)
    assert [one.text for one in CategoryRule.objects.all()] == ["amazon", "amazon fresh"]
    apply_rules(book.user, replace_categories=True)
    assert category_of(row) == book.categories["Clothing"]


def test_a_category_that_is_there_stays_unless_it_is_to_be_replaced(book: Book) -> None:
    row = book.add("-1.00", "Clothing", merchant="sq *netflix")
    rule(book, "netflix", merchant="Netflix")
    (effect,) = preview_rules(book.user)
    assert (effect.category_after, effect.merchant_after) == (effect.category_before, "Netflix")
    apply_rules(book.user)
    row.refresh_from_db()
    assert (row.category, row.merchant, row.merchant_key) == (
        book.categories["Clothing"], "Netflix", "netflix",
    )  # fmt: skip
    assert apply_rules(book.user, replace_categories=True) == 1
    assert category_of(row) == book.categories["Groceries"]


def test_a_preview_changes_nothing_and_tells_what_will(book: Book) -> None:
    rows = [book.add("-1.00", merchant="Netflix").pk for _ in range(3)]
    rule(book, "netflix")
    before = snapshot()
    assert [effect.transaction_id for effect in preview_rules(book.user, rows[:2])] == rows[:2]
    assert snapshot() == before
    assert apply_rules(book.user, rows[:2]) == 2
    undo(book.user, Change.objects.latest("id").pk)
    assert snapshot() == before


def test_rules_leave_other_accounts_rows_with_parts_and_other_users_alone(book: Book) -> None:
    book.account("Card", "credit_card")
    bob = Book(User.objects.create(username="bob"))
    bob.account()
    bob.add("-1.00", merchant="Netflix")
    book.add("-1.00", merchant="Netflix")
    split = book.add("-3.00", account="Card", merchant="Netflix")
    rule(book, "netflix", account_id=book.accounts["Card"].pk)
    split_transaction(book.user, split.pk, [NewPart(usd("-1")), NewPart(usd("-2"))])
    assert apply_rules(book.user) == 2
    assert set(Transaction.objects.exclude(category=None).values_list("parent_id", flat=True)) == {
        split.pk
    }


def test_new_rows_get_what_rules_choose(book: Book) -> None:
    rule(book, "pos 77", "Clothing", field="description", merchant="Shoes")
    account = book.accounts["Checking"].pk
    plain = NewTransaction(account, DAY, usd("-1"), "POS 7711", merchant="")
    chosen = NewTransaction(
        account, DAY, usd("-1"), "pos 77", category_id=book.categories["Groceries"].pk
    )
    other = NewTransaction(account, DAY, usd("-1"), "ATM")
    first, second, third = with_rules(book.user, [plain, chosen, other])
    assert (first.merchant, first.category_id) == ("Shoes", book.categories["Clothing"].pk)
    assert (second.merchant, second.category_id) == ("Shoes", chosen.category_id)
    assert third == other


def test_a_rule_that_is_off_or_gone_does_nothing(book: Book) -> None:
    book.add("-1.00", merchant="Netflix")
    one = rule(book, "netflix")
    edit_rule(book.user, one.pk, active=False)
    assert preview_rules(book.user) == []
    edit_rule(book.user, one.pk, active=True)
    delete_rule(book.user, one.pk)
    assert preview_rules(book.user) == []


def test_what_is_no_rule(book: Book) -> None:
    bob = Book(User.objects.create(username="bob"))
    bob.account()
    bob.category("Theirs")
    theirs = rule(bob, "x", "Theirs")
    for change in (
        {"field": "note"}, {"match": "regex"}, {"text": " "}, {"text": "x" * 201},
        {"category_id": None}, {"category_id": bob.categories["Theirs"].pk},
        {"account_id": bob.accounts["Checking"].pk}, {"merchant": "x" * 201},
    ):  # fmt: skip
        with pytest.raises(LedgerError):
            rule(book, **{"text": "x"} | change)
    mine = rule(book, "mine")
    for act in (
        lambda: edit_rule(book.user, theirs.pk, text="x"),
        lambda: delete_rule(book.user, theirs.pk),
        lambda: edit_rule(book.user, mine.pk, category_id=None),
        lambda: edit_rule(book.user, mine.pk, pattern="x"),
    ):
        with pytest.raises(LedgerError):
            act()
    assert CategoryRule.objects.get(pk=mine.pk).category_id is not None
