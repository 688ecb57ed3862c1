"""Python processes that begin with the libraries loaded that they would import first.

Most of what a server costs that is started for a test is the import of the SDK. ``start`` forks it
from a process that has done so already, one for each process of tests. What it runs, its
environment, folder, session, output and end are its own, as those of ``subprocess.Popen``; where
nothing can be forked so (no Linux, another Python, an environment that changes how Python starts)
it is ``subprocess.Popen``.
"""

import atexit
import importlib
import json
import os
import runpy
import select
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol

LOADED = ("chatkit.server", "uvicorn.main", "httptools", "uvloop", "django.core.handlers.asgi")
MOST_BYTES = 200_000  # of a request: the environment, mostly
FORKS = sys.platform == "linux"


class Process(Protocol):
    """What tests use of ``subprocess.Popen``."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, sig: int) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


def start(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    output: IO[str] | None = None,
    own_session: bool = False,
) -> Process:
    """Start ``python -m module …`` or ``python script …``; its output goes into the file."""
    if not (FORKS and command[0] == sys.executable and _of_python(env) == _of_python(os.environ)):
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            start_new_session=own_session,
        )
    wanted = {"command": command[1:], "cwd": str(cwd), "env": dict(env), "session": own_session}
    return _forking().start(wanted, [] if output is None else [output.fileno()])


def _of_python(variables: Mapping[str, str]) -> dict[str, str]:
    """What Python reads when it starts, but for where modules are, which can be said later."""
    return {
        name: value
        for name, value in variables.items()
        if name.startswith("PYTHON") and name != "PYTHONPATH"
    }


class _Forked:
    """A process that another one has forked and waits for."""

    def __init__(self, command: Sequence[str], told: int) -> None:
        self._command, self._told = command, told
        self.returncode: int | None = None
        self.pid = self._next_number()

    def poll(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self._command, timeout or 0)
            self.returncode = self._next_number()
            os.close(self._told)
        return self.returncode

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _next_number(self) -> int:
        said = os.read(self._told, 8)
        if not said:
            raise RuntimeError("The process that forks the processes of the tests has ended.")
        return int.from_bytes(said, signed=True)


class _Forking:
    """The one process that has everything loaded, from the outside."""

    def __init__(self) -> None:
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._requests.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MOST_BYTES)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()]
            )
        atexit.register(self._end)

    def start(self, wanted: dict[str, Any], output: list[int]) -> _Forked:
        told, telling = os.pipe()
        try:
            socket.send_fds(self._requests, [json.dumps(wanted).encode()], [telling, *output])
        finally:
            os.close(telling)
        return _Forked(wanted["command"], told)

    def _end(self) -> None:
        self._requests.close()
        self._process.wait()


_lock = threading.Lock()
_started: list[_Forking] = []


def _forking() -> _Forking:
    with _lock:
        if not _started:
            _started.append(_Forking())
        return _started[0]


class _Loaded:
    """The same from the inside."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._watched = selectors.DefaultSelector()
        self._watched.register(requests, selectors.EVENT_READ)

    def next_child(self) -> Callable[[], object] | None:
        """What is to be run, in the child that is to run it; None in the parent, when nobody asks
        any more."""
        while True:
            for key, _ in self._watched.select():
                if key.data:
                    self._tell_the_end(key.fd, *key.data)
                    continue
                request, files, _, _ = socket.recv_fds(self._requests, MOST_BYTES, 2)
                if not request:
                    return None
                if run := self._fork(json.loads(request), *files):
                    return run

    def _fork(
        self, wanted: dict[str, Any], telling: int, output: int | None = None
    ) -> Callable[[], object] | None:
        if threading.active_count() > 1:
            raise RuntimeError("A process with threads cannot be forked.")
        pid = os.fork()
        if pid == 0:
            self._leave_behind()
            os.close(telling)
            return _child(wanted, output)
        os.write(telling, pid.to_bytes(8, signed=True))
        self._watched.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, telling))
        if output is not None:
            os.close(output)
        return None

    def _tell_the_end(self, watched: int, pid: int, telling: int) -> None:
        self._watched.unregister(watched)
        os.close(watched)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with suppress(BrokenPipeError):  # nobody waits for it
            os.write(telling, code.to_bytes(8, signed=True))
        os.close(telling)

    def _leave_behind(self) -> None:
        for key in list(self._watched.get_map().values()):
            if key.data:
                os.close(key.fd)
                os.close(key.data[1])
        self._watched.close()
        self._requests.close()


def _child(wanted: dict[str, Any], output: int | None) -> Callable[[], object]:
    """Set this process right; return what it is to run."""
    if wanted["session"]:
        os.setsid()
    if output is not None:
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["env"])
    first, *arguments = wanted["command"]
    of_modules = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[1:1] = [path for path in of_modules if path and path not in sys.path]
    if first == "-m":
        sys.argv, sys.path[0] = arguments, wanted["cwd"]
        return lambda: runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    sys.argv, sys.path[0] = [first, *arguments], str(Path(first).parent)
    return lambda: runpy.run_path(first, run_name="__main__")


def main() -> None:
    requests = socket.socket(fileno=int(sys.argv[1]))
    requests.set_inheritable(False)
    for name in LOADED:
        importlib.import_module(name)
    if run := _Loaded(requests).next_child():
        run()


if __name__ == "__main__":
    main()
