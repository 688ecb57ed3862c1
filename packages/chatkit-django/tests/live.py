"""The test project in a real ASGI server, as a process of its own on the test's database."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import httpx2
from django.db import connection

from chatkit_django.testing import ChatKitClient, message

HERE = Path(__file__).parents[1]


class LiveServer:
    def __init__(self, application: str = "application") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "uvicorn", f"tests.asgi:{application}"),
                *("--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning"),
            ],
            cwd=HERE,
            env={**os.environ, "TEST_DATABASE_URL": database_url(), "TEST_CROWD": "1"},
        )

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx2.get(f"http://127.0.0.1:{self.port}/chatkit/", timeout=5).raise_for_status()
            except httpx2.TransportError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
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
