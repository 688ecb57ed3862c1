"""How a row is known again when its file, or one that overlaps it, comes a second time."""

from hashlib import blake2b, sha256

from spendo.ledger.imports import StatementRow
from spendo.users.fields import fold

LONGEST_ID = 100


def external_id_of(row: StatementRow) -> str:
    """The bank's id; in its place its hash where it is longer than a column can hold."""
    if len(row.external_id) <= LONGEST_ID:
        return row.external_id
    return f"sha256:{sha256(row.external_id.encode()).hexdigest()}"


class Occurrences:
    """Numbers the rows that are the same: two coffees on one day are two rows, whichever file
    they come in. Sixteen bytes are kept of each, not the row."""

    def __init__(self) -> None:
        self._times: dict[bytes, int] = {}

    def key(self, row: StatementRow) -> str:
        """The import key: of day, amount, description, and how many there were before."""
        content = content_of(row)
        seen = blake2b(f"{row.account}\n{content}".encode(), digest_size=16).digest()
        times = self._times[seen] = self._times.get(seen, 0) + 1
        return sha256(f"{content}\n{times}".encode()).hexdigest()


def content_of(row: StatementRow) -> str:
    """What is the same in two files that write case, spaces and zeros differently."""
    amount = row.amount.normalize() if row.amount else 0
    return f"{row.date}\n{amount:f}\n{fold(row.description)}"


def short_hash(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
