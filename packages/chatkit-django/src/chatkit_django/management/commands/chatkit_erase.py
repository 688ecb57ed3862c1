"""``manage.py chatkit_erase USER [--yes]``: leave nothing of one user in the chat."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatkit_django import retention
from chatkit_django.management.commands._users import add_user, find_user


class Command(BaseCommand):
    help = (
        "Delete all threads, files, tokens and counters of one user. The user can still sign in; "
        "delete the user in the project if that is wanted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_user(parser)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        user = find_user(options["user"], is_id=options["id"])
        if not options["yes"]:
            question = f"Erase everything the chat has of {user.get_username()}? Type yes: "
            if input(question).strip() != "yes":
                raise CommandError("Nothing was erased.")
        erased = retention.erase(user)
        self.stdout.write(f"Erased {erased.threads} threads and {erased.attachments} attachments.")
        if erased.files_left:
            raise CommandError(
                f"{erased.files_left} files could not be deleted; the log says why. "
                "Run chatkit_collect."
            )
