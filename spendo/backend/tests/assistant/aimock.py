"""aimock, a mock of the APIs of models that others wrote and keep like the real ones, as a process
of its own on this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[4]
PROGRAM = REPOSITORY / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
PATIENCE_SECONDS = 60


def when(said: str, response: dict[str, Any], **match: Any) -> dict[str, Any]:
    """A fixture: how to answer the message that has these words, and what cuts the answer short."""
    cuts: dict[str, Any] = {
        name: match.pop(name)
        for name in ("truncateAfterChunks", "disconnectAfterMs", "latency", "chunkSize")
        if name in match
    }
    return {"match": {"userMessage": said, **match}, "response": response, **cuts}


def calls(*tools: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"toolCalls": [{"name": name, "arguments": arguments} for name, arguments in tools]}


def fails(status: int) -> dict[str, Any]:
    return {"error": {"message": "sk-aimock-secret", "type": "mock"}, "status": status}


@contextmanager
def running(fixtures: list[dict[str, Any]], folder: Path) -> Iterator[str]:
    """The address at which it answers. A request that no fixture fits gets a 503."""
    written = folder / "fixtures.json"
    written.write_text(json.dumps({"fixtures": fixtures}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["node", str(PROGRAM), "-p", str(port), "-h", "127.0.0.1", "-f", str(written)]
    process = subprocess.Popen(
        [*command, "--strict", "--validate-on-load", "--log-level", "warn"],
        stdout=(folder / "aimock.log").open("w"),
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(port, process, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"aimock did not start:\n{(folder / 'aimock.log').read_text()[-2000:]}")
