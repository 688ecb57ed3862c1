"""What a user's time zone and currency may be."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from iso4217 import Currency


@cache
def known_time_zones() -> frozenset[str]:
    """IANA names, without the machine's own `localtime` and the `posix`/`right` copies."""
    return frozenset(
        name
        for name in available_timezones()
        if name != "localtime" and not name.startswith(("posix/", "right/"))
    )


@cache
def known_currencies() -> frozenset[str]:
    """ISO 4217 codes that money is counted in: those with an exponent (no gold, no test codes)."""
    return frozenset(currency.code for currency in Currency if currency.exponent is not None)


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` is an IANA time zone name."""
    if value not in known_time_zones():
        raise ValidationError(
            "Unknown time zone. Use an IANA name such as Europe/Berlin.", code="unknown_time_zone"
        )


def validate_currency(value: str) -> None:
    """Raise ValidationError unless `value` is an ISO 4217 code in capitals."""
    if value not in known_currencies():
        raise ValidationError(
            "Unknown currency. Use an ISO 4217 code such as USD.", code="unknown_currency"
        )
