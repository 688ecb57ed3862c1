"""``manage.py chatkit_prune --older-than 90d``: for a daily job."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from chatkit_django import retention

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def age(text: str) -> timedelta:
    """``90d``, ``12w`` or ``48h``."""
    match = re.fullmatch(r"([1-9][0-9]{0,4})([hdw])", text)
    if match is None:
        raise ArgumentTypeError(f"{text!r} is no age. Write it like 90d, 12w or 48h.")
    return int(match[1]) * _UNITS[match[2]]


class Command(BaseCommand):
    help = (
        "Delete the threads in which nothing has happened for a while, with their files, in "
        "small transactions; and tokens and counters whose time is over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than", type=age, required=True, help="like 90d, 12w or 48h")
        parser.add_argument("--dry-run", action="store_true", help="only say how many it would be")

    def handle(self, *args: Any, **options: Any) -> None:
        pruned = retention.prune(options["older_than"], dry_run=options["dry_run"])
        said = "Would delete" if options["dry_run"] else "Deleted"
        self.stdout.write(f"{said} {pruned.threads} threads and {pruned.tokens} expired tokens.")
