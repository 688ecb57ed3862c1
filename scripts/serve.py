"""Prepare the database and serve Spendo on loopback until Ctrl-C or SIGTERM.

    .venv/bin/python scripts/serve.py

`PORT` (8000) is the port, `SPENDO_DATA` (./var) the folder for the database and files.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import django
import uvicorn
from django.core.management import CommandError, call_command

BACKEND = Path(__file__).resolve().parents[1] / "spendo" / "backend"
HOST = "127.0.0.1"
DRAIN = 5  # seconds open answers may go on after the signal to stop


class Server(uvicorn.Server):
    """Says where it is once it accepts connections."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(
                f"\n  Spendo is at http://{HOST}:{self.config.port}\n"
                "  Sign in as demo with the password demo. Ctrl-C ends it.\n",
                flush=True,
            )


def timed(name: str, work: Callable[[], object]) -> None:
    print(f"  {name:<44}", end="", flush=True)
    started = time.monotonic()
    work()
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def chosen_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(f"Port {port} is in use. Choose another one: PORT=8001 make run")
    return port


def stop(signal_number: int, frame: FrameType | None) -> None:
    """uvicorn drains first, then raises the signal it took again: end without an error."""
    print("Stopped.", flush=True)
    sys.exit(0)


def main() -> None:
    sys.path.insert(0, str(BACKEND))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SPENDO_DEBUG", "1")  # this script serves one developer on loopback
    port = chosen_port()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    timed("Django", django.setup)
    timed("Database", lambda: call_command("migrate", verbosity=0))
    try:
        timed("Demo data", lambda: call_command("load_demo", verbosity=0))
    except CommandError as error:  # Spendo works without the demo
        print(f"left out: {error}", flush=True)
    config = uvicorn.Config(
        "config.asgi:application",
        host=HOST,
        port=port,
        log_level=os.environ.get("SPENDO_LOG_LEVEL", "WARNING").lower(),
        timeout_graceful_shutdown=DRAIN,
        server_header=False,
    )
    Server(config).run()


if __name__ == "__main__":
    main()
