"""The way in: routes and entry are light, the model stack comes with the first message."""

import os
import subprocess
import sys

from spendo.assistant.entry import build_server

LIGHT = """
import sys
import django
django.setup()
import config.urls
heavy = {"agents", "chatkit.server", "openai"} & set(sys.modules)
assert not heavy, heavy
"""


def test_the_routes_do_not_load_the_model_stack() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_entry_builds_the_server() -> None:
    assert type(build_server()).__name__ == "SpendoChatKitServer"
