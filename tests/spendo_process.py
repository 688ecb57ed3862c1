"""The real Spendo in a process of its own, and a client that speaks to it over HTTP."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import httpx2

from services import free_port

ROOT = Path(__file__).resolve().parents[1]
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
        self.output = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=clean_environment(
                SPENDO_DATA=str(self.data), PORT=str(self.port), **self.variables
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:  # ends when the process does
            self.output += line
            if "Ctrl-C ends it" in line:
                return
        raise AssertionError(f"Spendo did not start:\n{self.output}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal as a terminal would, to the whole group; return the exit status."""
        os.killpg(self.process.pid, number)
        rest, _ = self.process.communicate(timeout=30)
        self.output += rest
        return self.process.returncode

    @property
    def database(self) -> Path:
        return self.data / "spendo.sqlite3"


class Client(httpx2.Client):
    """A browser's part of the conversation: cookies and the CSRF token."""

    def __init__(self, url: str) -> None:
        super().__init__(base_url=url, timeout=60)

    def token(self) -> str:
        return str(self.get("/api/csrf/").json()["csrfToken"])

    def send(self, path: str, body: object) -> httpx2.Response:
        return self.post(path, json=body, headers={"X-CSRFToken": self.token()})

    def sign_in(self, username: str = "demo", password: str = "demo") -> Self:
        self.send("/api/login/", {"username": username, "password": password}).raise_for_status()
        return self

    def sign_up(self, username: str, password: str = "correct horse battery") -> Self:
        body = {"username": username, "password": password}
        self.send("/api/createuser/", body).raise_for_status()
        return self.sign_in(username, password)

    def chat(self, type_: str, **params: Any) -> httpx2.Response:
        return self.send("/api/chatkit/", {"type": type_, "params": params})

    def events(self, type_: str, **params: Any) -> Iterator[dict[str, Any]]:
        """The events of a streamed request, each as it arrives."""
        headers = {"X-CSRFToken": self.token()}
        body = {"type": type_, "params": params}
        with self.stream("POST", "/api/chatkit/", json=body, headers=headers) as response:
            assert response.status_code == 200, response.read()
            for line in response.iter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))

    def ask(self, text: str, thread_id: str | None = None) -> Iterator[dict[str, Any]]:
        input_ = {
            "content": [{"type": "input_text", "text": text}],
            "attachments": [],
            "inference_options": {},
        }
        if thread_id is None:
            return self.events("threads.create", input=input_)
        return self.events("threads.add_user_message", thread_id=thread_id, input=input_)

    def answer(self, text: str, thread_id: str | None = None) -> str:
        """Ask, wait for the end, and return the assistant's words."""
        done = [event["item"] for event in self.ask(text, thread_id) if "item" in event]
        parts = [
            part["text"]
            for item in done
            if item["type"] == "assistant_message"
            for part in item["content"]
        ]
        assert parts, "no assistant message in the stream"
        return parts[-1]
