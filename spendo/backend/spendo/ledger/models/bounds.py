"""Checks that the database makes, too."""

from django.db.models import Q

from spendo.ledger.money import MAX_MINOR


def within_range(field: str) -> Q:
    """The amount can be stored; an amount that is not there can."""
    return Q(**{f"{field}__gte": -MAX_MINOR, f"{field}__lte": MAX_MINOR})


def currency_code(field: str) -> Q:
    return Q(**{f"{field}__regex": r"^[A-Z][A-Z][A-Z]$"})
