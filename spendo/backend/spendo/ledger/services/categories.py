"""The category tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spendo.ledger.changes import OpenChange, changing
from spendo.ledger.errors import LedgerError
from spendo.ledger.models import Category, CategoryRule, RecurringSeries, Transaction
from spendo.ledger.services.checks import (
    counted,
    known_choice,
    named,
    only,
    own,
    own_category,
)
from spendo.users.fields import fold
from spendo.users.models import User

MAX_DEPTH = 4
_NAME_LIMIT = 120


def add_categories(user: User, kinds: dict[str, str]) -> list[Category]:
    """Categories of those names and kinds; names the user already has stay as they are."""
    wanted = {
        fold(name): Category(
            user=user,
            name=named(name, "category's name", _NAME_LIMIT),
            kind=known_choice(kind, Category.Kind, "category"),
        )
        for name, kind in kinds.items()
    }
    with changing(user, kind="add_categories") as change:
        known = {category.name_key for category in Category.objects.filter(user=user)}
        new = [category for key, category in wanted.items() if key not in known]
        change.summary = f"Added {counted(len(new), 'category', 'categories')}"
        change.create_many(new)
        return list(Category.objects.filter(user=user))


def add_category(user: User, *, name: str, kind: str, parent_id: int | None = None) -> Category:
    """A new category, of its parent's kind and at most four levels deep. Raises LedgerError."""
    name = named(name, "category's name", _NAME_LIMIT)
    with changing(user, kind="add_category", summary=f"Added the category {name}") as change:
        parent = own_category(user, parent_id)
        category = Category(
            user=user,
            name=name,
            kind=known_choice(kind, Category.Kind, "category"),
            parent=parent,
        )
        _require_new_name(category)
        _Tree.of(user).require_place(category)
        return change.create(category)


def edit_category(user: User, category_id: int, **fields: Any) -> Category:
    """Change `name`, `kind` or `parent_id` (None makes it a root).

    The kind of a root changes with all that is under it; any other category has its parent's.
    """
    only(fields, "name", "kind", "parent_id")
    with changing(user, kind="edit_category") as change:
        category = own(user, Category, category_id, "category")
        change.summary = f"Changed the category {category.name}"
        wanted = own(user, Category, category_id, "category")
        if "name" in fields:
            wanted.name = named(fields["name"], "category's name", _NAME_LIMIT)
            _require_new_name(wanted)
        if "kind" in fields:
            wanted.kind = known_choice(fields["kind"], Category.Kind, "category")
        if "parent_id" in fields:
            wanted.parent = own_category(user, fields["parent_id"])
        tree = _Tree.of(user)
        tree.require_place(wanted)
        change.update_many(tree.below(category.pk), kind=wanted.kind)
        change.update(category, name=wanted.name, kind=wanted.kind, parent_id=wanted.parent_id)
        return category


def delete_category(user: User, category_id: int) -> None:
    """Delete a category: what is under it and in it moves to its parent, or to none.

    Rules that chose it choose the parent; without one they are deleted unless they name a
    merchant. Budgets of the category are deleted.
    """
    with changing(user, kind="delete_category") as change:
        category = own(user, Category, category_id, "category")
        rows = list(Transaction.objects.of(user).filter(category=category))
        children = list(category.children.all())
        change.summary = _deleted(category, len(rows), len(children))
        to = category.parent_id
        change.update_many(children, parent_id=to)
        change.update_many(rows, category_id=to)
        change.update_many(
            list(RecurringSeries.objects.filter(user=user, category=category)), category_id=to
        )
        _move_rules(change, category, to)
        change.delete(category)


def _deleted(category: Category, rows: int, children: int) -> str:
    moved = []
    if rows:
        moved.append(counted(rows, "transaction"))
    if children:
        moved.append(counted(children, "category", "categories"))
    if not moved:
        return f"Deleted the category {category.name}"
    where = f"moved to {category.parent.name}" if category.parent else "left without a category"
    if children and not category.parent:
        where = "left without one above"
    return f"Deleted the category {category.name}: {' and '.join(moved)} {where}"


def _move_rules(change: OpenChange, category: Category, to: int | None) -> None:
    rules = CategoryRule.objects.filter(user=change.user, category=category)
    change.update_many([rule for rule in rules if to is not None or rule.merchant], category_id=to)


def _require_new_name(category: Category) -> None:
    others = Category.objects.filter(user=category.user, name_key=fold(category.name))
    if others.exclude(pk=category.pk).exists():
        raise LedgerError("There is a category of this name already.")


@dataclass(frozen=True, slots=True)
class _Tree:
    """All categories of a user, by id."""

    nodes: dict[int, Category]

    @classmethod
    def of(cls, user: User) -> "_Tree":
        return cls({node.pk: node for node in Category.objects.filter(user=user)})

    def below(self, category_id: int) -> list[Category]:
        """All descendants."""
        found: list[Category] = []
        level = {category_id}
        while children := [node for node in self.nodes.values() if node.parent_id in level]:
            found += children
            level = {node.pk for node in children}
        return found

    def require_place(self, category: Category) -> None:
        """Raises LedgerError unless the category may stand where it is about to."""
        above = self._above(category.parent_id)
        if category.pk in above:
            raise LedgerError("A category cannot be under itself.")
        if len(above) + self._height(category.pk) > MAX_DEPTH:
            raise LedgerError(f"Categories are at most {MAX_DEPTH} levels deep.")
        if above and self.nodes[above[0]].kind != category.kind:
            raise LedgerError("A category is of the kind of the one it is under.")

    def _above(self, category_id: int | None) -> list[int]:
        """The ids from here up to the root."""
        found: list[int] = []
        while category_id is not None and category_id not in found:
            found.append(category_id)
            category_id = self.nodes[category_id].parent_id
        return found

    def _height(self, category_id: int | None) -> int:
        """How many levels a category is, itself and what is under it."""
        return 1 + max(map(self._height, self._children(category_id)), default=0)

    def _children(self, category_id: int | None) -> Iterable[int]:
        if category_id is None:  # it is not there yet
            return []
        return [node.pk for node in self.nodes.values() if node.parent_id == category_id]
