from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spendo.ledger.errors import UnknownRow
from spendo.ledger.imports import mapping_from
from spendo.ledger.imports.reading_words import reading_words
from spendo.ledger.selectors.imports import HeaderRow, list_headers
from spendo.ledger.services.importing import forget_header
from spendo.users.selectors import find_user


class Command(BaseCommand):
    help = "List how tables are read that the user said something of, or forget one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, help="the name of the user")
        parser.add_argument("--forget", type=int, metavar="NUMBER", help="the number of a header")

    def handle(self, *args: Any, **options: Any) -> None:
        user = find_user(options["user"])
        if user is None:
            raise CommandError(f"There is no user named {options['user']}.")
        if options["forget"] is None:
            for row in list_headers(user):
                self.stdout.write(f"{row.id}: {', '.join(row.columns)} → {_words(row)}")
            return
        try:
            forget_header(user, options["forget"])
        except UnknownRow as error:
            raise CommandError(str(error)) from None
        self.stdout.write("Forgotten.")


def _words(row: HeaderRow) -> str:
    words = reading_words(
        mapping_from(row.mapping) if row.mapping else None,
        profile=row.profile,
        date_order=row.date_order,
        decimal_mark=row.decimal_mark,
    )
    if row.several_accounts:
        return f"{words}; the account is asked for"
    return f"{words}; into {row.account}" if row.account else words
