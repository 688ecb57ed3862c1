"""Django over a throw-away SQLite database, and a clock that stands still."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

BACKEND = Path(__file__).resolve().parents[2] / "spendo" / "backend"
LONGEST = 25 * 60
UNLIMITED = {"user": None, "address": None}
LEFT_OUT = ("OPENAI_", "ANTHROPIC_", "SPENDO_", "CHATKIT_", "DJANGO_")


@contextmanager
def throw_away() -> Iterator[None]:
    """Set Django up, once in a process, on a database that is gone afterwards.

    What the environment says about models, keys and databases is not for this.
    """
    for name in [name for name in os.environ if name.startswith(LEFT_OUT)]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="spendobench-") as folder:
        os.environ |= {
            "SPENDO_DATA": folder,
            "SPENDO_ANALYST_PACE_MS": "0",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        if str(BACKEND) not in sys.path:
            sys.path.insert(0, str(BACKEND))
        import django

        django.setup()
        from django.conf import settings

        # One user asks what hundreds would: what is refused for that is no wrong answer.
        settings.CHATKIT_LIMITS = dict.fromkeys(("requests", "messages"), UNLIMITED)
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        try:
            yield
        finally:
            connections.close_all()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Django's clock begins at `moment`: all that Spendo knows of the time comes from it.

    It goes on, so that messages keep their order, but stops long before the next midnight.
    """
    begun = time.monotonic()

    def now() -> datetime:
        passed = min(time.monotonic() - begun, LONGEST)
        return moment.astimezone(UTC) + timedelta(seconds=passed)

    with patch("django.utils.timezone.now", side_effect=now):
        yield
