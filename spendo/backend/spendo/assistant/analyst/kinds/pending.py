"""What is seen by the bank but not yet booked."""

from __future__ import annotations

from collections.abc import Sequence

from spendo.assistant.analyst.arithmetic import total
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import counted, money, names, plain, row_table
from spendo.assistant.tools.envelope import MAX_ROWS, Amount, Row, SearchEnvelope


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question)
    period = yield from period_text(question.when, "all time")
    found = yield from ask(
        SearchEnvelope,
        Call(
            "search_transactions",
            {
                "pending": "only",
                "include_transfers": True,
                "period": period,
                "limit": MAX_ROWS,
                **chosen.arguments(),
            },
        ),
    )
    if not found.rows:
        return f"Nothing is pending{chosen.words()}: everything is booked."
    text = f"{counted(found.count, 'transaction')} {'is' if found.count == 1 else 'are'} pending"
    sums = []
    if not found.truncated:
        for amounts in _by_currency(found.rows):
            summed = yield from total(amounts)
            sums.append(summed)
        what = names(
            f"{plain(each)} {'in' if not money(each).startswith('−') else 'out'}" for each in sums
        )
        text += f", **{what}**"
    return (
        f"{text}:\n\n{row_table(found.rows)}\n\nNo total counts them until the bank has booked "
        "them; their amounts can still change."
    )


def _by_currency(rows: Sequence[Row]) -> list[list[Amount]]:
    currencies = dict.fromkeys(row.amount.currency for row in rows)
    return [
        [row.amount for row in rows if row.amount.currency == currency] for currency in currencies
    ]


KINDS = (
    Kind(
        name="pending",
        family=Family.SEARCH,
        title="What is pending",
        cues="""
            80 still going/coming through
            80 not yet/all/quite? gone/went/go/come/came through/out/off
            80 still/yet to go/come through/out/off
            80 still processing
            80 uncleared/unposted/unsettled
            80 not yet/been/fully? clear/cleared/processed/finalised/finalized
            80 waiting to clear/post/settle
            80 pending
            80 not yet/been? booked/posted/cleared/settled
            80 has/have not posted/cleared/settled
            80 still to clear/post
            80 on hold
        """,
        answer=answer,
        examples=(
            "What is still pending?",
            "what hasn't gone through yet",
            "any charges that haven't cleared",
            "anything waiting to clear tbh",
            "pending transactions",
            "how much is pending right now?",
            "which payments are pending",
            "show pending charges",
            "what has not posted yet",
            "pendng transactions",
        ),
    ),
)
