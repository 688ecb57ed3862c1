"""Finding a text within what rows say without reading every row.

An index has every three letters in a row: trigrams. On PostgreSQL it is one of `pg_trgm`, which the
planner uses by itself. On SQLite it is an FTS5 table, kept by triggers, that names the rows with
all trigrams of a text: few more than have the text. Where the database offers neither, and for
texts of one letter or two, every row is read, with the same result.

Like the triggers of the rollups it is made after every migration: SQLite makes a new table for many
changes, and loses the triggers of the old one.
"""

from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

_TABLE = "ledger_texts_v1"
"""Counts up when the index or its triggers change."""

_COLUMNS = ("merchant_key", "description_key", "note_key")
_MOST = 30
"""So many trigrams leave few other rows."""

_FEW = 500
"""So many rows are named one by one, and found by their ids; more are met soon enough by who goes
through the rows in order."""


def may_say(key: str) -> Q:
    """Every row that has the folded text, and others: for SQLite to look at these only."""
    trigrams = list(dict.fromkeys(key[place : place + 3] for place in range(len(key) - 2)))
    if not trigrams or connection.vendor != "sqlite":
        return Q()
    wanted = " AND ".join('"{}"'.format(each.replace('"', '""')) for each in trigrams[:_MOST])
    found = f"SELECT rowid FROM {_TABLE} WHERE {_TABLE} MATCH %s"  # noqa: S608
    with connection.cursor() as cursor:
        if not _is_there(cursor):
            return Q()
        cursor.execute(f"{found} LIMIT {_FEW + 1}", [wanted])
        few = [number for (number,) in cursor.fetchall()]
    if len(few) <= _FEW:
        return Q(pk__in=few)
    return Q(pk__in=RawSQL(found, [wanted]))  # noqa: S611


def install(using: str) -> None:
    """Make the index where it is not there. What a database cannot do is left."""
    try:
        with transaction.atomic(using), connections[using].cursor() as cursor:
            if connections[using].vendor == "sqlite":
                _install_on_sqlite(cursor)
            else:
                _install_on_postgresql(cursor)
    except DatabaseError:
        return


def remove_from_sqlite(using: str) -> None:
    """Before tables are made anew: SQLite does not rename a table that a trigger names."""
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            for name in _triggers():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"DROP TABLE IF EXISTS {_TABLE}")


def _install_on_postgresql(cursor: Any) -> None:
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    columns = ", ".join(f"{name} gin_trgm_ops" for name in _COLUMNS)
    cursor.execute(
        f"CREATE INDEX IF NOT EXISTS {_TABLE} ON ledger_transaction USING gin ({columns})"
    )


def _install_on_sqlite(cursor: Any) -> None:
    if _is_there(cursor):
        return
    cursor.execute(
        f"CREATE VIRTUAL TABLE {_TABLE} USING fts5({', '.join(_COLUMNS)},"
        " content='ledger_transaction', content_rowid='id', detail=none, tokenize='trigram')"
    )
    for name, (event, body) in _triggers().items():
        cursor.execute(f"CREATE TRIGGER {name} AFTER {event} BEGIN {body} END")
    cursor.execute(f"INSERT INTO {_TABLE} ({_TABLE}) VALUES ('rebuild')")  # noqa: S608


def _is_there(cursor: Any) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [_TABLE])
    return cursor.fetchone() is not None


def _triggers() -> dict[str, tuple[str, str]]:
    names = ", ".join(_COLUMNS)

    def texts(row: str) -> str:
        return ", ".join(f"{row}.{name}" for name in ("id", *_COLUMNS))

    forget = f"INSERT INTO {_TABLE} ({_TABLE}, rowid, {names}) VALUES ('delete', {texts('OLD')});"  # noqa: S608
    note = f"INSERT INTO {_TABLE} (rowid, {names}) VALUES ({texts('NEW')});"  # noqa: S608
    return {
        f"{_TABLE}_added": ("INSERT ON ledger_transaction", note),
        f"{_TABLE}_changed": (f"UPDATE OF {names} ON ledger_transaction", forget + note),
        f"{_TABLE}_deleted": ("DELETE ON ledger_transaction", forget),
    }
