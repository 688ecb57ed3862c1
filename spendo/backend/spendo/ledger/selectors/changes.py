"""What was done to the ledger, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from spendo.ledger.models import Change
from spendo.users.models import User

MAX_CHANGES = 100


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One act; `rows` is how many rows it made, changed and deleted."""

    id: int
    at: datetime
    kind: str
    summary: str
    source: str
    rows: int
    undoes_id: int | None
    undone_by_id: int | None

    @property
    def can_be_undone(self) -> bool:
        """Whether nobody has; a row that has changed since may still stand in the way."""
        return self.undone_by_id is None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`after` begins the next page; there is none when it is None."""

    entries: list[ChangeEntry]
    after: int | None


def list_changes(user: User, limit: int = 20, after: int | None = None) -> ChangePage:
    """One page of the user's changes, newest first. `limit` is 1 to 100, else ValueError."""
    if not 1 <= limit <= MAX_CHANGES:
        raise ValueError(f"limit must be 1 to {MAX_CHANGES}.")
    changes = Change.objects.filter(user=user).annotate(count=Sum("rows__count"))
    if after is not None:
        changes = changes.filter(pk__lt=after)
    found = list(changes.select_related("undone_by").order_by("-pk")[: limit + 1])
    entries = [_entry(change) for change in found[:limit]]
    return ChangePage(entries, entries[-1].id if len(found) > limit else None)


def _entry(change: Change) -> ChangeEntry:
    undone_by = getattr(change, "undone_by", None)
    return ChangeEntry(
        id=change.pk,
        at=change.at,
        kind=change.kind,
        summary=change.summary,
        source=change.source,
        rows=change.count or 0,  # type: ignore[attr-defined]  # annotated above
        undoes_id=change.undoes_id,
        undone_by_id=undone_by.pk if undone_by else None,
    )
