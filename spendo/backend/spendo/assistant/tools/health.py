"""What the records lack."""

from __future__ import annotations

from agents import RunContextWrapper, function_tool

from spendo.assistant.tools.calling import answer_call, refuse_arguments
from spendo.assistant.tools.envelope import MAX_GROUPS, bank_text
from spendo.assistant.tools.envelope.health import (
    AccountHealthPart,
    DataHealthEnvelope,
    DuplicatePart,
    GapPart,
)
from spendo.assistant.tools.links import rows_link
from spendo.assistant.tools.parts import amount, excluded_part, left_out, row_part
from spendo.assistant.turn import Turn
from spendo.ledger.selectors import RowsQuery, TransactionFilter
from spendo.reports.selectors import AccountHealth, DuplicateCharge
from spendo.reports.selectors import data_health as health_of


@function_tool(failure_error_function=refuse_arguments)
async def data_health(context: RunContextWrapper[Turn]) -> str:
    """What is missing or doubtful in the user's records: accounts that have gone quiet, gaps, rows
    without a category, rows pending too long, transfers with one side, missing exchange rates, and
    charges that may have been made twice. Use it for "what data are you missing", "was I charged
    twice", "how complete is this". Of charges of the verdict routine say only that two equal
    purchases are possible."""
    turn = context.context

    def work() -> DataHealthEnvelope:
        found = health_of(turn.user, as_of=turn.today)
        return DataHealthEnvelope(
            first=found.first,
            last=found.last,
            uncategorised=found.uncategorised,
            uncategorised_out=amount(found.uncategorised_out),
            pending=found.pending,
            pending_too_long=found.pending_too_long,
            oldest_pending=found.oldest_pending,
            suspected=found.suspected,
            hidden=found.hidden_rows,
            missing_rates=left_out(found.missing_rates),
            accounts=tuple(_account(each) for each in found.accounts),
            stale_count=len(found.stale),
            duplicates=tuple(_duplicate(each) for each in found.duplicates.charges[:MAX_GROUPS]),
            possible_duplicates=found.duplicates.possible,
            routine_twins=found.duplicates.routine,
            duplicates_since=found.duplicates.period.start,
            count=found.count,
            rows=tuple(row_part(row) for row in found.suspected_rows),
            excluded=excluded_part(found.net.excluded),
            truncated=len(found.duplicates.charges) > MAX_GROUPS,
            link=rows_link(RowsQuery(TransactionFilter(include_transfers=True))),
        )

    return await answer_call(turn, "data_health", "Looking at how complete the records are", work)


def _account(account: AccountHealth) -> AccountHealthPart:
    return AccountHealthPart(
        name=bank_text(account.account),
        kind=account.kind,
        first=account.first,
        last=account.last,
        count=account.count,
        days_since=account.days_since,
        stale=account.is_stale,
        gaps=tuple(GapPart(first=gap.first, last=gap.last, days=gap.days) for gap in account.gaps),
    )


def _duplicate(charge: DuplicateCharge) -> DuplicatePart:
    return DuplicatePart(
        merchant=bank_text(charge.merchant),
        amount=amount(charge.amount),
        first_on=charge.first_on,
        last_on=charge.last_on,
        times=len(charge.ids),
        account=bank_text(charge.account),
        verdict=charge.verdict,
        ids=charge.ids[:10],
    )
