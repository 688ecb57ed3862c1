"""Between the SDK's clock (naive, local) and ours (aware, UTC)."""

from datetime import UTC, datetime


def local_now() -> datetime:
    """Now, as the SDK writes it: its helpers subtract such values from each other."""
    return datetime.now()  # noqa: DTZ005


def to_utc(moment: datetime) -> datetime:
    """The moment in UTC; a naive value is local time."""
    return moment.astimezone(UTC)


def to_local(moment: datetime) -> datetime:
    """The moment as the SDK expects it: naive local time."""
    return moment.astimezone().replace(tzinfo=None)
