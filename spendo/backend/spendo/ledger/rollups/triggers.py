"""The triggers that note which months are stale, on SQLite and on PostgreSQL.

They are made after every migration instead of in one: where SQLite changes a table it makes a new
one, without the triggers of the old. What was written meanwhile is stale.
"""

from typing import Any

from django.db import connections

from spendo.ledger.rollups import rate_triggers, total_triggers

_PREFIX = "rollup_v5_"
"""Counts up when a trigger changes, or what is made of what it notes."""

# What decides where a row is counted, and with which amount.
_COUNTS = (
    "user_id", "account_id", "date", "amount_minor", "merchant", "merchant_key", "category_id",
    "status", "hidden", "parent_id", "is_split", "refund_of_id",
)  # fmt: skip

_KEPT = ("ledger_stalemonth", "ledger_rollup", "ledger_twin", "ledger_serieslook")
"""What goes with an account."""

Triggers = dict[str, tuple[str, ...]]
"""By name: the statements that make a trigger."""


def install(using: str) -> None:
    """Make the triggers that are not there. All is stale then."""
    connection = connections[using]
    on_sqlite = connection.vendor == "sqlite"
    wanted = _of_sqlite() if on_sqlite else _of_postgresql()
    with connection.cursor() as cursor:
        known = _installed(cursor, on_sqlite=on_sqlite)
        if set(known) == set(wanted):
            return
        _drop(cursor, known, on_sqlite=on_sqlite)
        for statements in wanted.values():
            for statement in statements:
                cursor.execute(statement)
        month = "SUBSTR(date, 1, 7)" if on_sqlite else "TO_CHAR(date, 'YYYY-MM')"
        cursor.execute(
            "INSERT INTO ledger_stalemonth (user_id, account_id, month, merchant_key)"
            f" SELECT DISTINCT user_id, account_id, {month}, merchant_key FROM ledger_transaction"
        )


