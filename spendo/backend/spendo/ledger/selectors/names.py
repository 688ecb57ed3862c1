"""Finding what a phrase of the user names."""

from spendo.ledger.selectors.types import NameMatches
from spendo.users.models import User


def match_names(user: User, *, text: str) -> NameMatches:
    """The user's categories, merchants and accounts that `text` names, best first."""
    raise NotImplementedError
