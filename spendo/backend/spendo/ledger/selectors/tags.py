"""The words that the user puts on transactions."""

from django.db.models import Q

from spendo.ledger.models import Tag
from spendo.ledger.prepared import names_of
from spendo.users.models import User


def tag_names(user: User) -> list[str]:
    """The user's tags, by name."""
    return names_of(Tag, "name_key", where=Q(user_id=user.pk))
