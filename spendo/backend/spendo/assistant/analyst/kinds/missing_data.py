"""What the records lack."""

from __future__ import annotations

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import (
    EMPTY_LEDGER,
    counted,
    day,
    money,
    names,
)
from spendo.assistant.tools.envelope import DataHealthEnvelope


def answer(question: Question) -> Plan:
    found = yield from ask(DataHealthEnvelope, Call("data_health"))
    if not found.count or found.first is None or found.last is None:
        return EMPTY_LEDGER
    lines = []
    if found.uncategorised:
        lines.append(
            f"{counted(found.uncategorised, 'transaction')} without a category, "
            f"{money(found.uncategorised_out)} of it spent"
        )
    if found.pending:
        lines.append(f"{counted(found.pending, 'pending transaction')}, which no total counts yet")
    if found.suspected:
        lines.append(
            f"{counted(found.suspected, 'transfer')} with one side only, left out of spending"
        )
    lines.extend(
        f"{money(rate.total)} in {rate.total.currency} without an exchange rate, in no total"
        for rate in found.missing_rates
    )
    stale = [account for account in found.accounts if account.stale and account.last]
    lines.extend(
        f"nothing from {account} since {day(last)}"
        for account, last in ((names([each.name]), each.last) for each in stale)
        if last
    )
    lines.extend(
        f"a gap in {names([account.name])} from {day(gap.first)} to {day(gap.last)}"
        for account in found.accounts
        for gap in account.gaps
    )
    if found.possible_duplicates:
        lines.append(
            f"{counted(found.possible_duplicates, 'charge')} that may have been made twice"
        )
    cover = f"Your records cover {day(found.first)} to {day(found.last)}."
    if not lines:
        return f"{cover} I see no gaps: every transaction has a category and a rate."
    listed = "\n".join(f"- {line}" for line in lines)
    return f"{cover} What is missing or doubtful:\n\n{listed}"


KINDS = (
    Kind(
        name="missing_data",
        family=Family.TRUST,
        title="What data is missing",
        cues="""
            84 missing data/transactions/information/records/rates
            84 data ... missing/incomplete/complete/gaps
            87 you ... missing
            84 what do not you know
            84 what do you not know
            84 what do not you have
            84 data/records/transactions complete/incomplete
            84 gaps/gap in
            84 data quality/health/problems
            84 how complete/good/reliable ... data/records
            84 problems with my data/records
        """,
        answer=answer,
        examples=(
            "What data are you missing?",
            "what data is missing",
            "what don't you know about my money?",
            "is my data complete",
            "what are you missing about my finances",
            "are there gaps in my records",
            "what data are you mising",
        ),
    ),
)
