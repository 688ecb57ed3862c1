"""Chainlit's data layer on SQLite, in Chainlit's own environment.

python -m workers.peer FOLDER THREADS ITEMS
"""

import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from chainlit.data.sql_alchemy import SQLAlchemyDataLayer
from chainlit.types import Pagination, ThreadFilter

from workers.conversation import Conversation, Script
from workers.lines import serve

USER = "11111111-1111-4111-8111-111111111111"
# The tables and columns its documentation names, in SQLite's types.
TABLES = """
CREATE TABLE users (
    id TEXT PRIMARY KEY, identifier TEXT NOT NULL UNIQUE, metadata TEXT NOT NULL, "createdAt" TEXT
);
CREATE TABLE threads (
    id TEXT PRIMARY KEY, "createdAt" TEXT, name TEXT,
    "userId" TEXT REFERENCES users (id) ON DELETE CASCADE,
    "userIdentifier" TEXT, tags TEXT, metadata TEXT
);
CREATE TABLE steps (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL,
    "threadId" TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    "parentId" TEXT, streaming BOOLEAN NOT NULL, "waitForAnswer" BOOLEAN, "isError" BOOLEAN,
    metadata TEXT, tags TEXT, input TEXT, output TEXT, "createdAt" TEXT, command TEXT, start TEXT,
    "end" TEXT, generation TEXT, "showInput" TEXT, language TEXT, indent INTEGER,
    "defaultOpen" BOOLEAN, modes TEXT
);
CREATE TABLE elements (
    id TEXT PRIMARY KEY, "threadId" TEXT REFERENCES threads (id) ON DELETE CASCADE, type TEXT,
    url TEXT, "chainlitKey" TEXT, name TEXT NOT NULL, display TEXT, "objectKey" TEXT, size TEXT,
    page INTEGER, language TEXT, "forId" TEXT, mime TEXT, props TEXT
);
CREATE TABLE feedbacks (
    id TEXT PRIMARY KEY, "forId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    value INTEGER NOT NULL, comment TEXT
);
"""
# What its documentation does not name, and somebody who looks at a slow query would add.
INDEXES = """
CREATE INDEX steps_of_thread ON steps ("threadId", "createdAt");
CREATE INDEX threads_of_user ON threads ("userId");
CREATE INDEX elements_of_thread ON elements ("threadId");
CREATE INDEX feedbacks_of_step ON feedbacks ("forId");
"""


def filled(path: Path, told: list[Conversation], *, indexes: bool) -> SQLAlchemyDataLayer:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.executescript(TABLES + (INDEXES if indexes else ""))
    began = told[0].began.isoformat()
    database.execute("INSERT INTO users VALUES (?, 'ada', '{}', ?)", [USER, began])
    database.executemany(
        "INSERT INTO threads VALUES (?, ?, ?, ?, 'ada', NULL, '{}')",
        [(one.id, one.began.isoformat(), one.title, USER) for one in told],
    )
    database.executemany(
        """INSERT INTO steps
        (id, name, type, "threadId", streaming, "waitForAnswer", "isError", metadata, output,
         "createdAt", start, "end", generation)
        VALUES (?, ?, ?, ?, FALSE, FALSE, FALSE, '{}', ?, ?, ?, ?, '{}')""",
        [
            (
                said.id,
                "ada" if said.by_user else "assistant",
                "user_message" if said.by_user else "assistant_message",
                one.id,
                said.text,
                *[said.at.isoformat()] * 3,
            )
            for one in told
            for said in one.items
        ],
    )
    database.commit()
    database.close()
    return SQLAlchemyDataLayer(f"sqlite+aiosqlite:///{path}")


def main() -> None:
    folder, count, length = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    told = list(Script(1).conversations(count, length))
    layers = {
        "documented": filled(folder / "documented.sqlite3", told, indexes=False),
        "indexed": filled(folder / "indexed.sqlite3", told, indexes=True),
    }

    async def answer(layer: str, first: int, after: str | None, times: int) -> dict[str, Any]:
        spent = []
        for _ in range(times):
            started = time.perf_counter()
            page = await layers[layer].list_threads(
                Pagination(first=first, cursor=after), ThreadFilter(userId=USER)
            )
            spent.append(time.perf_counter() - started)
        return {
            "seconds": spent,
            "threads": [thread["id"] for thread in page.data],
            "texts": [[step["output"] for step in thread["steps"]] for thread in page.data],
        }

    serve(answer)


if __name__ == "__main__":
    main()
