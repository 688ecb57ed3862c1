"""Rows of conversations in bulk: as the store writes them, without its one commit for each."""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    HiddenContextItem,
    InferenceOptions,
    ThreadItem,
    UserMessageItem,
    UserMessageTextContent,
)
from django.contrib.auth.models import User
from django.db import connection, transaction

from chatkit_django import models, pages, rows
from workers.conversation import Script, moment

ROWS = 20_000  # in one commit
SAMPLES = 64  # different items of each kind
COLUMNS = "thread_id, item_id, position, type, hidden, payload, created_at"
ID = "msg_id_that_is_replaced"
script = Script(1)


def threads(
    owner: User, count: int, *, archived: Callable[[int], bool] = lambda number: False
) -> list[str]:
    """Make so many threads, the oldest first, and return their ids."""
    ids = [f"thr_{script.bits():032x}" for _ in range(count)]
    made = (
        models.Thread(
            id=id_,
            owner=owner,
            title=script.title(),
            created_at=moment(number),
            updated_at=moment(number),
            archived_at=moment(number) if archived(number) else None,
        )
        for number, id_ in enumerate(ids)
    )
    with transaction.atomic():
        while batch := list(islice(made, ROWS)):
            models.Thread.objects.bulk_create(batch, 1_000)
    return ids


def items(thread_id: str, count: int, *, hidden: Callable[[int], bool]) -> list[str]:
    """Put so many items into the thread, the oldest first, and return their ids."""
    ids = [f"msg_{script.bits():032x}" for _ in range(count)]
    samples = {kind: list(_samples(thread_id, kind)) for kind in ("said", "hidden")}

    def row(number: int, id_: str) -> tuple[Any, ...]:
        sample = samples["hidden" if hidden(number) else "said"][number % SAMPLES]
        payload = sample["payload"].replace(ID, id_)
        kept = (sample["type"], sample["hidden"], payload, sample["created_at"])
        return (thread_id, id_, number + 1, *kept)

    _insert(count, (row(number, id_) for number, id_ in enumerate(ids)))
    models.Thread.objects.filter(id=thread_id).update(next_item_position=count)
    return ids


def _samples(thread_id: str, kind: str) -> Iterator[dict[str, Any]]:
    for number in range(SAMPLES):
        columns = rows.item_columns(_item(thread_id, kind, number))
        adapt = connection.ops.adapt_datetimefield_value
        yield {**columns, "created_at": adapt(columns["created_at"])}


def _item(thread_id: str, kind: str, number: int) -> ThreadItem:
    base: dict[str, Any] = {"id": ID, "thread_id": thread_id, "created_at": moment(number)}
    if kind == "hidden":
        return HiddenContextItem(content=script.question(), **base)
    if number % 2:
        content = AssistantMessageContent(text=script.answer(), annotations=[])
        return AssistantMessageItem(content=[content], **base)
    asked = [UserMessageTextContent(text=script.question())]
    return UserMessageItem(
        content=asked, attachments=[], inference_options=InferenceOptions(), **base
    )


def _insert(count: int, made: Iterable[tuple[Any, ...]]) -> None:
    """In commits of so many rows, which keeps the write-ahead log short."""
    made, done = iter(made), 0
    while batch := list(islice(made, ROWS)):
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {pages.ITEMS} ({COLUMNS}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(batch[0]))
                sql = f"INSERT INTO {pages.ITEMS} ({COLUMNS}) VALUES ({places})"  # noqa: S608
                cursor.executemany(sql, batch)
        done += len(batch)
        if done % (10 * ROWS) == 0:
            print(f"  {connection.vendor}: {done:,} of {count:,} items", file=sys.stderr)


def begin() -> None:
    """Keep PostgreSQL's write-ahead log from growing as large as the data."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET max_wal_size = '128MB'")
            cursor.execute("SELECT pg_reload_conf()")


def settle() -> None:
    """What a database that lives on does by itself after so many rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def size() -> int:
    """Bytes of the database."""
    sql = "SELECT pg_database_size(current_database())"
    if connection.vendor == "sqlite":
        sql = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])
