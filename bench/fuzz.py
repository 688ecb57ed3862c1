"""``python bench/fuzz.py [COUNT]``: mutated requests against the package's scripted server."""

import asyncio
import logging
import os
import sys
import time
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "packages" / "chatkit-django"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    sys.path.insert(0, str(PACKAGE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    # Always the database of the settings, which is in a folder that disappears afterwards.
    os.environ.pop("TEST_DATABASE_URL", None)
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import override_settings
    from tests.fuzz import UNLIMITED, Fuzz

    from chatkit_django import database

    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create_user("fuzz")
    began = time.perf_counter()
    with override_settings(CHATKIT_LIMITS=UNLIMITED):
        statuses = asyncio.run(Fuzz(user, "/chatkit/").run(count))
    database.close()
    print(f"{count} mutated requests in {time.perf_counter() - began:.0f} s, none failed:")
    for status, times in sorted(statuses.items()):
        print(f"  {status}  {times}")


if __name__ == "__main__":
    main()
