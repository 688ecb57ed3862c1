"""The category tree, for totals in which a parent has its children."""

from dataclasses import dataclass

from spendo.ledger.models import Category
from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class CategoryTree:
    """Parents by id; names and kinds by id."""

    parents: dict[int, int | None]
    names: dict[int, str]
    kinds: dict[int, str]

    @classmethod
    def of(cls, user: User) -> "CategoryTree":
        rows = Category.objects.filter(user=user).values_list("id", "parent_id", "name", "kind")
        parents: dict[int, int | None] = {}
        names: dict[int, str] = {}
        kinds: dict[int, str] = {}
        for number, parent, name, kind in rows:
            parents[number], names[number], kinds[number] = parent, name, kind
        return cls(parents, names, kinds)

    def path(self, category_id: int) -> list[int]:
        """The category and what is above it, up to its root."""
        path = [category_id]
        while (parent := self.parents.get(path[-1])) is not None and parent not in path:
            path.append(parent)
        return path

    def is_within(self, category_id: int, above: int) -> bool:
        return above in self.path(category_id)
