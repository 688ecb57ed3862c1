"""Compare the sums that the database keeps with the rows, and make them again on request."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from spendo.ledger import rollups
from spendo.users.models import User
from spendo.users.selectors import find_user, list_users


class Command(BaseCommand):
    help = "Compare the kept sums of every user, or of one, with the transactions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", help="the name of one user")
        parser.add_argument("--rebuild", action="store_true", help="make all sums again first")

    def handle(self, *args: Any, user: str | None, rebuild: bool, **options: Any) -> None:
        users = list(list_users())
        if user is not None:
            found = find_user(user)
            if found is None:
                raise CommandError("There is no such user.")
            users = [found]
        wrong = sum(self._check(each, again=rebuild) for each in users)
        if wrong:
            raise CommandError(f"{wrong} sums differ. Make them again with --rebuild.")
        self.stdout.write(f"The sums of {len(users)} users are what their transactions add up to.")

    def _check(self, user: User, *, again: bool) -> int:
        """How many sums of the user differ."""
        if again:
            rollups.rebuild(user)
        elif not rollups.are_fresh(user):
            raise CommandError(f"The ledger of {user.username} is being written to. Try again.")
        found = rollups.find_drift(user)
        for drift in found:
            kept, made = (
                f"{number} rows of {minor}, worth {worth}"
                for number, minor, worth in (drift.kept, drift.made)
            )
            held = "all accounts" if drift.account_id is None else f"account {drift.account_id}"
            self.stderr.write(
                f"{user.username}: {held}, {drift.scope}, {drift.grain}:"
                f" {kept}, kept; {made}, there"
            )
        return len(found)
