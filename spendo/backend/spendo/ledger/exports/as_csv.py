"""The rows of all accounts as a table: the plain columns, then ours.

Parts stand in the place of their row, so that the amounts add up. Cells that a spreadsheet would
run are escaped. What has no row (balances of the first day, budgets, rules, rates) is not in it.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from spendo.ledger.imports.own_table import COLUMNS, escaped
from spendo.ledger.models import Account, Transaction, Transfer
from spendo.ledger.money import from_minor
from spendo.users.fields import fold
from spendo.users.models import User

_BLOCK = 500
_Cells = tuple[str, ...]


def csv_pieces(user: User) -> Iterator[str]:
    """The table in pieces, the oldest day first."""
    yield _lines([COLUMNS], escape=False)
    names = _account_names(user)
    for block in _blocks(user):
        beside = _Beside.of(block)
        yield _lines([cells for row in block for cells in _cells(row, beside, names)], escape=True)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What belongs to the rows of a block, by their ids."""

    parts: dict[int, list[Transaction]]
    tags: dict[int, list[str]]
    transfers: dict[int, int]

    @classmethod
    def of(cls, rows: Sequence[Transaction]) -> "_Beside":
        ids = [row.pk for row in rows]
        parts: dict[int, list[Transaction]] = {}
        children = Transaction.objects.filter(parent_id__in=ids).select_related("category")
        for part in children.order_by("pk"):
            parts.setdefault(part.parent_id or 0, []).append(part)
        tags: dict[int, list[str]] = {}
        links = Transaction.tags.through.objects.filter(transaction_id__in=ids)
        for row_id, name in links.order_by("pk").values_list("transaction_id", "tag__name"):
            tags.setdefault(row_id, []).append(name)
        pairs = Transfer.objects.filter(Q(outflow_id__in=ids) | Q(inflow_id__in=ids))
        transfers = {
            side: number
            for number, outflow, inflow in pairs.values_list("pk", "outflow_id", "inflow_id")
            for side in (outflow, inflow)
        }
        return cls(parts, tags, transfers)


def _blocks(user: User) -> Iterator[list[Transaction]]:
    rows = (
        Transaction.objects.of(user)
        .filter(parent__isnull=True)
        .select_related("account__institution", "category")
        .order_by("date", "pk")
    )
    after = Q()
    while block := list(rows.filter(after)[:_BLOCK]):
        yield block
        last = block[-1]
        after = Q(date__gt=last.date) | Q(date=last.date, pk__gt=last.pk)


def _cells(row: Transaction, beside: _Beside, names: dict[int, str]) -> Iterator[_Cells]:
    parts = beside.parts.get(row.pk, []) if row.is_split else []
    for each in parts or [row]:
        account = row.account
        yield (
            row.date.isoformat(),
            each.description,
            str(from_minor(each.amount_minor, account.currency)),
            account.currency,
            names[account.pk],
            each.category.name if each.category else "",
            row.merchant,
            row.note,
            _tag_cell(beside.tags.get(row.pk, [])),
            row.status,
            "yes" if row.hidden else "",
            row.value_date.isoformat() if row.value_date else "",
            row.external_id,
            each.category.kind if each.category else "",
            account.kind,
            account.institution.name,
            str(beside.transfers.get(row.pk, "")),
            str(row.pk) if parts else "",
            row.description if parts else "",
        )


def _account_names(user: User) -> dict[int, str]:
    """Names that say which account is meant: one that stands twice gets a number."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for number, name in Account.objects.of(user).order_by("pk").values_list("pk", "name"):
        chosen, times = name, 1
        while fold(chosen) in taken:
            times += 1
            chosen = f"{name} ({times})"
        taken.add(fold(chosen))
        names[number] = chosen
    return names


def _tag_cell(tags: Sequence[str]) -> str:
    """A table in a cell, because a tag may have a comma."""
    if not tags:
        return ""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(tags)
    return out.getvalue()


def _lines(rows: Sequence[_Cells], *, escape: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    amount = COLUMNS.index("amount")
    for row in rows:
        writer.writerow(
            cell if not escape or place == amount else escaped(cell)
            for place, cell in enumerate(row)
        )
    return out.getvalue()
