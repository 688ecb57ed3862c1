"""Each example is started as its page says, and used as a browser would."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import httpx2
import pytest

from example_process import running
from spendo_process import ROOT

EXAMPLES = ROOT / "examples"


class Visitor(httpx2.Client):
    """A browser that has opened the page."""

    def __init__(self, url: str, **headers: str) -> None:
        super().__init__(base_url=url, timeout=30, headers=headers)

    def __enter__(self) -> Self:
        super().__enter__()
        self.page = self.get("/").raise_for_status().text
        token = re.search(r"token(?: = '|\" content=\")(\w+)", self.page)
        assert token
        self.headers["X-CSRFToken"] = token.group(1)
        return self

    def ask(self, text: str, thread_id: str | None = None) -> list[dict[str, Any]]:
        written = {
            "content": [{"type": "input_text", "text": text}],
            "attachments": [],
            "inference_options": {},
        }
        kind = "threads.add_user_message" if thread_id else "threads.create"
        params = {"input": written} | ({"thread_id": thread_id} if thread_id else {})
        response = self.post("/chatkit/", json={"type": kind, "params": params})
        assert response.status_code == 200, response.text
        return [
            json.loads(line.removeprefix("data: "))
            for line in response.text.splitlines()
            if line.startswith("data: ")
        ]


def answer(events: list[dict[str, Any]]) -> str:
    done = [event["item"] for event in events if event["type"] == "thread.item.done"]
    assert done[-1]["type"] == "assistant_message", events[-1]
    return str(done[-1]["content"][0]["text"]).strip()


def test_echo_is_a_page_with_the_element_and_a_chat_that_answers(tmp_path: Path) -> None:
    with running("echo", tmp_path) as url, Visitor(url) as ada, Visitor(url) as bob:
        assert "<openai-chatkit>" in ada.page
        assert "openai-chatkit" in ada.get("/element/chatkit.js").raise_for_status().text
        events = ada.ask("hello there")
        assert answer(events) == "You said: hello there"
        thread_id = events[0]["thread"]["id"]
        read = {"type": "threads.get_by_id", "params": {"thread_id": thread_id}}
        assert len(ada.post("/chatkit/", json=read).json()["items"]["data"]) == 2
        assert bob.post("/chatkit/", json=read).status_code == 404


def test_the_showcase_plays_the_scene_that_is_named_first(tmp_path: Path) -> None:
    with running("showcase", tmp_path) as url, Visitor(url) as visitor:
        assert answer(visitor.ask("hello there")).startswith("Hello.")
        assert "- `hello`" in answer(visitor.ask("what is there?"))


def test_a_workflow_shows_its_steps_and_answers(tmp_path: Path) -> None:
    with running("workflow", tmp_path) as url, Visitor(url) as visitor:
        events = visitor.ask("What does tea cost?")
        steps = [event["text"] for event in events if event["type"] == "progress_update"]
        assert steps == ["Reading the question", "Looking into the price list"]
        assert answer(events) == "**Tea** is 3.20."


def test_services_are_chosen_by_the_language_of_the_request(tmp_path: Path) -> None:
    with running("services", tmp_path) as url:
        said = {}
        for language in ("de-AT", "fr", "en"):
            with Visitor(url, **{"Accept-Language": language}) as visitor:
                said[language] = answer(visitor.ask("Hi"))
    assert said == {
        "de-AT": "Wir haben notiert: “Hi”",
        "fr": "Nous avons noté : “Hi”",
        "en": "We have noted: “Hi”",
    }


class FakeModel(BaseHTTPRequestHandler):
    """A provider on this machine: streams how many messages it was given."""

    asked: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({"path": self.path, **body})
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for word in ("Message ", f"number {len(body['messages'])}."):
            chunk = {
                "id": "c",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": body["model"],
                "choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}],
            }
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base's name)
        pass


@pytest.fixture
def provider() -> Iterator[str]:
    FakeModel.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeModel)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_a_direct_call_gives_the_model_the_conversation(tmp_path: Path, provider: str) -> None:
    variables = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": provider, "OPENAI_MODEL": "fake"}
    with running("direct_call", tmp_path, **variables) as url, Visitor(url) as visitor:
        events = visitor.ask("first")
        assert answer(events) == "Message number 1."
        again = visitor.ask("second", events[0]["thread"]["id"])
        assert answer(again) == "Message number 3."
    newest = FakeModel.asked[-1]
    assert newest["path"] == "/v1/chat/completions"
    assert newest["model"] == "fake"
    assert newest["messages"] == [
        {"role": "user", "content": "first"},
        {"role": "assistant", "content": "Message number 1."},
        {"role": "user", "content": "second"},
    ]


def test_the_examples_are_tiny_and_all_of_them_are_named() -> None:
    scenes = EXAMPLES / "showcase" / "scenes"
    files = sorted(file for file in EXAMPLES.rglob("*.py") if scenes not in file.parents)
    assert len(files) >= 7
    long = {file.name for file in files if len(file.read_text().splitlines()) >= 60}
    assert long == set()
    page = (EXAMPLES / "README.md").read_text()
    for name in ("echo", "showcase", "direct_call", "workflow", "services"):
        assert f"examples.serve {name}" in page
