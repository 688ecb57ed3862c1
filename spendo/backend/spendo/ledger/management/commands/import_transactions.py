import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from spendo.ledger.errors import LedgerError
from spendo.ledger.imports import PROFILES, ImportRefused
from spendo.ledger.imports.amounts import MARKS
from spendo.ledger.imports.dates import ORDERS
from spendo.ledger.imports.reading_words import reading_words
from spendo.ledger.imports.source import ENCODINGS
from spendo.ledger.selectors.imports import find_accounts_named
from spendo.ledger.services.importing import (
    ImportChoices,
    ImportPreview,
    ImportResult,
    Verdict,
    choices_from,
    commit_import,
    preview_import,
)
from spendo.ledger.services.restoring import is_export, restore_export
from spendo.users.models import User
from spendo.users.selectors import find_user

_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import a CSV, OFX, QFX, QIF or CAMT.053 file. Importing a file again adds nothing. "
        "An export of a whole ledger (JSON) is restored into an empty one. "
        "With --dry-run it is only said what would happen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--user", required=True, help="the name of the user whose money it is")
        parser.add_argument("--account", default="", help="the name of the account it is about")
        parser.add_argument("--new-account", default="", help="the name of an account to make")
        parser.add_argument(
            "--accounts", default="", metavar="JSON", help="of a file that names several: key, name"
        )
        parser.add_argument("--profile", default="", choices=["", *(p.name for p in PROFILES)])
        parser.add_argument("--mapping", default="", metavar="JSON", help="columns by hand")
        parser.add_argument("--dates", choices=ORDERS, help="the order of day, month and year")
        parser.add_argument("--decimal", choices=MARKS, help="the mark before the decimals")
        parser.add_argument("--separator", default="")
        parser.add_argument("--encoding", default="", choices=["", *ENCODINGS])
        parser.add_argument("--with-duplicates", action="store_true")
        parser.add_argument(
            "--anew", action="store_true", help="not as the last file with this header was read"
        )
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        user = find_user(options["user"])
        if user is None:
            raise CommandError(f"There is no user named {options['user']}.")
        try:
            choices = self._choices(user, options)
            with options["file"].open("rb") as file:
                if is_export(file):
                    self._restore(user, file, options)
                    return
                if options["dry_run"]:
                    self._show(preview_import(user, file, choices, shown=_SHOWN))
                    return
                progress = self._progress if options["verbosity"] > 1 else None
                result = commit_import(
                    user,
                    file,
                    choices,
                    file_name=options["file"].name,
                    source="command",
                    progress=progress,
                )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.") from None
        except ImportRefused as refused:
            help_ = f" Choose one of: {', '.join(refused.choices)}." if refused.choices else ""
            if refused.account:
                help_ += f" Say it with --accounts '{json.dumps({refused.account: 'NAME'})}'."
            raise CommandError(f"{refused}{help_}") from None
        except LedgerError as error:
            raise CommandError(str(error)) from None
        self._tell(result)

    def _choices(self, user: User, options: dict[str, Any]) -> ImportChoices:
        values: dict[str, Any] = {
            "new_account": options["new_account"],
            "with_duplicates": options["with_duplicates"],
            "as_remembered": not options["anew"],
            "profile": options["profile"],
            "date_order": options["dates"],
            "decimal_mark": options["decimal"],
            "separator": options["separator"].replace("\\t", "\t"),
            "encoding": options["encoding"],
        }
        if options["mapping"]:
            try:
                values["mapping"] = json.loads(options["mapping"])
            except ValueError:
                raise CommandError("--mapping is a JSON object.") from None
        if options["accounts"]:
            values["accounts"] = self._accounts(user, options["accounts"])
        if options["account"]:
            found = find_accounts_named(user, options["account"])
            if len(found) != 1:
                raise CommandError(
                    f"There {'is no account' if not found else f'are {len(found)} accounts'} "
                    f"called {options['account']}."
                )
            values["account_id"] = found[0]
        return choices_from(values)

    def _accounts(self, user: User, text: str) -> dict[str, dict[str, Any]]:
        """Names of accounts that are there, else of new ones, by the keys of the file."""
        try:
            names = json.loads(text)
        except ValueError:
            names = None
        if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
            raise CommandError("--accounts is a JSON object with names.")
        known = {key: find_accounts_named(user, name) for key, name in names.items()}
        return {
            key: {"account_id": known[key][0]} if len(known[key]) == 1 else {"new_account": name}
            for key, name in names.items()
        }

    def _restore(self, user: User, file: BinaryIO, options: dict[str, Any]) -> None:
        if options["dry_run"]:
            raise CommandError("A whole export has no dry run: it is restored or refused whole.")
        restored = restore_export(user, file, source="command")
        for name, count in restored.counts.items():
            self.stdout.write(f"{name}: {count:,}")
        self.stdout.write(f"{restored.total:,} rows restored.")

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"{done:,} of {total:,} rows")

    def _show(self, preview: ImportPreview) -> None:
        if preview.remembered is not None:
            self.stdout.write(f"As last time: {reading_words(preview.reading)}.")
        for account in preview.accounts:
            made = "" if account.account_id else " (new)"
            self.stdout.write(
                f"{account.name}{made}: {account.rows:,} rows in {account.currency}, "
                f"{account.first} to {account.last}"
            )
        if preview.new_categories:
            self.stdout.write(f"New categories: {', '.join(preview.new_categories)}")
        for row in preview.rows:
            money = "" if row.amount is None else f"{row.amount} {row.amount.currency}"
            what = " ".join(
                part for part in (str(row.date or ""), money, row.description, row.reason) if part
            )
            self.stdout.write(f"line {row.line}: {row.verdict.value}: {what}")
        if preview.truncated:
            self.stdout.write("…")
        counts = ", ".join(
            f"{count:,} {verdict.value.replace('_', ' ')}"
            for verdict, count in preview.counts.items()
            if count
        )
        self.stdout.write(f"Nothing was written. It would be: {counts}.")

    def _tell(self, result: ImportResult) -> None:
        for row in result.refused:
            self.stderr.write(f"line {row.line}: {Verdict.REFUSED.value}: {row.reason}")
        if result.refused_count and not (result.added or result.settled or result.known):
            raise CommandError(f"All {result.refused_count:,} rows were refused.")
        for name in result.accounts_made:
            self.stdout.write(f"New account: {name}")
        self.stdout.write(
            f"{result.added:,} added, {result.settled:,} settled, {result.known:,} known, "
            f"{result.likely_duplicates:,} likely duplicates left out, "
            f"{result.refused_count:,} refused, {result.transfers:,} transfers paired."
        )
        if result.batch_id is not None:
            self.stdout.write(f"To take it back: manage.py revert_import {result.batch_id}")
