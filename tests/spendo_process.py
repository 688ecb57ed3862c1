"""The real Spendo in a process of its own, and a client that speaks to it over HTTP."""

import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any, Self

import httpx2

from prepared_python import start
from services import free_port

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "spendo.sqlite3"
START_LIMIT = 60  # seconds, on a machine that does other things too
SERVE = [sys.executable, str(ROOT / "scripts" / "serve.py")]


def clean_environment(**variables: str) -> dict[str, str]:
    """This process's environment without what would change Spendo, plus `variables`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OPENAI_", "SPENDO_", "CHATKIT_"))
    }
    return kept | variables


class SpendoProcess:
    """`with SpendoProcess(folder) as spendo:` serves from `folder` on a free loopback port."""

    def __init__(self, data: Path, command: list[str] | None = None, **variables: str) -> None:
        self.data = data
        self.command = command or SERVE
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.variables = variables
        self.log = data / "output.log"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def start(self) -> None:
        """Start and return once it says where it is."""
        self.data.mkdir(parents=True, exist_ok=True)
        # A file, not a pipe: nobody reads while the server writes.
        with self.log.open("w") as log:
            self.process = start(
                self.command,
                cwd=ROOT,
                env=clean_environment(
                    SPENDO_DATA=str(self.data), PORT=str(self.port), **self.variables
                ),
                output=log,
                own_session=True,
            )
        deadline = time.monotonic() + START_LIMIT
        while "Ctrl-C ends it" not in self.output:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"Spendo did not start:\n{self.output}")
            time.sleep(0.05)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal as a terminal would, to the whole group; return the exit status."""
        os.killpg(self.process.pid, number)
        return self.process.wait(timeout=30)

    @property
    def output(self) -> str:
        """What it has printed and logged so far."""
        return self.log.read_text()

    @property
    def database(self) -> Path:
        return self.data / DATABASE

    def copy_database(self, data: Path) -> None:
        """As it is now, into the folder of another one, which then has it to begin with."""
        with (
            closing(sqlite3.connect(self.database)) as own,
            closing(sqlite3.connect(data / DATABASE)) as copy,
        ):
            own.backup(copy)


def prepare(folder: Path, making: Path, **variables: str) -> None:
    """Into the folder a database as it is before anybody comes, made in the other one. Spendo
    starts faster on a copy of it. Several processes may ask for it: one makes it."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (folder / DATABASE).exists():
            with SpendoProcess(making, None, **variables) as process:
                process.copy_database(folder)


class Client(httpx2.Client):
    """A browser's part of the conversation: cookies and the CSRF token."""

    def __init__(self, url: str) -> None:
        super().__init__(base_url=url, timeout=60)

    def token(self) -> str:
        return str(self.get("/api/csrf/").json()["csrfToken"])

    def post_json(self, path: str, body: object) -> httpx2.Response:
        return self.post(path, json=body, headers={"X-CSRFToken": self.token()})

    def sign_in(self, username: str = "demo", password: str = "demo") -> Self:
        self.post_json(
            "/api/login/", {"username": username, "password": password}
        ).raise_for_status()
        return self

    def sign_up(self, username: str, password: str = "correct horse battery") -> Self:
        body = {"username": username, "password": password}
        self.post_json("/api/createuser/", body).raise_for_status()
        return self.sign_in(username, password)

    def chat(self, type_: str, **params: Any) -> httpx2.Response:
        return self.post_json("/api/chatkit/", {"type": type_, "params": params})

    def events(self, type_: str, **params: Any) -> Iterator[dict[str, Any]]:
        """The events of a streamed request, each as it arrives."""
        headers = {"X-CSRFToken": self.token()}
        body = {"type": type_, "params": params}
        with self.stream("POST", "/api/chatkit/", json=body, headers=headers) as response:
            assert response.status_code == 200, response.read()
            for line in response.iter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))

    def begin(self, text: str) -> httpx2.Response:
        """The answer to a question from somebody who can come back: headers first, to be read."""
        body = {
            "type": "threads.create",
            "params": {"input": question(text)},
            "metadata": {"resumable": True},
        }
        headers = {"X-CSRFToken": self.token()}
        request = self.build_request("POST", "/api/chatkit/", json=body, headers=headers)
        return self.send(request, stream=True).raise_for_status()

    def ask(self, text: str, thread_id: str | None = None) -> Iterator[dict[str, Any]]:
        input_ = question(text)
        if thread_id is None:
            return self.events("threads.create", input=input_)
        return self.events("threads.add_user_message", thread_id=thread_id, input=input_)

    def answer(self, text: str, thread_id: str | None = None) -> str:
        """Ask, wait for the end, and return the assistant's words."""
        events = list(self.ask(text, thread_id))
        done = [event["item"] for event in events if "item" in event]
        parts = [
            part["text"]
            for item in done
            if item["type"] == "assistant_message"
            for part in item["content"]
        ]
        assert parts, f"no assistant message in {events}"
        return str(parts[-1])


def question(text: str) -> dict[str, Any]:
    """It as the input of a message."""
    return {
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": {},
    }