def remove_from_sqlite(using: str) -> None:
    """Before tables are made anew: SQLite does not rename a table that a trigger names."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            _drop(cursor, _installed(cursor, on_sqlite=True), on_sqlite=True)


def _installed(cursor: Any, *, on_sqlite: bool) -> dict[str, str]:
    """The triggers that are there, of any version, and their tables."""
    if on_sqlite:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
    else:
        cursor.execute(
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE pg_table_is_visible(tgrelid)"
        )
    return {name: table for name, table in cursor.fetchall() if name.startswith("rollup_v")}


def _drop(cursor: Any, triggers: dict[str, str], *, on_sqlite: bool) -> None:
    for name, table in triggers.items():
        cursor.execute(f"DROP TRIGGER {name}" + ("" if on_sqlite else f" ON {table}"))
        if not on_sqlite:
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _of_sqlite() -> Triggers:
    """One for each row. A month that is noted already is not noted again: nobody can take the
    note away before this transaction ends."""

    def note(row: str) -> str:
        return (
            "INSERT INTO ledger_stalemonth (user_id, account_id, month, merchant_key)"
            f" SELECT {row}.user_id, {row}.account_id, SUBSTR({row}.date, 1, 7), {row}.merchant_key"
            " WHERE NOT EXISTS ("
            f"SELECT 1 FROM ledger_stalemonth AS known WHERE known.account_id = {row}.account_id"
            f" AND known.month = SUBSTR({row}.date, 1, 7)"
            f" AND known.merchant_key = {row}.merchant_key);"
        )

    def note_sides(row: str) -> str:
        return "".join(
            "INSERT INTO ledger_stalemonth (user_id, month, transaction_id)"
            f" VALUES ({row}.user_id, '', {row}.{side});"
            for side in ("outflow_id", "inflow_id")
        )

    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _COUNTS)
    refunds = (
        "INSERT INTO ledger_stalemonth (user_id, month, transaction_id)"
        " SELECT user_id, '', id FROM ledger_transaction"
        " WHERE refund_of_id = NEW.id AND OLD.category_id IS NOT NEW.category_id;"
    )
    forget = "".join(f"DELETE FROM {table} WHERE account_id = OLD.id;" for table in _KEPT)
    events = {
        "added": ("INSERT ON ledger_transaction", note("NEW")),
        "changed": (
            f"UPDATE OF {', '.join(_COUNTS)} ON ledger_transaction FOR EACH ROW WHEN {differs}",
            note("OLD") + note("NEW") + refunds,
        ),
        "deleted": ("DELETE ON ledger_transaction", note("OLD")),
        "paired": ("INSERT ON ledger_transfer", note_sides("NEW")),
        "repaired": ("UPDATE ON ledger_transfer", note_sides("OLD") + note_sides("NEW")),
        "unpaired": ("DELETE ON ledger_transfer", note_sides("OLD")),
        "account_gone": ("DELETE ON ledger_account", forget),
    }
    events |= rate_triggers.of_sqlite() | total_triggers.of_sqlite()
    return {
        f"{_PREFIX}{name}": (f"CREATE TRIGGER {_PREFIX}{name} AFTER {event} BEGIN {body} END",)
        for name, (event, body) in events.items()
    }


def _of_postgresql() -> Triggers:
    """One for each statement. Every note is a row of its own: one that is there already may be
    taken by who did not see this change yet."""

    def note(*tables: str) -> str:
        rows = " UNION ALL ".join(
            f"SELECT user_id, account_id, date, merchant_key FROM {each}" for each in tables
        )
        return (
            "INSERT INTO ledger_stalemonth (user_id, account_id, month, merchant_key)"
            " SELECT DISTINCT user_id, account_id, TO_CHAR(date, 'YYYY-MM'), merchant_key"
            f" FROM ({rows}) AS rows;"
        )

    def note_sides(*tables: str) -> str:
        return "".join(
            "INSERT INTO ledger_stalemonth (user_id, month, transaction_id)"
            f" SELECT user_id, '', {side} FROM {table};"
            for table in tables
            for side in ("outflow_id", "inflow_id")
        )

    was, now = (", ".join(f"{row}.{name}" for name in _COUNTS) for row in ("gone", "fresh"))
    differs = f"({was}) IS DISTINCT FROM ({now})"
    both = "gone JOIN fresh ON gone.id = fresh.id"
    changed = note(f"(SELECT gone.* FROM {both} WHERE {differs}) AS was") + note(
        f"(SELECT fresh.* FROM {both} WHERE {differs}) AS now"
    )
    refunds = (
        "INSERT INTO ledger_stalemonth (user_id, month, transaction_id)"
        f" SELECT refund.user_id, '', refund.id FROM {both}"
        " JOIN ledger_transaction AS refund ON refund.refund_of_id = fresh.id"
        " WHERE gone.category_id IS DISTINCT FROM fresh.category_id;"
    )
    forget = "".join(
        f"DELETE FROM {table} WHERE account_id IN (SELECT id FROM gone);" for table in _KEPT
    )
    events = {
        "added": ("INSERT ON ledger_transaction", note("fresh")),
        "changed": ("UPDATE ON ledger_transaction", changed + refunds),
        "deleted": ("DELETE ON ledger_transaction", note("gone")),
        "paired": ("INSERT ON ledger_transfer", note_sides("fresh")),
        "repaired": ("UPDATE ON ledger_transfer", note_sides("gone", "fresh")),
        "unpaired": ("DELETE ON ledger_transfer", note_sides("gone")),
        "account_gone": ("DELETE ON ledger_account", forget),
    }
    events |= rate_triggers.of_postgresql() | total_triggers.of_postgresql()
    old, new = "OLD TABLE AS gone", "NEW TABLE AS fresh"
    rows = {"INSERT": new, "UPDATE": f"{old} {new}", "DELETE": old}
    return {
        f"{_PREFIX}{name}": (
            (
                f"CREATE OR REPLACE FUNCTION {_PREFIX}{name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $body$ BEGIN {body} RETURN NULL; END $body$"
            ),
            (
                f"CREATE TRIGGER {_PREFIX}{name} AFTER {event} REFERENCING"
                f" {rows[event.split()[0]]}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {_PREFIX}{name}()"
            ),
        )
        for name, (event, body) in events.items()
    }
