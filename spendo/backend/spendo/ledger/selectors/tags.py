"""The words that the user puts on transactions."""

from spendo.ledger.models import Tag
from spendo.users.models import User


def tag_names(user: User) -> list[str]:
    """The user's tags, by name."""
    return list(Tag.objects.filter(user=user).order_by("name_key").values_list("name", flat=True))
