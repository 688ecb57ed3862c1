"""The category tree."""

from spendo.ledger.changes import changing
from spendo.ledger.models import Category
from spendo.ledger.services.checks import counted, known_choice, named
from spendo.users.fields import fold
from spendo.users.models import User

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
