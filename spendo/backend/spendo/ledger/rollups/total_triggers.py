"""The triggers that note whose totals a change of an account or a category touches: what they count
as is kept with them. By engine and name: the event, and what is done then."""

from spendo.ledger.rollups.rate_triggers import Events

_DECIDE = {"account": ("hidden", "kind"), "category": ("kind",)}
_OF_A_USER = ("ledger_stalemonth", "ledger_total")
_NOTE = "INSERT INTO ledger_stalemonth (user_id, month)"


def of_sqlite() -> Events:
    events = {}
    for table, names in _DECIDE.items():
        differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names)
        changed = f"UPDATE OF {', '.join(names)} ON ledger_{table} FOR EACH ROW WHEN {differs}"
        events[f"{table}_counts_otherwise"] = changed, f"{_NOTE} VALUES (NEW.user_id, '');"
    forget = "".join(f"DELETE FROM {table} WHERE user_id = OLD.id;" for table in _OF_A_USER)
    return events | {
        "account_left": ("DELETE ON ledger_account", f"{_NOTE} VALUES (OLD.user_id, '');"),
        "user_gone": ("DELETE ON users_user", forget),
    }


def of_postgresql() -> Events:
    """The rows of a statement are `gone` and `fresh`."""
    events = {}
    for table, names in _DECIDE.items():
        was, now = (", ".join(f"{row}.{name}" for name in names) for row in ("gone", "fresh"))
        changed = f"gone JOIN fresh ON gone.id = fresh.id WHERE ({was}) IS DISTINCT FROM ({now})"
        events[f"{table}_counts_otherwise"] = (
            f"UPDATE ON ledger_{table}",
            f"{_NOTE} SELECT DISTINCT fresh.user_id, '' FROM {changed};",
        )
    forget = "".join(
        f"DELETE FROM {table} WHERE user_id IN (SELECT id FROM gone);" for table in _OF_A_USER
    )
    return events | {
        "account_left": (
            "DELETE ON ledger_account",
            f"{_NOTE} SELECT DISTINCT user_id, '' FROM gone;",
        ),
        "user_gone": ("DELETE ON users_user", forget),
    }
