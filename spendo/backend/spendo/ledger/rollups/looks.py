"""What searches for series saw, until one of the payments changes: forgotten, and kept again."""

from collections.abc import Iterable, Mapping, Set

from spendo.ledger.models import SeriesLook, Transaction
from spendo.users.models import User

_BLOCK = 500


def forget_looks(user: User, changed: Mapping[int, Set[str]]) -> None:
    """What was seen of these merchants, by account, holds on no day any more."""
    for account_id, merchants in changed.items():
        keys = sorted(merchants - {""})
        for start in range(0, len(keys), _BLOCK):
            block = keys[start : start + _BLOCK]
            SeriesLook.objects.filter(account_id=account_id, merchant_key__in=block).delete()
            SeriesLook.objects.bulk_create(
                SeriesLook(user_id=user.pk, account_id=account_id, merchant_key=key)
                for key in block
            )


def forget_all_looks(user: User) -> None:
    """What was seen is forgotten, and every place of payments is to be looked at."""
    SeriesLook.objects.filter(user_id=user.pk).delete()
    places = (
        Transaction.objects.of(user)
        .exclude(merchant_key="")
        .order_by()
        .values_list("account_id", "merchant_key")
        .distinct()
    )
    SeriesLook.objects.bulk_create(
        (
            SeriesLook(user_id=user.pk, account_id=account, merchant_key=key)
            for account, key in places
        ),
        batch_size=_BLOCK,
    )


def keep_looks(gone: Iterable[SeriesLook], seen: Iterable[SeriesLook]) -> None:
    """What was seen now takes the place of what no longer holds. Only while `alone`."""
    SeriesLook.objects.filter(pk__in=[look.pk for look in gone]).delete()
    SeriesLook.objects.bulk_create(seen)
