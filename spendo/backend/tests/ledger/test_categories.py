import pytest

from spendo.ledger.changes import undo
from spendo.ledger.models import Category, CategoryRule, Change, RecurringSeries
from spendo.ledger.services import (
    LedgerError,
    NewSeries,
    add_category,
    add_rule,
    confirm_series,
    delete_category,
    edit_category,
)
from spendo.users.models import User
from tests.ledger.book import DAY, Book, usd
from tests.ledger.snapshots import snapshot


@pytest.fixture
def tree(book: Book) -> dict[str, Category]:
    """Food > Out > Coffee, and Home."""
    made: dict[str, Category] = {}
    for name, parent in (("Food", None), ("Out", "Food"), ("Coffee", "Out"), ("Home", None)):
        made[name] = add_category(
            book.user, name=name, kind="expense", parent_id=made[parent].pk if parent else None
        )
    return made


def paths(user: User) -> set[str]:
    def path(category: Category) -> str:
        above = f"{path(category.parent)} > " if category.parent else ""
        return f"{above}{category.name}"

    return {path(category) for category in Category.objects.filter(user=user)}


def test_a_tree_is_built_and_moved(book: Book, tree: dict[str, Category]) -> None:
    assert "Food > Out > Coffee" in paths(book.user)
    edit_category(book.user, tree["Out"].pk, parent_id=tree["Home"].pk, name="Away")
    assert {"Home > Away > Coffee", "Food"} <= paths(book.user)
    edit_category(book.user, tree["Out"].pk, parent_id=None)
    assert {"Away > Coffee", "Home"} <= paths(book.user)


def test_no_category_is_under_itself(book: Book, tree: dict[str, Category]) -> None:
    for parent in ("Food", "Out", "Coffee"):
        with pytest.raises(LedgerError, match="under itself"):
            edit_category(book.user, tree["Food"].pk, parent_id=tree[parent].pk)


def test_four_levels_are_enough(book: Book, tree: dict[str, Category]) -> None:
    beans = add_category(book.user, name="Beans", kind="expense", parent_id=tree["Coffee"].pk)
    with pytest.raises(LedgerError, match="4 levels"):
        add_category(book.user, name="Arabica", kind="expense", parent_id=beans.pk)
    with pytest.raises(LedgerError, match="4 levels"):
        edit_category(book.user, tree["Food"].pk, parent_id=tree["Home"].pk)
    edit_category(book.user, tree["Out"].pk, parent_id=tree["Home"].pk)


def test_a_child_is_of_its_parents_kind(book: Book, tree: dict[str, Category]) -> None:
    food, out, home = (tree[name].pk for name in ("Food", "Out", "Home"))
    with pytest.raises(LedgerError, match="of the kind"):
        add_category(book.user, name="x", kind="income", parent_id=food)
    with pytest.raises(LedgerError, match="of the kind"):
        edit_category(book.user, out, kind="income")
    with pytest.raises(LedgerError, match="of the kind"):
        edit_category(book.user, home, kind="income", parent_id=food)
    edit_category(book.user, tree["Food"].pk, kind="income")
    kinds = {node.kind for node in Category.objects.filter(name__in=["Food", "Out", "Coffee"])}
    assert kinds == {"income"}


def test_names_are_once_and_someone_elses_are_not_there(
    book: Book, tree: dict[str, Category]
) -> None:
    bob = User.objects.create(username="bob")
    for act in (
        lambda: add_category(book.user, name=" food", kind="expense"),
        lambda: edit_category(book.user, tree["Home"].pk, name="FOOD"),
        lambda: add_category(book.user, name=" ", kind="expense"),
        lambda: add_category(book.user, name="x" * 121, kind="expense"),
        lambda: add_category(book.user, name="x", kind="fun"),
        lambda: add_category(bob, name="x", kind="expense", parent_id=tree["Home"].pk),
        lambda: edit_category(bob, tree["Home"].pk, name="x"),
        lambda: delete_category(bob, tree["Home"].pk),
        lambda: edit_category(book.user, tree["Home"].pk, user_id=bob.pk),
    ):
        with pytest.raises(LedgerError):
            act()
    edit_category(book.user, tree["Food"].pk, name="food")  # its own name, written otherwise


def test_deleting_moves_what_was_there_to_the_parent(book: Book, tree: dict[str, Category]) -> None:
    book.categories |= tree
    row = book.add("-1.00", "Out")
    rule = add_rule(
        book.user, field="merchant", match="equals", text="x", category_id=tree["Out"].pk
    )
    account = book.accounts["Checking"].pk
    confirm_series(
        book.user,
        NewSeries(account, "Cafe", "bill", "monthly", usd("-1"), DAY, tree["Out"].pk),
    )
    before = snapshot()
    delete_category(book.user, tree["Out"].pk)
    change = Change.objects.latest("id")
    assert change.summary == (
        "Deleted the category Out: 1 transaction and 1 category moved to Food"
    )
    row.refresh_from_db()
    assert row.category == tree["Food"]
    assert "Food > Coffee" in paths(book.user)
    assert CategoryRule.objects.get(pk=rule.pk).category == tree["Food"]
    assert RecurringSeries.objects.get().category == tree["Food"]
    undo(book.user, change.pk)
    assert snapshot() == before


def test_deleting_a_root_leaves_what_was_there_without_one(
    book: Book, tree: dict[str, Category]
) -> None:
    book.categories |= tree
    row = book.add("-1.00", "Food")
    for text, merchant in (("goes", ""), ("stays", "Cafe")):
        add_rule(
            book.user, field="merchant", match="equals", text=text, merchant=merchant,
            category_id=tree["Food"].pk,
        )  # fmt: skip
    before = snapshot()
    delete_category(book.user, tree["Food"].pk)
    row.refresh_from_db()
    assert row.category is None
    assert "Out > Coffee" in paths(book.user)
    assert [rule.text for rule in CategoryRule.objects.all()] == ["stays"]
    undo(book.user, Change.objects.latest("id").pk)
    assert snapshot() == before
