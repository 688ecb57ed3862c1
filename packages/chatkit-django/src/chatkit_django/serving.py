"""Serving a project with uvicorn, with everything set that streams need.

``manage.py chatkit_serve`` on the command line; ``serve`` for a script that does other things too.
"""

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from errno import EACCES, EADDRINUSE
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

from chatkit_django.conf import DRAIN_SECONDS, worker_count

if TYPE_CHECKING:
    import uvicorn

logger = logging.getLogger(__name__)

LOG_LEVELS = ("critical", "error", "warning", "info", "debug", "trace")
SECONDS_AFTER_DRAIN = 15
"""What uvicorn waits beyond ``CHATKIT_DRAIN_SECONDS`` before it cuts a connection: runs that were
not finished by then are stored meanwhile, and their readers told."""
KEEP_ALIVE_SECONDS = 75
"""Longer than the 60 seconds of nginx: who opens connections should be the one that closes them."""
_NEEDED = ("uvicorn", "httptools", *(("uvloop",) if sys.platform != "win32" else ()))


class CannotServe(Exception):  # noqa: N818  (it says what is)
    """Why the project is not served, and what to do about it, in words for its operator."""


class _Stopped(SystemExit):
    """The signal to stop came."""


def serve(
    application: str = "",
    *,
    listening: socket.socket,
    workers: int | None = None,
    log_level: str = "info",
    ready: Callable[[], object] = lambda: None,
) -> None:
    """Serve the application, ``package.module:name``, on a socket made by ``bound``, until SIGTERM
    or SIGINT; return when the runs have ended in order. ``workers`` is the number of processes
    (``WEB_CONCURRENCY``, or one, if not said); ``ready`` is called once all of them take requests.
    Raises ``CannotServe``."""
    _check_installed()
    count = _checked_count(workers)
    application = _checked_application(application or default_application())
    from chatkit_django.uvicorn_server import OneProcess, SeveralProcesses

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)  # uvicorn raises the signal once more when it has ended
    with suppress(_Stopped):
        config = _config(application, count, log_level)
        server = SeveralProcesses if count > 1 else OneProcess
        if not server(config, [listening], ready).serve_until_stopped():
            raise CannotServe(f"{application} could not be started; the log says why.")


def bound(host: str, port: int) -> socket.socket:
    """A socket to serve on; nobody is let in yet. Raises ``CannotServe``."""
    if not 0 <= port < 65536:
        raise CannotServe(f"The port must be a number from 1 to 65535, not {port}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if error.errno == EADDRINUSE:
            raise CannotServe(f"Port {port} is in use. Choose another one.") from None
        if error.errno == EACCES:
            raise CannotServe(f"Port {port} is not for this user. Choose 1024 or more.") from None
        raise CannotServe(f"{host} is no address of this machine ({error.strerror}).") from None
    listening.set_inheritable(True)
    return listening


def default_application() -> str:
    """``ASGI_APPLICATION`` of the settings, or ``application`` in the module ``asgi`` beside the
    project's URLs. Raises ``CannotServe`` if there is neither."""
    named = getattr(settings, "ASGI_APPLICATION", None)
    if named:
        module, _, name = str(named).replace(":", ".").rpartition(".")
        return f"{module}:{name}"
    package = settings.ROOT_URLCONF.rpartition(".")[0]
    module = f"{package}.asgi" if package else "asgi"
    if find_spec(module) is None:
        raise CannotServe(
            "The project names no ASGI application. Write asgi.py with "
            "application = get_chatkit_application(), or name one: shop.asgi:application"
        )
    return f"{module}:application"


def _check_installed() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise CannotServe(
            f"{' and '.join(missing)} must be installed: pip install 'chatkit-django[server]'"
        )


def _checked_count(workers: int | None) -> int:
    named = os.environ.get("WEB_CONCURRENCY", "")
    if workers is None and named and not (named.isdigit() and int(named) > 0):
        raise CannotServe(f"WEB_CONCURRENCY must be a whole number of at least 1, not {named!r}.")
    count = worker_count() if workers is None else workers
    if count < 1:
        raise CannotServe(f"The number of workers must be at least 1, not {count}.")
    os.environ["WEB_CONCURRENCY"] = str(count)  # the workers' checks ask how many they are
    return count


def _checked_application(path: str) -> str:
    """Load it once here, so that what is wrong is said in one place and not by each worker."""
    module, _, name = path.partition(":")
    name = name or "application"
    try:
        found = getattr(import_module(module), name, None)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise  # the module is there; one that it needs is not
        found = None
    if not callable(found):
        raise CannotServe(
            f"There is no ASGI application at {path}. Name one like shop.asgi:application"
        )
    if type(found) is ASGIHandler:
        logger.warning(
            "%s is Django's own: answers are cut when the server stops. Use "
            "chatkit_django.asgi.get_chatkit_application() in its place.",
            path,
        )
    return f"{module}:{name}"


def _config(application: str, workers: int, log_level: str) -> "uvicorn.Config":
    import uvicorn

    return uvicorn.Config(
        application,
        workers=workers,
        http="httptools",
        log_level=log_level,
        access_log=False,  # the package logs its requests itself, without what was written
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS.get() + SECONDS_AFTER_DRAIN,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )


def _leave(number: int, frame: FrameType | None) -> None:
    raise _Stopped(0)
