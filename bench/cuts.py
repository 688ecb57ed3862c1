"""Cuts at random events of random runs, and nothing lost or doubled.

    PYTHONPATH=scripts .venv/bin/python bench/cuts.py [--cuts 10000]

Two workers in one process, for each of the event logs that they can share: the database (SQLite
here) and a Valkey. Eight runs at once, six readers of each; a reader is cut after some parts of the
stream, or within one, and comes back at either worker with the number it has read last. Exits with
1 if anything was lost or doubled.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from services import valkey

PACKAGE = Path(__file__).resolve().parents[1] / "packages" / "chatkit-django"


def main() -> int:
    parser = argparse.ArgumentParser(description="Cut readers at random events of random runs.")
    parser.add_argument("--cuts", type=int, default=10_000)
    cuts = parser.parse_args().cuts
    sys.path.insert(0, str(PACKAGE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    for name in ("TEST_DATABASE_URL", "SPENDO_CACHE_URL"):
        os.environ.pop(name, None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print("\n| log | cuts | runs | readers | lost | doubled | resets | s |", flush=True)
    print("|---|---|---|---|---|---|---|---|")
    with valkey() as url:
        right = [
            cut(name, place, cuts) for name, place in (("database", "database"), ("Valkey", url))
        ]
    return 0 if all(right) else 1


def cut(name: str, place: str, cuts: int) -> bool:
    """Whether nothing was wrong; prints a row."""
    from django.contrib.auth import get_user_model
    from django.test import override_settings
    from tests.cuts import LIMITS, cut_readers

    from chatkit_django.context import RequestContext

    user, _ = get_user_model().objects.get_or_create(username="ada")
    context = RequestContext(user=user, locale="en", request_id="cuts")
    with override_settings(CHATKIT_EVENT_LOG=place, CHATKIT_LIMITS=LIMITS):
        found = asyncio.run(cut_readers(context, cuts))
    row = [name, found.cuts, found.runs, found.readers, found.lost, found.doubled, found.resets]
    print("| " + " | ".join(map(str, row)) + f" | {found.seconds:.0f} |", flush=True)
    for wrong in found.wrong:
        print(wrong, file=sys.stderr)
    return not found.different


if __name__ == "__main__":
    sys.exit(main())
