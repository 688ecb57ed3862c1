"""Files that were sent and wait for their user's word."""

import zlib
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from spendo.ledger.changes import Source
from spendo.ledger.errors import LedgerError, UnknownRow
from spendo.ledger.imports import ImportRefused
from spendo.ledger.models import ImportDraft
from spendo.ledger.services.importing.choices import choices_from
from spendo.ledger.services.importing.files import (
    commit_prepared,
    prepare_import,
    preview_import,
)
from spendo.ledger.services.importing.types import (
    ImportPreview,
    ImportResult,
    Progress,
    Verdict,
)
from spendo.users.fields import is_storable
from spendo.users.models import User

MAX_DRAFT_BYTES = 20 * 1024 * 1024
MOST_DRAFTS = 10
KEPT_FOR = timedelta(hours=24)
SHOWN = 50

ASKING = frozenset(
    {"account", "mapping", "profile", "encoding", "ambiguous_dates", "ambiguous_amounts"}
)
"""Codes of refusals that the user can answer, so that the file is kept."""


def keep_draft(
    user: User, file: BinaryIO, *, file_name: str, choices: Mapping[str, Any] | None = None
) -> ImportDraft:
    """Keep a file for a day. Raises ImportRefused for one that is too large, and LedgerError when
    there are too many."""
    choices_from(choices or {})
    file.seek(0)
    content = file.read(MAX_DRAFT_BYTES + 1)
    if len(content) > MAX_DRAFT_BYTES:
        raise ImportRefused(
            f"The file is larger than {MAX_DRAFT_BYTES // 2**20} MiB. Export a shorter time, and "
            "import one file after the other.",
            code="too_large",
        )
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).values_list("pk").get(pk=user.pk)
        drop_expired()
        if ImportDraft.objects.filter(user=user).count() >= MOST_DRAFTS:
            raise LedgerError(
                f"{MOST_DRAFTS} files are waiting to be imported. Import or drop one of them first."
            )
        return ImportDraft.objects.create(
            user=user,
            expires_at=timezone.now() + KEPT_FOR,
            file_name=_plain_name(file_name),
            size=len(content),
            content=zlib.compress(content),
            choices=dict(choices or {}),
        )


def find_draft(user: User, draft_id: str) -> ImportDraft:
    """Raises UnknownRow for what is not the user's, or not any more."""
    found = (
        ImportDraft.objects.filter(user=user, pk=draft_id, expires_at__gt=timezone.now())
        .defer("content")
        .first()
        if is_storable(draft_id)
        else None
    )
    if found is None:
        raise UnknownRow("There is no such import.")
    return found


def choose(user: User, draft_id: str, choices: Mapping[str, Any]) -> ImportDraft:
    """Add to what the user said about the file, for `accounts` to what was said of each; null takes
    back what was said."""
    with transaction.atomic():
        found = find_draft(user, draft_id)
        merged = {**found.choices, **choices}
        if isinstance(choices.get("accounts"), Mapping):
            merged["accounts"] = {**found.choices.get("accounts", {}), **choices["accounts"]}
        found.choices = {name: value for name, value in merged.items() if value is not None}
        choices_from(found.choices)
        found.save(update_fields=["choices"])
    return found


def preview_draft(
    user: User,
    draft_id: str,
    *,
    shown: int = SHOWN,
    only: Verdict | None = None,
    after_line: int = 0,
) -> ImportPreview:
    """Raises as `preview_import` does; a code in ASKING can be answered by `choose`."""
    found = find_draft(user, draft_id)
    return preview_import(
        user,
        _content(found),
        choices_from(found.choices),
        shown=shown,
        only=only,
        after_line=after_line,
    )


def asked_account(user: User, draft_id: str) -> str:
    """The key of the account of the file that has to be chosen first; "" if it has none."""
    try:
        preview_draft(user, draft_id, shown=0)
    except ImportRefused as refused:
        return refused.account
    return ""


def commit_draft(
    user: User, draft_id: str, *, source: Source | None = None, progress: Progress | None = None
) -> ImportResult:
    """Import the file and forget it, both or neither. It is read and judged before that, so that
    others need not wait for it; once more where the user has said something else meanwhile."""
    found = find_draft(user, draft_id)
    prepared = prepare_import(user, _content(found), choices_from(found.choices))
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).values_list("pk").get(pk=user.pk)
        before, found = found.choices, find_draft(user, draft_id)
        if found.choices != before:
            prepared = prepare_import(user, _content(found), choices_from(found.choices))
        result = commit_prepared(
            user, prepared, file_name=found.file_name, source=source, progress=progress
        )
        ImportDraft.objects.filter(pk=found.pk).delete()
    return result


def drop_draft(user: User, draft_id: str) -> None:
    find_draft(user, draft_id)
    ImportDraft.objects.filter(user=user, pk=draft_id).delete()


def drop_expired() -> int:
    """Delete the files of all users whose day is over; how many."""
    deleted, _ = ImportDraft.objects.filter(expires_at__lte=timezone.now()).delete()
    return deleted


def _content(draft: ImportDraft) -> BytesIO:
    return BytesIO(zlib.decompress(bytes(draft.content)))


def _plain_name(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:255]
