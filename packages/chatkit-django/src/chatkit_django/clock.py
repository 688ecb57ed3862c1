"""Between the SDK's clock (naive, local) and ours (aware, UTC)."""

import time
from datetime import UTC, datetime


def local_now() -> datetime:
    """Now, as the SDK writes it: its helpers subtract such values from each other."""
    return datetime.now()  # noqa: DTZ005


def to_utc(moment: datetime) -> datetime:
    """The moment in UTC; a naive value is local time."""
    if moment.tzinfo is None and local_is_utc():
        return moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)


def local_is_utc() -> bool:
    """Whether local time is UTC and has always been, as on most servers."""
    return time.tzname == ("UTC", "UTC") and not time.timezone


def to_local(moment: datetime) -> datetime:
    """The moment as the SDK expects it: naive local time."""
    return moment.astimezone().replace(tzinfo=None)
