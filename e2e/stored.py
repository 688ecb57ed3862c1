"""What a server on SQLite has stored, read past it."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

LIMIT = 30  # seconds; only a fault waits that long


class Run(NamedTuple):
    id: str
    thread_id: str
    status: str


def newest_run(database: Path) -> Run:
    """The run that began last."""
    asked = "SELECT id, thread_id, status FROM chatkit_django_run ORDER BY started_at DESC LIMIT 1"
    return Run(*_rows(database, asked)[0])


def run_is(database: Path, status: str) -> Callable[[], bool]:
    return lambda: newest_run(database).status == status


def logged_words(database: Path, run_id: str) -> str:
    """All frames of the run that another process finds."""
    asked = "SELECT frames FROM chatkit_django_runevents WHERE run_id = ? ORDER BY last"
    return "".join(frames for (frames,) in _rows(database, asked, run_id))


def eventually(condition: Callable[[], object], what: str) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, f"in {LIMIT} s it never came about: {what}"
        time.sleep(0.02)


def _rows(database: Path, asked: str, *values: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return connection.execute(asked, values).fetchall()
