"""A reader that comes back whenever it is cut, as the element does, and what it shows."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from several_machines.scripted_visitor import ScriptedVisitor

LIMIT = 20  # seconds in which a run comes to its end, whatever happens
PAUSE = 0.1  # between two tries


class ReturningReader:
    """``frames`` are the events with their numbers, as they came; ``text`` is what the newest
    answer says, ``after`` the last event it has read."""

    def __init__(self, visitor: ScriptedVisitor, run_id: str = "") -> None:
        self.visitor = visitor
        self.run_id = run_id
        self.frames: list[tuple[int, str]] = []
        self.after = 0
        self.text = ""
        self.errors: list[dict[str, Any]] = []
        self.resets: list[str] = []
        self.cuts = 0
        self.has_ended = False
        self._response: httpx2.Response | None = None
        self._lines: Iterator[str] = iter(())

    @contextmanager
    def asking(self, text: str, url: str = "") -> Iterator[httpx2.Response]:
        """The stream of a new run, which this reader can come back to."""
        content = [{"type": "input_text", "text": text}]
        message = {"content": content, "attachments": [], "inference_options": {}}
        body = {
            "type": "threads.create",
            "params": {"input": message},
            "metadata": {"resumable": True},
        }
        with self.visitor.stream("POST", f"{url}/chatkit/", json=body) as response:
            self.run_id = response.headers["ChatKit-Run"]
            yield response

    @contextmanager
    def following(self, url: str = "") -> Iterator[httpx2.Response]:
        """The stream from where it was cut, through nginx or at another address."""
        headers = {"Last-Event-ID": str(self.after)}
        address = f"{url}/chatkit/?run={self.run_id}"
        with self.visitor.stream("GET", address, headers=headers) as response:
            yield response

    def take(self, response: httpx2.Response, until: str = "") -> None:
        """Read to the end, to the cut, or until the answer says this."""
        number = 0
        if response is not self._response:  # or else go on with it
            self._response, self._lines = response, response.iter_lines()
        for line in self._lines:
            if line.startswith("id: "):
                number = int(line[4:])
            elif line.startswith(": end"):
                self._note(number, line)
                self.has_ended = True
            elif line.startswith("data: "):
                self._apply(json.loads(line[6:]))
                if number:
                    self._note(number, line)
            elif not line:
                number = 0
            if until and until in self.text:
                return

    def read_to_the_end(self, url: str = "") -> None:
        """Come back as often as it takes."""
        deadline = time.monotonic() + LIMIT
        while not self.has_ended:
            assert time.monotonic() < deadline, "it does not come to an end"
            try:
                with self.following(url) as response:
                    if response.status_code == 204:
                        return
                    assert response.status_code in (200, 502, 503), response.status_code
                    if response.status_code == 200:
                        self.take(response)
            except httpx2.TransportError:
                pass
            if not self.has_ended:
                self.cuts += 1
                time.sleep(PAUSE)

    def _note(self, number: int, line: str) -> None:
        if number:
            self.after = number
            self.frames.append((number, line))

    def _apply(self, event: dict[str, Any]) -> None:
        match event:
            case {"type": "run.reset", "thread": {"items": {"data": items}}}:
                self.resets.append(event["run"]["status"])
                texts = [_text(item) for item in items if item["type"] == "assistant_message"]
                self.text = texts[-1] if texts else ""
            case {"type": "error"}:
                self.errors.append(event)
            case {"type": "thread.item.done", "item": {"type": "assistant_message"} as item}:
                self.text = _text(item)
            case {"type": "thread.item.updated", "update": {"delta": str(delta)}}:
                self.text += delta


def _text(item: dict[str, Any]) -> str:
    return "".join(part["text"] for part in item["content"])
