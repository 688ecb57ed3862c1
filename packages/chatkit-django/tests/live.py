"""The test project in a real ASGI server, as processes of their own on the test's database."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

import httpx2
from django.conf import settings
from django.db import connection

from chatkit_django.testing import ChatKitClient, message
from prepared_python import start

HERE = Path(__file__).parents[1]
SHORT_WAY = "tests.asgi:short_way"
# Each server's own command line; {port} is filled in.
COMMANDS = {
    "uvicorn": f"uvicorn {SHORT_WAY} --port {{port}} --timeout-graceful-shutdown 70",
    "uvicorn without lifespan": f"uvicorn {SHORT_WAY} --port {{port}} --lifespan off",
    "uvicorn, two workers": f"uvicorn {SHORT_WAY} --port {{port}} --workers 2",
    "chatkit_serve": f"django chatkit_serve {SHORT_WAY} --port {{port}}",
    "chatkit_serve, two workers": (f"django chatkit_serve {SHORT_WAY} --port {{port}} --workers 2"),
    "granian": f"granian --interface asgi --port {{port}} {SHORT_WAY}",
    "gunicorn": (
        f"gunicorn -k uvicorn_worker.UvicornWorker -b 127.0.0.1:{{port}} "
        f"--graceful-timeout 70 {SHORT_WAY}"
    ),
}


class LiveServer:
    """``uvicorn`` with the application of ``tests.asgi``, or the server of the ``command``."""

    def __init__(self, application: str = "application", command: str = "", **variables) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        uvicorn = f"uvicorn tests.asgi:{application} --port {{port}} --log-level warning"
        self.process = start(
            [sys.executable, "-m", *(command or uvicorn).format(port=self.port).split()],
            cwd=HERE,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "TEST_DATABASE_URL": database_url(),
                "TEST_FOLDER": str(settings.BASE_DIR),
                "TEST_CROWD": "1",
                **variables,
            },
            own_session=True,
        )

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while (status := self._status()) is None:
            assert self.process.poll() is None, "the server has ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)
        assert status == HTTPStatus.OK

    def _status(self) -> int | None:
        """Of its health; None while nobody is there. Not by httpx2, whose clients take as long to
        make as a process that starts is given between two questions."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(asking), suppress(OSError, HTTPException):
            asking.request("GET", "/chatkit/")
            return asking.getresponse().status
        return None

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End all of its processes at once, those that have outlived the first of them, too."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @asynccontextmanager
    async def signed_in(self, user) -> AsyncIterator[httpx2.AsyncClient]:
        """A browser's way in: session cookie, CSRF cookie and header."""
        session = (await ChatKitClient.signed_in(user, "/")).http.cookies["sessionid"].value
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}",
            cookies={"sessionid": session, "csrftoken": "t" * 32},
            headers={"X-CSRFToken": "t" * 32},
            limits=httpx2.Limits(max_connections=None),
            timeout=30,
        ) as http:
            yield http

    def of_one_process(self) -> dict:
        """What the process that happens to answer says of itself."""
        with httpx2.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=5) as http:
            return http.get("/process/").raise_for_status().json()

    async def state(self, http) -> dict:
        return (await http.get("/state/")).json()

    async def until(self, http, wanted) -> dict:
        """The state once it is as wanted; it has ten seconds."""
        deadline = time.monotonic() + 10
        while True:
            state = await self.state(http)
            if wanted(state):
                return state
            assert time.monotonic() < deadline, state
            await asyncio.sleep(0.02)


@contextmanager
def served_by(name: str, **variables) -> Iterator[LiveServer]:
    """A server of COMMANDS once it answers; afterwards none of its processes is left."""
    server = LiveServer(command=COMMANDS[name], **variables)
    try:
        server.wait_until_it_answers()
        yield server
    finally:
        server.kill()


def create(text: str) -> dict:
    return {"type": "threads.create", "params": {"input": message(text)}}


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    login = quote(settings["USER"]) + (
        f":{quote(settings['PASSWORD'])}" * bool(settings["PASSWORD"])
    )
    return f"postgres://{login}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
