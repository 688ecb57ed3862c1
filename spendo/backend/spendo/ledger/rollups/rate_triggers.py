"""The triggers that note whose worth in the user's currency a change of a rate, or of a currency,
touches. By engine and name: the event, and what is done then."""

from spendo.ledger.rates import MOST_DAYS_OLD

_DECIDES = ("user_id", "base", "quote", "date", "rate")
"""What decides what a rate converts, and to how much."""

_NOTE = "INSERT INTO ledger_stalemonth (user_id, account_id, month, merchant_key)"
_CONVERTED = (
    "account.currency <> holder.currency"
    " AND account.currency IN (rate.base, rate.quote)"
    " AND holder.currency IN (rate.base, rate.quote)"
)
_LAST_DAY = "9999-12-31"

Events = dict[str, tuple[str, str]]


def of_sqlite() -> Events:
    def note_days(row: str) -> str:
        """The month of the rate, and the one of the last day that it may serve."""
        columns = ", ".join(f"{row}.{name} AS {name}" for name in _DECIDES)
        last = f"COALESCE(DATE({row}.date, '+{MOST_DAYS_OLD.days} days'), '{_LAST_DAY}')"
        return (
            f"{_NOTE} SELECT account.user_id, account.id, served.month, ''"
            f" FROM (SELECT {columns}) AS rate"
            f" JOIN (SELECT SUBSTR({row}.date, 1, 7) AS month UNION SELECT SUBSTR({last}, 1, 7))"
            " AS served"
            " JOIN users_user AS holder ON holder.id = rate.user_id"
            " JOIN ledger_account AS account ON account.user_id = holder.id"
            f" WHERE {_CONVERTED} AND NOT EXISTS (SELECT 1 FROM ledger_stalemonth AS known"
            " WHERE known.account_id = account.id AND known.month = served.month"
            " AND known.merchant_key = '');"
        )

    def note_all(owner: str) -> str:
        return (
            f"{_NOTE} SELECT DISTINCT user_id, account_id, SUBSTR(date, 1, 7), ''"
            f" FROM ledger_transaction WHERE {owner} = NEW.id;"
        )

    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _DECIDES)
    currency = "FOR EACH ROW WHEN OLD.currency IS NOT NEW.currency"
    return {
        "rate_added": ("INSERT ON ledger_exchangerate", note_days("NEW")),
        "rate_changed": (
            f"UPDATE ON ledger_exchangerate FOR EACH ROW WHEN {differs}",
            note_days("OLD") + note_days("NEW"),
        ),
        "rate_gone": ("DELETE ON ledger_exchangerate", note_days("OLD")),
        "other_currency": (
            f"UPDATE OF currency ON users_user {currency}",
            note_all("user_id"),
        ),
        "account_in_other_currency": (
            f"UPDATE OF currency ON ledger_account {currency}",
            note_all("account_id"),
        ),
    }


def of_postgresql() -> Events:
    """The rows of a statement are `gone` and `fresh`."""

    def note_days(rates: str) -> str:
        last = f"LEAST(rate.date, DATE '{_LAST_DAY}' - {MOST_DAYS_OLD.days}) + {MOST_DAYS_OLD.days}"
        return (
            f"{_NOTE}"
            " SELECT DISTINCT account.user_id, account.id, TO_CHAR(served.day, 'YYYY-MM'), ''"
            f" FROM ({rates}) AS rate"
            " JOIN users_user AS holder ON holder.id = rate.user_id"
            " JOIN ledger_account AS account ON account.user_id = holder.id"
            f" CROSS JOIN LATERAL (VALUES (rate.date), ({last})) AS served (day)"
            f" WHERE {_CONVERTED};"
        )

    def note_all(owner: str) -> str:
        return (
            f"{_NOTE} SELECT DISTINCT user_id, account_id, TO_CHAR(date, 'YYYY-MM'), ''"
            f" FROM ledger_transaction WHERE {owner} IN (SELECT fresh.id FROM fresh JOIN gone"
            " ON gone.id = fresh.id WHERE gone.currency IS DISTINCT FROM fresh.currency);"
        )

    columns = ", ".join(_DECIDES)
    gone, fresh = f"SELECT {columns} FROM gone", f"SELECT {columns} FROM fresh"
    changed = f"({gone} EXCEPT {fresh}) UNION ALL ({fresh} EXCEPT {gone})"
    return {
        "rate_added": ("INSERT ON ledger_exchangerate", note_days(fresh)),
        "rate_changed": ("UPDATE ON ledger_exchangerate", note_days(changed)),
        "rate_gone": ("DELETE ON ledger_exchangerate", note_days(gone)),
        "other_currency": ("UPDATE ON users_user", note_all("user_id")),
        "account_in_other_currency": ("UPDATE ON ledger_account", note_all("account_id")),
    }
