"""``manage.py chatkit_serve``: the project on uvicorn, set right for streams."""

from argparse import ArgumentParser, ArgumentTypeError
from contextlib import closing
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from chatkit_django.conf import worker_count
from chatkit_django.serving import LOG_LEVELS, CannotServe, bound, serve


class Command(BaseCommand):
    help = (
        "Serve the project with uvicorn, in one process or in several, until SIGTERM or Ctrl-C. "
        "Answers that are on their way then are finished, or kept as far as they are."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "application",
            nargs="?",
            default="",
            help="such as shop.asgi:application; the project's own if not given",
        )
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument(
            "--workers", type=positive, help="processes; WEB_CONCURRENCY, or one, if not given"
        )
        parser.add_argument("--log-level", choices=LOG_LEVELS, default="info")

    def handle(self, *args: Any, **options: Any) -> None:
        connections.close_all()  # the checks opened them, and the workers make their own
        host, port, workers = options["host"], options["port"], options["workers"]

        def ready() -> None:
            shown = f"[{host}]" if ":" in host else host
            count = workers or worker_count()
            processes = "one process" if count == 1 else f"{count} processes"
            self.stdout.write(f"Serving on http://{shown}:{port} in {processes}. Ctrl-C ends it.")
            self.stdout.flush()

        try:
            with closing(bound(host, port)) as listening:
                serve(
                    options["application"],
                    listening=listening,
                    workers=workers,
                    log_level=options["log_level"],
                    ready=ready,
                )
        except CannotServe as error:
            raise CommandError(str(error)) from error


def port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"{text!r} is no number from 1 to 65535")
    return int(text)


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no whole number of at least 1")
    return int(text)
