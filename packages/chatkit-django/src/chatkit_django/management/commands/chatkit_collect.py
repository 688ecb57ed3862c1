"""``manage.py chatkit_collect``: for a daily job."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chatkit_django.files import deletion


class Command(BaseCommand):
    help = (
        "Delete files that were uploaded and never sent, files whose message is gone, and bytes "
        "that could not be deleted before. CHATKIT_ATTACHMENT_KEEP_HOURS says how old they get."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        collected = deletion.collect()
        self.stdout.write(
            f"Deleted {collected.attachments} attachments that nobody can reach and the bytes of "
            f"{collected.files} that were deleted before."
        )
        if collected.failed:
            raise CommandError(
                f"{collected.failed} files could not be deleted; the log says why. Run it again."
            )
