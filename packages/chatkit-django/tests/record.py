"""``python -m tests.record``: play every story and write ``protocol/recordings``."""

import asyncio
import os
import shutil
from pathlib import Path

RECORDINGS = Path(__file__).parents[3] / "protocol" / "recordings"


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    # Always the database of the settings, which is in a folder that disappears afterwards.
    os.environ.pop("TEST_DATABASE_URL", None)
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from tests.stories import STORIES, play

    call_command("migrate", verbosity=0)
    users = get_user_model().objects
    for name, story in STORIES.items():
        user = users.create_user(name)
        files = asyncio.run(play(story, user))
        user.delete()
        folder = RECORDINGS / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, content in files.items():
            (folder / file).write_bytes(content)


if __name__ == "__main__":
    main()
