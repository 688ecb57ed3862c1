"""``manage.py chatkit_export USER [--to FOLDER]``: what the chat has of one user."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatkit_django import retention
from chatkit_django.management.commands._users import add_user, find_user


class Command(BaseCommand):
    help = (
        "Write threads, items, feedback and attachments of one user as JSON: to standard output, "
        "or with the files into a new FOLDER that only you can read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_user(parser)
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="a folder that is made")

    def handle(self, *args: Any, **options: Any) -> None:
        user = find_user(options["user"], is_id=options["id"])
        folder: Path | None = options["to"]
        if folder is None:
            self.stdout.write(_as_json(retention.export(user)))
            return
        try:
            (folder / "files").mkdir(parents=True, mode=0o700)
            folder.chmod(0o700)
        except FileExistsError:
            raise CommandError(f"{folder} has an export already. Name a new folder.") from None
        _write(folder / "chatkit.json", _as_json(retention.export(user)).encode())
        for name, content in retention.exported_files(user):
            _write(folder / name, content)
        self.stdout.write(f"Exported to {folder}.")


def _as_json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
