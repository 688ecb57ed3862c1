"""Prepare the database and serve Spendo on loopback until Ctrl-C or SIGTERM.

    .venv/bin/python scripts/serve.py

`PORT` (8000) is the port, `SPENDO_DATA` (./var) the folder for the database and files.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType

import django
from django.core.management import CommandError, call_command
from django.db import connections

BACKEND = Path(__file__).resolve().parents[1] / "spendo" / "backend"
HOST = "127.0.0.1"


def timed(name: str, work: Callable[[], object]) -> None:
    print(f"  {name:<44}", end="", flush=True)
    started = time.monotonic()
    work()
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def chosen_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def stop(signal_number: int, frame: FrameType | None) -> None:
    """Before it serves; from then on the server ends its answers first."""
    print("Stopped.", flush=True)
    sys.exit(0)


def prepare() -> None:
    timed("Django", django.setup)
    timed("Database", lambda: call_command("migrate", verbosity=0))
    try:
        timed("Demo data", lambda: call_command("load_demo", verbosity=0))
    except CommandError as error:  # Spendo works without the demo
        print(f"left out: {error}", flush=True)
    connections.close_all()


def main() -> None:
    sys.path.insert(0, str(BACKEND))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SPENDO_DEBUG", "1")  # this script serves one developer on loopback
    from chatkit_django.serving import CannotServe, bound, serve  # it asks for the settings

    port = chosen_port()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    def ready() -> None:
        print(
            f"\n  Spendo is at http://{HOST}:{port}\n"
            "  Sign in as demo with the password demo. Ctrl-C ends it.\n",
            flush=True,
        )

    log_level = os.environ.get("SPENDO_LOG_LEVEL", "WARNING").lower()
    try:
        with closing(bound(HOST, port)) as listening:
            prepare()
            serve(listening=listening, log_level=log_level, ready=ready)
    except CannotServe as error:
        sys.exit(f"{error} PORT=8001 make run takes another port.")
    print("Stopped.", flush=True)


if __name__ == "__main__":
    main()
