"""The payments that have a series among them, searched for again only where something changed.

The search takes long for a large ledger, and most of it finds nothing. So what it found at each
merchant from each account is kept (`SeriesLook`), with the days on which it holds: a payment that
changes ends that, and so does the day on which the oldest one goes out of reach. The ledger's
triggers note the first, whoever makes the change.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max, Min, Q

from spendo.ledger.models import SeriesLook
from spendo.ledger.prepared import ask_models
from spendo.ledger.rollups import alone, are_fresh, keep_looks
from spendo.reports.selectors.payments import (
    LOOKED_AT,
    Grouped,
    PaymentGroup,
    in_batches,
    named,
    statement_rows,
    with_series,
)
from spendo.reports.series import Payment
from spendo.users.models import User

_MERCHANTS = 100
"""So many at once, so that the first search of a long ledger fits in memory."""

_A_DAY = timedelta(days=1)


def payment_groups(user: User, day: date) -> Iterator[PaymentGroup]:
    """The groups of the 800 days before `day`, and of that, in which there is a series."""
    known = _known(user, day)
    return named(user, with_series(statement_rows(user), day) if known is None else known)


def _known(user: User, day: date) -> list[Grouped] | None:
    """From what was seen, after another look at what has changed; None where that cannot be
    written down now."""
    if not are_fresh(user):
        return None
    looks = _looks(user, day)
    if any(not _holds(look, day) for look in looks):
        if not alone(user, lambda: _look_again(user, day)):
            return None
        looks = _looks(user, day)
        if any(not _holds(look, day) for look in looks):  # changed once more
            return None
    return [
        Grouped(look.account_id, look.merchant_key, tuple(_unpacked(group)))
        for look in looks
        for group in look.groups
    ]


def _looks(user: User, day: date) -> list[SeriesLook]:
    """Those with a series and those that do not hold, at one moment."""
    wanted = Q(has_series=True) | Q(holds_until__lt=day) | Q(holds_from__gt=day)
    return ask_models(SeriesLook, where=wanted & Q(user_id=user.pk))


def _holds(look: SeriesLook, day: date) -> bool:
    return look.holds_from <= day <= look.holds_until


def _look_again(user: User, day: date) -> None:
    stale = SeriesLook.objects.filter(
        Q(holds_until__lt=day) | Q(holds_from__gt=day), user_id=user.pk
    )
    merchants = stale.values_list("merchant_key", flat=True).distinct().order_by("merchant_key")
    for batch in in_batches(list(merchants), _MERCHANTS):
        of_batch = list(stale.filter(merchant_key__in=batch))
        places = {(look.account_id, look.merchant_key) for look in of_batch}
        keep_looks(of_batch, _seen(user, places, day))


def _seen(user: User, places: set[tuple[int, str]], day: date) -> list[SeriesLook]:
    """What there is to see at these places. Where no payment is left there is nothing to keep."""
    merchants: dict[int, set[str]] = {}
    for account_id, merchant_key in places:
        merchants.setdefault(account_id, set()).add(merchant_key)
    at_places = Q()
    for account_id, keys in merchants.items():
        at_places |= Q(account_id=account_id, merchant_key__in=keys)
    # The first condition follows from the second; an index can begin at it.
    rows = statement_rows(user).filter(
        at_places, merchant_key__in={merchant for _, merchant in places}
    )
    found: dict[tuple[int, str], list[list[list[int]]]] = {}
    for group in with_series(rows, day):
        place = (group.account_id, group.merchant_key)
        found.setdefault(place, []).append(_packed(group.payments))
    return [
        SeriesLook(
            user_id=user.pk,
            account_id=place[0],
            merchant_key=place[1],
            holds_from=holds_from,
            holds_until=holds_until,
            has_series=place in found,
            groups=found.get(place, []),
        )
        for place, holds_from, holds_until in _holding(rows, day)
    ]


def _holding(rows: object, day: date) -> Iterator[tuple[tuple[int, str], date, date]]:
    """The places of the rows, and from when until when the payments within reach are the same."""
    begin = day - LOOKED_AT
    within = Q(date__gte=begin, date__lte=day)
    spans = rows.values("account_id", "merchant_key").annotate(  # type: ignore[attr-defined]
        before=Max("date", filter=Q(date__lt=begin)),
        first=Min("date", filter=within),
        last=Max("date", filter=within),
        after=Min("date", filter=Q(date__gt=day)),
    )
    for span in spans:
        since = [span["last"]] if span["last"] else []
        until = [_later(span["first"], LOOKED_AT)] if span["first"] else []
        since += [_later(span["before"], LOOKED_AT + _A_DAY)] if span["before"] else []
        until += [span["after"] - _A_DAY] if span["after"] else []
        place = (span["account_id"], span["merchant_key"])
        yield place, max(since, default=date.min), min(until, default=date.max)


def _later(day: date, by: timedelta) -> date:
    return day + min(by, date.max - day)


def _packed(payments: tuple[Payment, ...]) -> list[list[int]]:
    return [[each.day.toordinal(), each.minor, each.id] for each in payments]


def _unpacked(group: list[list[int]]) -> Iterator[Payment]:
    for ordinal, minor, number in group:
        yield Payment(date.fromordinal(ordinal), minor, number)
