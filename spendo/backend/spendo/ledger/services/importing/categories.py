"""Categories that a file names: the user's own of that name, or new ones."""

from collections.abc import Mapping

from spendo.ledger.models import Category
from spendo.ledger.services.categories import MAX_DEPTH, add_category
from spendo.ledger.services.importing.survey import CategoryFacts, Path
from spendo.users.fields import fold
from spendo.users.models import User

_TRANSFERS = frozenset(
    {
        "transfer",
        "transfers",
        "internal transfer",
        "account transfer",
        "credit card payment",
        "card payment",
        "umbuchung",
        "virement interne",
    }
)


class CategoryFinder:
    """Finds the category of a path by its last name: names are once in a ledger, wherever they
    stand in the tree."""

    def __init__(self, user: User) -> None:
        self._user = user
        self._known = {each.name_key: each for each in Category.objects.filter(user=user)}

    def find(self, path: Path) -> Category | None:
        return self._known.get(fold(path[-1])) if path else None

    def missing(self, categories: Mapping[Path, CategoryFacts]) -> list[str]:
        """The names that have to be made, in the order of the file."""
        names: dict[str, str] = {}
        for path in categories:
            if self.find(path) is None:
                names.update((fold(name), name) for name in path if fold(name) not in self._known)
        return list(names.values())

    def make(self, categories: Mapping[Path, CategoryFacts]) -> None:
        """Make what is missing, from the top down. The kind is that of most of its rows."""
        for path, facts in categories.items():
            if self.find(path) is not None:
                continue
            above: Category | None = None
            for name in path:
                above = self._known.get(fold(name)) or self._add(name, path, facts, above)

    def _add(self, name: str, path: Path, facts: CategoryFacts, above: Category | None) -> Category:
        if above is not None and self._depth(above) >= MAX_DEPTH:
            above = None
        kind = above.kind if above else facts.kind or _kind(path, facts)
        made = add_category(self._user, name=name, kind=kind, parent_id=above.pk if above else None)
        self._known[made.name_key or fold(made.name)] = made
        return made

    def _depth(self, category: Category) -> int:
        by_id = {each.pk: each for each in self._known.values()}
        depth, parent_id = 1, category.parent_id
        while parent_id is not None and depth < MAX_DEPTH:
            depth, parent_id = depth + 1, by_id[parent_id].parent_id
        return depth


def _kind(path: Path, facts: CategoryFacts) -> str:
    if fold(path[-1]) in _TRANSFERS:
        return Category.Kind.TRANSFER
    return Category.Kind.INCOME if facts.into > facts.out else Category.Kind.EXPENSE
