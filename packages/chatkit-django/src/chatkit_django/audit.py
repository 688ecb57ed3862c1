"""What a site has to be able to show later: tokens issued, exports, erasures, refusals.

An entry names nobody. It has a reference made with a random key of the user's own; an erasure
deletes that key, and with it the way from the entries to the person.
"""

import hashlib
import hmac
import logging
import secrets
import threading
from time import time
from typing import Any

from django.db import Error, IntegrityError

from chatkit_django.database import write
from chatkit_django.models import AuditEntry, AuditKey

logger = logging.getLogger(__name__)

Kind = AuditEntry.Kind

_REFUSALS = {403: Kind.FORBIDDEN, 404: Kind.NOT_FOUND, 429: Kind.LIMITED}
_MOST_COUNTED = 10_000
_HOUR = 3600


class Refusals:
    """Counts this worker's refusals of this hour. Who is refused a thousand times is written down
    four times, so that nobody can fill the table."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hour = 0
        self._counts: dict[tuple[Kind, object], int] = {}

    def count(self, kind: Kind, user_id: Any) -> int | None:
        """How many it are now, if that is worth an entry: 1, 10, 100, …"""
        with self._lock:
            hour = int(time()) // _HOUR
            if hour != self._hour or len(self._counts) >= _MOST_COUNTED:
                self._hour, self._counts = hour, {}
            number = self._counts[kind, user_id] = self._counts.get((kind, user_id), 0) + 1
        return number if f"{number}".strip("0") == "1" else None

    def forget(self) -> None:
        with self._lock:
            self._counts = {}


refusals = Refusals()


def record(kind: Kind, user_id: Any = "", count: int = 1) -> None:
    AuditEntry.objects.create(kind=kind, person=reference(user_id), count=count)


async def record_refusal(status: int, user_id: Any = "") -> None:
    """Note that somebody (``""``: it is not known who) was refused with this HTTP status. The
    refusal stands, whether it can be written down or not."""
    kind = _REFUSALS.get(status)
    count = kind and refusals.count(kind, user_id)
    if not kind or not count:
        return
    try:
        await write(record, kind, user_id, count)
    except Error:
        logger.exception("A refusal with %s could not be written down", status)


def reference(user_id: Any) -> str:
    """How the audit calls the user; ``""`` for nobody."""
    if user_id == "":
        return ""
    try:
        row, _ = AuditKey.objects.get_or_create(
            user_id=user_id, defaults={"key": secrets.token_hex(32)}
        )
    except IntegrityError:  # the user is gone
        return ""
    return hmac.new(row.key.encode(), str(user_id).encode(), hashlib.sha256).hexdigest()
