from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spendo.ledger.exports import csv_pieces, json_pieces, snapshot
from spendo.users.selectors import find_user


class Command(BaseCommand):
    help = "Write the whole ledger of a user: as JSON to the last detail, or its rows as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, help="the name of the user whose money it is")
        parser.add_argument("--format", choices=["json", "csv"], default="json")
        parser.add_argument("--output", type=Path, help="a file to make; else it is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        user = find_user(options["user"])
        if user is None:
            raise CommandError(f"There is no user named {options['user']}.")
        pieces = json_pieces if options["format"] == "json" else csv_pieces
        if options["output"] is None:
            with snapshot():
                for piece in pieces(user):
                    self.stdout.write(piece, ending="")
            return
        try:
            with snapshot(), options["output"].open("x", encoding="utf-8", newline="") as file:
                file.writelines(pieces(user))
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}.") from None
