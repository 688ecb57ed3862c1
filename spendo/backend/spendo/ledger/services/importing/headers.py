"""What a user said of the header of a table, for the next file that has it.

These are no rows of the ledger: undoing an import does not unlearn how it is read, and what was
learnt is never in the way of an undo.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from spendo.ledger.errors import UnknownRow
from spendo.ledger.imports import (
    HeaderKey,
    ImportRefused,
    KnownHeader,
    Statement,
    header_key,
    is_header,
    mapping_from,
    mapping_values,
)
from spendo.ledger.imports.columns import resolve
from spendo.ledger.models import Account, ImportHeader
from spendo.ledger.services.importing.choices import choices_from
from spendo.ledger.services.importing.types import ImportChoices
from spendo.users.models import User

MOST = 100
"""So many headers are kept of a user; the one that was not used for the longest goes first."""

_LONGEST = 200
_CHANGED = frozenset({"account_id", "mapping", "profile", "date_order", "decimal_mark"})


def known_headers(user: User) -> dict[HeaderKey, KnownHeader]:
    rows = ImportHeader.objects.filter(user=user)
    return {header_key(row.columns): _known(row) for row in rows}


def remember(
    user: User, statement: Statement, choices: ImportChoices, account_id: int | None
) -> None:
    """Keep what was said of this file for the next one; nothing when it all was found out.

    `account_id` is where its rows went, unless the file itself says that.
    """
    names = statement.header
    if not names or not is_header(names) or max(map(len, names)) > _LONGEST:
        return
    row = _found(user, header_key(names))
    reading = choices.reading
    chosen = choices.account_id is not None or bool(choices.new_account)
    account_id = account_id if chosen else None
    if reading.mapping or reading.profile or reading.date_order or reading.decimal_mark:
        pass
    elif account_id is None:
        if row is not None:
            ImportHeader.objects.filter(pk=row.pk).update(used_at=timezone.now())
        return
    kept = row if row is not None else ImportHeader(user=user)
    if not choices.as_remembered:
        kept = ImportHeader(pk=kept.pk, user=user)
    kept.columns, kept.used_at = list(names), timezone.now()
    if reading.mapping is not None or reading.profile:
        kept.mapping = mapping_values(reading.mapping) if reading.mapping else {}
        kept.profile = reading.profile
    kept.date_order = reading.date_order or kept.date_order
    kept.decimal_mark = reading.decimal_mark or kept.decimal_mark
    _take_account(kept, account_id)
    kept.save()
    _drop_unused(user)


def change_header(user: User, header_id: int, values: Mapping[str, Any]) -> None:
    """Say otherwise; null takes back what was said. Raises UnknownRow and ImportRefused."""
    for name in values:
        if name not in _CHANGED:
            raise ImportRefused(f"There is nothing called “{name[:40]}” here.", code="choices")
    said = choices_from(values)
    with transaction.atomic():
        row = _own(user, header_id)
        if "mapping" in values:
            mapping = said.reading.mapping
            if mapping is not None:
                resolve(tuple(row.columns), mapping)
            row.mapping = mapping_values(mapping) if mapping is not None else {}
        for name in ("profile", "date_order", "decimal_mark"):
            if name in values:
                setattr(row, name, getattr(said.reading, name) or "")
        if "account_id" in values:
            number = said.account_id
            if number is not None and not Account.objects.of(user).filter(pk=number).exists():
                raise ImportRefused("There is no such account.", code="account")
            row.account_id, row.several_accounts = said.account_id, False
        row.save()


def forget_header(user: User, header_id: int) -> None:
    """Raises UnknownRow."""
    with transaction.atomic():
        ImportHeader.objects.filter(pk=_own(user, header_id).pk).delete()


def _take_account(row: ImportHeader, account_id: int | None) -> None:
    """A bank writes the tables of all accounts alike: with a second one nothing is proposed."""
    if account_id is None or row.several_accounts:
        return
    if row.account_id not in (None, account_id):
        row.account_id, row.several_accounts = None, True
    else:
        row.account_id = account_id


def _found(user: User, key: HeaderKey) -> ImportHeader | None:
    rows = ImportHeader.objects.filter(user=user)
    return next((row for row in rows if header_key(row.columns) == key), None)


def _own(user: User, header_id: int) -> ImportHeader:
    row = ImportHeader.objects.filter(user=user, pk=header_id).first()
    if row is None:
        raise UnknownRow("There is no such header.")
    return row


def _drop_unused(user: User) -> None:
    unused = ImportHeader.objects.filter(user=user).order_by("-used_at", "-pk")[MOST:]
    ImportHeader.objects.filter(pk__in=[row.pk for row in unused]).delete()


def _known(row: ImportHeader) -> KnownHeader:
    said = choices_from({"date_order": row.date_order, "decimal_mark": row.decimal_mark}).reading
    return KnownHeader(
        number=row.pk,
        names=tuple(row.columns),
        mapping=mapping_from(row.mapping) if row.mapping else None,
        profile=row.profile,
        date_order=said.date_order,
        decimal_mark=said.decimal_mark,
        account_id=row.account_id,
    )
