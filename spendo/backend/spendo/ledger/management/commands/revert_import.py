from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spendo.ledger.changes import acting
from spendo.ledger.errors import LedgerError
from spendo.ledger.services.importing import revert_import
from spendo.users.selectors import find_user


class Command(BaseCommand):
    help = "Take an import back: delete what it added, make pending again what it settled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="NUMBER", type=int, help="as the import said it")
        parser.add_argument("--user", required=True, help="the name of the user whose money it is")

    def handle(self, *args: Any, **options: Any) -> None:
        user = find_user(options["user"])
        if user is None:
            raise CommandError(f"There is no user named {options['user']}.")
        try:
            with acting("command"):
                deleted = revert_import(user, options["number"])
        except LedgerError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{deleted:,} rows deleted.")
