"""The tables of common banks and apps, known by the names in their headers."""

from spendo.ledger.imports.columns import ColumnMapping as Map
from spendo.ledger.imports.profiles.american import AMERICAN
from spendo.ledger.imports.profiles.apps import APPS
from spendo.ledger.imports.profiles.european import EUROPEAN
from spendo.ledger.imports.profiles.profile import Profile

PLAIN = Profile(
    "plain",
    "Plain table",
    ("date", "description", "amount", "currency", "account", "category"),
    Map(
        date="date",
        amount="amount",
        description=("description",),
        currency="currency",
        account="account",
        category=("category",),
        decimal_mark=".",
    ),
)

PROFILES: tuple[Profile, ...] = (PLAIN, *AMERICAN, *EUROPEAN, *APPS)
BY_NAME = {profile.name: profile for profile in PROFILES}

__all__ = ["BY_NAME", "PLAIN", "PROFILES", "Profile"]
