"""``CHATKIT_LIMITS``: what is limited, for whom, and how much is allowed unless a project says
otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ImproperlyConfigured

Kind = Literal["requests", "messages", "uploads", "responses", "budget"]
Who = Literal["user", "address"]

# Far beyond what a person does, and what an office does behind one address.
DEFAULTS: Mapping[Kind, Mapping[Who, str | int | None]] = {
    "requests": {"user": "1200/minute", "address": "12000/minute"},
    "messages": {"user": "60/minute", "address": "1200/minute"},
    "uploads": {"user": "120/minute", "address": "2400/minute"},
    "responses": {"user": 20, "address": 400},
    "budget": {"user": None, "address": None},
}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_RATE = re.compile(r"([0-9]{1,15})/(second|minute|hour|day)")


@dataclass(frozen=True)
class Rate:
    """So many in each window of so many seconds; windows are counted from 1970 on, in UTC.
    ``seconds`` is 0 for what is counted while it lasts."""

    amount: int
    seconds: int

    def window_end(self, now: float) -> int:
        """When the window that ``now`` is in ends, in seconds since 1970."""
        return (int(now) // self.seconds + 1) * self.seconds


Limits = Mapping[tuple[Kind, Who], Rate]


def limits_of(chosen: Mapping[str, object]) -> Limits:
    """The limits in force: the defaults, changed by what was chosen. ``None`` lifts a limit."""
    limits: dict[tuple[Kind, Who], Rate] = {}
    unknown = set(chosen) - set(DEFAULTS)
    for kind, default in DEFAULTS.items():
        changes = chosen.get(kind, {})
        if not isinstance(changes, Mapping) or set(changes) - set(default):
            raise _wrong(f'["{kind}"] must be a mapping of "user" and "address" to limits')
        for who in default:
            value = {**default, **changes}[who]
            if value is not None:
                limits[kind, who] = _rate(kind, who, value)
    if unknown:
        raise _wrong(f" has no limit called {sorted(map(str, unknown))[0]}")
    return limits


def _rate(kind: Kind, who: Who, value: object) -> Rate:
    if kind == "responses":
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return Rate(value, 0)
        raise _wrong(f'["{kind}"]["{who}"] must be a whole number of at least 1, or None')
    match = _RATE.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) < 1:
        raise _wrong(f'["{kind}"]["{who}"] must be like "60/minute" (second, hour, day), or None')
    return Rate(int(match[1]), _SECONDS[match[2]])


def _wrong(what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"CHATKIT_LIMITS{what}.")
