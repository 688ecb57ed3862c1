"""Answers that are broken off, and how many of them keep the words that were shown.

    PYTHONPATH=scripts .venv/bin/python bench/partials.py [--answers 100]

So many at once, in one process on SQLite, each half-way when its reader leaves, when a reader
leaves that is slow, and when the worker gets SIGTERM and no time. Exits with 1 if one was lost.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "packages" / "chatkit-django"


def main() -> int:
    parser = argparse.ArgumentParser(description="Break answers off and count what is kept.")
    parser.add_argument("--answers", type=int, default=100)
    count = parser.parse_args().answers
    sys.path.insert(0, str(PACKAGE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    for name in ("TEST_DATABASE_URL", "SPENDO_CACHE_URL"):
        os.environ.pop(name, None)
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import override_settings
    from tests.cuts import LIMITS

    from chatkit_django.context import RequestContext
    from tests import partials

    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create_user("ada")
    context = RequestContext(user=user, locale="en", request_id="partials")
    right = True
    with override_settings(CHATKIT_LIMITS=LIMITS):
        for name, broken_off in (
            ("the reader leaves", partials.on_disconnect),
            ("a slow reader leaves", partials.on_disconnect_of_slow_readers),
            ("SIGTERM", partials.on_sigterm),
        ):
            found = asyncio.run(broken_off(context, count))
            print(f"{name}: {found.kept} of {found.of} answers kept", flush=True)
            right = right and found.kept == found.questions == count
            for wrong in found.wrong:
                print(wrong, file=sys.stderr)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
