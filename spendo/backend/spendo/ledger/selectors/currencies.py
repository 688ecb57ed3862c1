"""In which currencies the user's accounts are."""

from typing import Any

from django.db.models import Q

from spendo.ledger.models import Account
from spendo.ledger.prepared import ask
from spendo.users.models import User


def currencies_of(user: User) -> dict[int, str]:
    """The currency of each account, hidden ones among them."""
    return dict(ask(_currencies, where=Q(user_id=user.pk)))


def _currencies(where: Q) -> Any:
    return Account.objects.filter(where).order_by().values_list("pk", "currency")
