"""What was imported, and what waits to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from spendo.ledger.models import Account, ImportBatch, ImportDraft, ImportHeader
from spendo.users.fields import fold
from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file that was imported. `status` is "done" or "reverted"."""

    id: int
    created_at: datetime
    file_name: str
    file_format: str
    status: str
    added: int
    known: int
    settled: int
    refused: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One file that waits for its user's word."""

    id: str
    created_at: datetime
    expires_at: datetime
    file_name: str
    size: int


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """What was said of tables with this header. `mapping` is as `imports.mapping_from` takes it;
    what was left open is empty."""

    id: int
    used_at: datetime
    columns: list[str]
    mapping: dict[str, Any]
    profile: str
    date_order: str
    decimal_mark: str
    account_id: int | None
    account: str
    several_accounts: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    rows: Sequence[ImportRow]
    truncated: bool
    after: int | None


def list_imports(user: User, *, limit: int, after: int | None = None) -> ImportPage:
    """The newest first; the next page is after the id that this one ends with."""
    batches = ImportBatch.objects.filter(user=user).order_by("-pk")
    if after is not None:
        batches = batches.filter(pk__lt=after)
    found = [_row(batch) for batch in batches[: limit + 1]]
    truncated = len(found) > limit
    rows = found[:limit]
    return ImportPage(rows, truncated, rows[-1].id if truncated else None)


def find_import(user: User, batch_id: int) -> ImportRow | None:
    batch = ImportBatch.objects.filter(user=user, pk=batch_id).first()
    return _row(batch) if batch else None


def list_drafts(user: User) -> list[DraftRow]:
    """The newest first, without their content."""
    drafts = (
        ImportDraft.objects.filter(user=user, expires_at__gt=timezone.now())
        .defer("content")
        .order_by("-created_at")
    )
    return [
        DraftRow(each.pk, each.created_at, each.expires_at, each.file_name, each.size)
        for each in drafts
    ]


def list_headers(user: User) -> list[HeaderRow]:
    """The last used first."""
    rows = ImportHeader.objects.filter(user=user).select_related("account")
    return [
        HeaderRow(
            id=row.pk,
            used_at=row.used_at,
            columns=row.columns,
            mapping=row.mapping,
            profile=row.profile,
            date_order=row.date_order,
            decimal_mark=row.decimal_mark,
            account_id=row.account_id,
            account=row.account.name if row.account else "",
            several_accounts=row.several_accounts,
        )
        for row in rows.order_by("-used_at", "-pk")
    ]


def _row(batch: ImportBatch) -> ImportRow:
    return ImportRow(
        id=batch.pk,
        created_at=batch.created_at,
        file_name=batch.file_name,
        file_format=batch.file_format,
        status=batch.status,
        added=batch.added,
        known=batch.known,
        settled=batch.settled,
        refused=batch.refused,
    )


def find_accounts_named(user: User, name: str) -> list[int]:
    """The ids of the user's accounts of that name in any case, hidden ones too."""
    accounts = Account.objects.of(user).order_by("pk").values_list("pk", "name")
    return [number for number, known in accounts if fold(known) == fold(name)]


def account_names(user: User) -> list[tuple[int, str]]:
    """The ids and names of the user's accounts, hidden ones too."""
    return list(Account.objects.of(user).order_by("pk").values_list("pk", "name"))
