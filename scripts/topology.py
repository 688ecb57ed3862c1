"""Several machines on this one: PostgreSQL, Valkey, N workers and nginx, all of them on loopback.

    .venv/bin/python scripts/topology.py [--workers 3] [--port 8000]

serves Spendo until Ctrl-C, with a database that is gone afterwards. It is what
`deploy/compose.yaml` starts in containers, without the containers: the same nginx.conf, the same
settings, no sticky sessions. Tests and bench use it from Python:

    with Topology(SPENDO, workers=3, SPENDO_ANALYST_PACE_MS="5") as topology:
        topology.url                  # through nginx: any worker may answer
        topology.workers[0].url       # one worker, past nginx; also .port, .process, .log
        topology.kill(0)              # kill -9
        topology.terminate(1)         # SIGTERM, as a deployment does it; returns the exit status
        topology.restart(0)           # a new process on the same port; also after kill, terminate
        topology.valkey.stop()        # and .start(): it comes back empty
        topology.postgres.restart()   # with the data it had
        topology.nginx.served()       # who answered what, see nginx.Served
        topology.manage("shell", "-c", "…")  # a management command, in the workers' environment

Each of these returns when it is done: a worker, a server that was started accepts connections.
"""

import argparse
import contextlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Self

from nginx import NOBODY, ROOT, Nginx, nginx
from services import Server, free_port, postgres_server, valkey_server

# What a shell may have set is not what the workers are to run with.
LEFT_OUT = ("OPENAI_", "ANTHROPIC_", "SPENDO_", "CHATKIT_", "TEST_", "DJANGO_", "WEB_CONCURRENCY")


@dataclass(frozen=True)
class Application:
    """What the workers run: ``command`` in ``folder``, with the port in place of ``{port}``.

    ``manage`` is the beginning of a management command, ``chat`` the chat's path; ``variables`` are
    added to the environment, which has the addresses of both servers as ``SPENDO_DATABASE_URL``
    (also ``TEST_DATABASE_URL``) and ``SPENDO_CACHE_URL``.
    """

    folder: Path
    command: Sequence[str]
    manage: Sequence[str]
    chat: str
    variables: Mapping[str, str] = field(default_factory=dict)


def _uvicorn(application: str) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", "{port}"),
        *("--log-level", "warning", "--timeout-graceful-shutdown", "10", "--no-server-header"),
    )


SPENDO = Application(
    folder=ROOT / "spendo" / "backend",
    command=(
        *(sys.executable, "manage.py", "chatkit_serve"),
        *("--port", "{port}", "--log-level", "warning"),
    ),
    manage=(sys.executable, "manage.py"),
    chat="/api/chatkit/",
    variables={"SPENDO_PROXY_COUNT": "1"},
)
# The package's test project: its answers are told by the message, see tests/scripted.py there.
SCRIPTED = Application(
    folder=ROOT / "packages" / "chatkit-django",
    command=_uvicorn("tests.asgi:short_way"),
    manage=(sys.executable, "-m", "django"),
    chat="/chatkit/",
    variables={"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_CROWD": "1"},
)


class Worker(Server):
    """One process that serves; ``url`` is past nginx."""

    def end(self, number: signal.Signals) -> int:
        """Send the signal and return the exit status once it has gone."""
        if self.process is None:
            raise RuntimeError(f"The worker on port {self.port} does not run.")
        process, self.process = self.process, None
        process.send_signal(number)
        return process.wait(60)


class Topology:
    """All of it, for the time of a ``with``; see the module. ``variables`` go to the workers,
    ``trusted`` is the network of a load balancer that nginx believes."""

    url: str
    nginx: Nginx
    postgres: Server
    valkey: Server
    workers: list[Worker]
    environment: dict[str, str]

    def __init__(
        self,
        application: Application = SPENDO,
        workers: int = 3,
        port: int = 0,
        trusted: str = NOBODY,
        **variables: str,
    ) -> None:
        self.application = application
        self.variables = variables
        self._count, self._port, self._trusted = workers, port, trusted
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            self._start(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def kill(self, index: int) -> None:
        """End a worker as a machine that breaks does."""
        self.workers[index].end(signal.SIGKILL)

    def terminate(self, index: int) -> int:
        """End a worker as a deployment does; its exit status once it has drained and left."""
        return self.workers[index].end(signal.SIGTERM)

    def restart(self, index: int) -> None:
        """Start a worker anew; one that still runs is terminated first."""
        if self.workers[index].is_alive:
            self.terminate(index)
        self.workers[index].start()

    def mend(self) -> None:
        """Start whatever does not run."""
        for server in (self.valkey, self.postgres, *self.workers, self.nginx):
            if not server.is_alive:
                server.start()

    def manage(self, *arguments: str) -> str:
        """What a management command printed. Raises ``RuntimeError`` if it fails."""
        done = subprocess.run(
            [*self.application.manage, *arguments],
            cwd=self.application.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"`{' '.join(arguments)}` failed:\n{done.stderr[-2000:]}")
        return done.stdout

    def _start(self, stack: contextlib.ExitStack) -> None:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="spendo-topology-")))
        self.valkey = stack.enter_context(valkey_server())
        self.postgres = stack.enter_context(postgres_server())
        self.environment = self._environment(folder)
        self.manage("migrate", "--verbosity", "0")
        self.workers = [self._worker(folder / f"worker-{n}") for n in range(self._count)]
        stack.callback(self._kill_workers)
        with ThreadPoolExecutor(max_workers=self._count) as pool:
            list(pool.map(Worker.start, self.workers))
        ports = [worker.port for worker in self.workers]
        chat = self.application.chat
        self.nginx = stack.enter_context(nginx(ports, self._port, chat=chat, trusted=self._trusted))
        self.url = self.nginx.url

    def _environment(self, folder: Path) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
        return {
            **kept,
            "SPENDO_DATA": str(folder / "data"),
            "SPENDO_SECRET_KEY": secrets.token_urlsafe(50),
            "SPENDO_DATABASE_URL": self.postgres.url,
            "TEST_DATABASE_URL": self.postgres.url,
            "SPENDO_CACHE_URL": self.valkey.url,
            **self.application.variables,
            **self.variables,
        }

    def _worker(self, folder: Path) -> Worker:
        folder.mkdir()
        port = free_port()
        command = [part.replace("{port}", str(port)) for part in self.application.command]
        worker = Worker(command, folder, port, env=self.environment, cwd=self.application.folder)
        worker.url = f"http://127.0.0.1:{port}"
        return worker

    def _kill_workers(self) -> None:
        """What they could still store is thrown away with the database."""
        for worker in self.workers:
            if worker.process is not None:
                worker.end(signal.SIGKILL)


def _raise_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve Spendo by several workers behind nginx.")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, _raise_interrupt)
    with (
        contextlib.suppress(KeyboardInterrupt),
        # As under `make run`: the demo data is for whoever tries it on loopback.
        Topology(SPENDO, chosen.workers, chosen.port, SPENDO_DEBUG="1") as topology,
    ):
        topology.manage("load_demo", "--verbosity", "0")
        ports = ", ".join(str(worker.port) for worker in topology.workers)
        print(
            f"\n  Spendo is at {topology.url}, served by the workers on {ports}.\n"
            "  Sign in as demo with the password demo. Ctrl-C ends it.\n",
            flush=True,
        )
        threading.Event().wait()


if __name__ == "__main__":
    main()
