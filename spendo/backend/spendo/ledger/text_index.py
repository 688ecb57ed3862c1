"""Finding a text within what rows say without reading every row.

An index has every three letters in a row: trigrams. On PostgreSQL it is one of `pg_trgm`, which the
planner uses by itself. On SQLite it is an FTS5 table, kept by triggers, that names the rows of a
user with all trigrams of a text: few more than have the text. Where the database offers neither,
and for texts of one letter or two, every row is read, with the same result.

Like the triggers of the rollups it is made after every migration: SQLite makes a new table for many
changes, and loses the triggers of the old one.
"""

from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from spendo.users.models import User

_TABLE = "ledger_texts_v2"
"""Counts up when the index or its triggers change."""

_COLUMNS = ("merchant_key", "description_key", "note_key")
_FIRST_LETTER, _LETTERS = 0xE000, 1024
_SHIFTS = (20, 10, 0)
_MOST = 30
"""So many trigrams leave few other rows."""

_FEW = 500
"""So many rows are named one by one, and found by their ids; more are met soon enough by who goes
through the rows in order."""


def may_say(user: User, key: str) -> Q:
    """Every row of the user that has the folded text, and others: for SQLite to look at these
    only."""
    trigrams = list(dict.fromkeys(key[place : place + 3] for place in range(len(key) - 2)))
    if not trigrams or connection.vendor != "sqlite":
        return Q()
    asked = [_owner(user.pk), *trigrams[:_MOST]]
    wanted = " AND ".join('"{}"'.format(each.replace('"', '""')) for each in asked)
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
            _remove(cursor)


def _remove(cursor: Any) -> None:
    """Of any version, the triggers before the table."""
    cursor.execute(
        "SELECT type, name FROM sqlite_master WHERE name LIKE 'ledger_texts_v%'"
        " AND (type = 'trigger' OR sql LIKE 'CREATE VIRTUAL TABLE%') ORDER BY type DESC"
    )
    for kind, name in cursor.fetchall():
        cursor.execute(f"DROP {kind} {name}")


def _install_on_postgresql(cursor: Any) -> None:
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    columns = ", ".join(f"{name} gin_trgm_ops" for name in _COLUMNS)
    cursor.execute(
        f"CREATE INDEX IF NOT EXISTS {_TABLE} ON ledger_transaction USING gin ({columns})"
    )


def _install_on_sqlite(cursor: Any) -> None:
    if _is_there(cursor):
        return
    _remove(cursor)
    names = ", ".join(("owner", *_COLUMNS))
    cursor.execute(
        f"CREATE VIRTUAL TABLE {_TABLE} USING fts5({names},"
        " content='', detail=none, tokenize='trigram')"
    )
    for name, (event, body) in _triggers(names).items():
        cursor.execute(f"CREATE TRIGGER {name} AFTER {event} BEGIN {body} END")
    cursor.execute(
        f"INSERT INTO {_TABLE} (rowid, {names})"  # noqa: S608
        f" SELECT {_texts('row')} FROM ledger_transaction AS row"
    )


def _is_there(cursor: Any) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [_TABLE])
    return cursor.fetchone() is not None


def _triggers(names: str) -> dict[str, tuple[str, str]]:
    forget = (
        f"INSERT INTO {_TABLE} ({_TABLE}, rowid, {names})"  # noqa: S608
        f" VALUES ('delete', {_texts('OLD')});"
    )
    note = f"INSERT INTO {_TABLE} (rowid, {names}) VALUES ({_texts('NEW')});"  # noqa: S608
    changed = f"UPDATE OF user_id, {', '.join(_COLUMNS)} ON ledger_transaction"
    return {
        f"{_TABLE}_added": ("INSERT ON ledger_transaction", note),
        f"{_TABLE}_changed": (changed, forget + note),
        f"{_TABLE}_deleted": ("DELETE ON ledger_transaction", forget),
    }


def _texts(row: str) -> str:
    """The id, the owner as three letters, and the texts of a row, as SQL."""
    letters = " || ".join(
        f"CHAR({_FIRST_LETTER} + ({row}.user_id >> {shift} & {_LETTERS - 1}))" for shift in _SHIFTS
    )
    return ", ".join((f"{row}.id", letters, *(f"{row}.{name}" for name in _COLUMNS)))


def _owner(number: int) -> str:
    """A trigram that is the user's own: of letters for private use, which texts do not have."""
    return "".join(chr(_FIRST_LETTER + (number >> shift & (_LETTERS - 1))) for shift in _SHIFTS)
