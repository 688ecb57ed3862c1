"""The transactions that series of payments are made of, and the way to exactly these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spendo.assistant.tools.envelope import SAMPLE_ROWS, Figure, Row
from spendo.assistant.tools.envelope.recurring import RecurringEnvelope
from spendo.assistant.tools.links import MAX_IDS, ids_link, rows_link
from spendo.assistant.tools.parts import row_part
from spendo.assistant.turn import Turn
from spendo.ledger.periods import Period
from spendo.ledger.selectors import RowsQuery, TransactionFilter, search_transactions
from spendo.reports.selectors import Series


@dataclass(frozen=True, slots=True)
class SeriesRows:
    """`ids` are the payments that `link` opens, the newest of a series first."""

    ids: tuple[int, ...]
    link: str | None


def rows_of(turn: Turn, series: Sequence[Series]) -> SeriesRows:
    """All payments of the series: by id, or where those are too many by a filter that finds these
    rows and no others. Where there is no such filter the last payment of each."""
    ids = tuple(dict.fromkeys(number for each in series for number in each.ids))
    if len(ids) <= MAX_IDS:
        return SeriesRows(ids, ids_link(ids))
    days = [day for each in series for day in (each.first_on, each.last_on) if day is not None]
    where = TransactionFilter(
        period=Period.of_days(min(days), max(days)),
        merchants=tuple(dict.fromkeys(each.merchant for each in series if each.ids)),
        account_ids=tuple(dict.fromkeys(each.account_id for each in series if each.ids)),
        include_transfers=True,
        pending="without",
    )
    if all(_number(turn, each) == len(ids) for each in (where, replace(where, ids=ids))):
        return SeriesRows(ids, rows_link(RowsQuery(where)))
    last = tuple(each.ids[0] for each in series if each.ids)[:MAX_IDS]
    return SeriesRows(last, ids_link(last))


def _number(turn: Turn, where: TransactionFilter) -> int:
    return search_transactions(turn.user, where=where, limit=1).total_count


def sample_rows(turn: Turn, ids: Sequence[int]) -> tuple[Row, ...]:
    """The newest of these rows, at most SAMPLE_ROWS."""
    if not ids:
        return ()
    where = TransactionFilter(ids=tuple(dict.fromkeys(ids)), include_transfers=True)
    page = search_transactions(turn.user, where=where, limit=SAMPLE_ROWS)
    return tuple(row_part(row) for row in page.rows)


def series_of(envelope: RecurringEnvelope, found: Sequence[Series], figure: Figure) -> list[Series]:
    """The series that a figure of the envelope is about, or that a figure of all counts; `found`
    are the envelope's series, in its order."""
    about = [
        each
        for part, each in zip(envelope.series, found, strict=False)
        if any(
            (one.label, one.value, one.kind) == (figure.label, figure.value, figure.kind)
            for one in part.figures_within(envelope.tool, None)
        )
    ]
    if about:
        return about
    match figure.label:
        case "per month" | "per year":
            return [each for each in found if is_spent(each, envelope.per_month.currency)]
        case "missed count":
            return [each for each in found if each.missed]
        case "dearer count":
            return [each for each in found if is_dearer(each)]
    return list(found)


def is_spent(series: Series, currency: str) -> bool:
    """Whether it is in what all cost together."""
    is_one = series.kind in ("subscription", "bill") and series.is_active
    return is_one and series.amount.currency == currency


def is_dearer(series: Series) -> bool:
    change = series.price_change
    return series.kind in ("subscription", "bill") and change is not None and change.dearer
