from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spendo.ledger.demo import DEMO_USERNAME, NameInUse, load_demo


class Command(BaseCommand):
    help = (
        "Make the user demo (password demo) with 18 months of invented data up to today. "
        "Run again, it adds the days since. Only with DEBUG on."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo user has a known password, so it is only made with DEBUG on "
                "(SPENDO_DEBUG=1)."
            )
        try:
            loaded = load_demo()
        except NameInUse:
            raise CommandError(
                f"There is already a user named {DEMO_USERNAME} who is not the demo. "
                "Rename that user first."
            ) from None
        if options["verbosity"] == 0:
            return
        if loaded.added:
            self.stdout.write(
                f"Demo data: {loaded.added} transactions from {loaded.first} to {loaded.last}."
            )
        else:
            self.stdout.write(f"Demo data is up to date ({loaded.last}).")
