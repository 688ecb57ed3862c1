"""One of the examples in a process of its own."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from prepared_python import start
from services import free_port
from spendo_process import ROOT, clean_environment

START_LIMIT = 60  # seconds


@contextmanager
def running(name: str, data: Path, **variables: str) -> Iterator[str]:
    """The example's address while it runs."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = clean_environment(EXAMPLE_DATA=str(data), PORT=str(port), **variables)
    with (data / "output.log").open("w") as log:
        process = start(
            [sys.executable, "-m", "examples.serve", name],
            cwd=ROOT,
            env={"PYTHONPATH": os.environ.get("PYTHONPATH", ""), **environment},
            output=log,
        )
    try:
        deadline = time.monotonic() + START_LIMIT
        while not answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError((data / "output.log").read_text())
            time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def answers(port: int) -> bool:
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    with closing(asking), suppress(OSError, HTTPException):
        asking.request("GET", "/chatkit/")
        return asking.getresponse().status == HTTPStatus.OK
    return False
