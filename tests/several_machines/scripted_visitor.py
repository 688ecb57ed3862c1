"""Somebody who talks to the package's test project in a topology."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import httpx2

from topology import Topology

# The test project has no page to sign in at.
SIGN_IN = """
from django.contrib.auth import get_user_model
from django.test import Client
client = Client()
client.force_login(get_user_model().objects.create_user({name!r}))
print("session", client.cookies["sessionid"].value)
"""


class ScriptedVisitor(httpx2.Client):
    """Speaks through nginx, signed in. What answers do is told by the first word of a message."""

    def __init__(self, topology: Topology, session: str) -> None:
        self.topology = topology
        super().__init__(
            base_url=topology.url,
            cookies={"sessionid": session, "csrftoken": "t" * 32},
            headers={"X-CSRFToken": "t" * 32},
            timeout=30,
        )

    @classmethod
    def signed_up(cls, topology: Topology, name: str) -> Self:
        printed = topology.manage("shell", "-v0", "-c", SIGN_IN.format(name=name))
        return cls(topology, printed.rpartition("session ")[2].strip())

    def chat(self, type_: str, **params: Any) -> httpx2.Response:
        return self.post("/chatkit/", json={"type": type_, "params": params})

    @contextmanager
    def asking(self, text: str, thread_id: str | None = None) -> Iterator[httpx2.Response]:
        """The open stream of the answer; its status is the caller's to check."""
        content = [{"type": "input_text", "text": text}]
        params: dict[str, Any] = {
            "input": {"content": content, "attachments": [], "inference_options": {}}
        }
        kind = "threads.create"
        if thread_id:
            kind, params["thread_id"] = "threads.add_user_message", thread_id
        with self.stream("POST", "/chatkit/", json={"type": kind, "params": params}) as response:
            yield response

    def go_on(self) -> None:
        """Let every answer that waits go on, in whichever worker it is."""
        self._ask_workers("/go-on/")

    def reset_workers(self) -> None:
        """End what waits and begin to count anew, for ``speaking``."""
        self._ask_workers("/reset/")

    def speaking(self) -> int:
        """The index of the worker that has said something since ``reset_workers``."""
        states = self._ask_workers("/state/")
        (index,) = [index for index, state in states.items() if state["sent_deltas"]]
        return index

    def _ask_workers(self, path: str) -> dict[int, Any]:
        """What each worker says, past nginx. One that has answered nobody has nothing to say, and
        responds with a 500."""
        asked = {
            index: httpx2.get(worker.url + path)
            for index, worker in enumerate(self.topology.workers)
            if worker.is_alive
        }
        return {index: said.json() for index, said in asked.items() if said.status_code == 200}


def events_of(response: httpx2.Response) -> Iterator[dict[str, Any]]:
    """The events, each as it arrives."""
    for line in response.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def delta_of(event: dict[str, Any]) -> str:
    """The text that the event adds to the answer."""
    return str(event.get("update", {}).get("delta", ""))
