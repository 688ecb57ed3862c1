"""Whether regular income changed, when, and by how much."""

from __future__ import annotations

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import day, money, name, names, plain
from spendo.assistant.tools.envelope import RecurringEnvelope

NO_PAY = "I see no regular income in your records, so I cannot tell whether it changed."


def answer(question: Question) -> Plan:
    found = yield from ask(
        RecurringEnvelope, Call("recurring", {"kind": "income", "status": "active"})
    )
    if not found.series:
        return NO_PAY
    changed = [(each, each.price_change) for each in found.series if each.price_change]
    if not changed:
        varying = [each.merchant for each in found.series if each.amounts == "varying"]
        if len(varying) == len(found.series):
            return (
                f"What you receive from {names(varying)} is another amount each time, so I cannot "
                "tell a change of pay from that."
            )
        steady = names(each.merchant for each in found.series if each.amounts == "fixed")
        return f"No: what you receive regularly from {steady} has stayed the same."
    changed.sort(key=lambda pair: pair[1].on, reverse=True)
    lines = []
    for series, change in changed:
        more = yield from difference(change.new, change.old)
        word = "more" if change.dearer else "less"
        lines.append(
            f"Your pay from {name(series.merchant)} changed from {money(change.old)} to "
            f"**{money(change.new)}** on {day(change.on)}: {plain(more)} {word} each time."
        )
    return "\n\n".join(lines)


KINDS = (
    Kind(
        name="salary_change",
        family=Family.INCOME,
        compares="times",
        title="Whether pay changed",
        cues="""
            78 ~change ... salary/pay/paycheck/wages/wage/income
            78 salary/pay/paycheck/wages/wage ... ~change
            78 get/got/getting/had a? raise
            78 pay raise/rise
            78 salary raise/rise/increase
            78 is my salary higher/lower
            78 salary/pay/paycheck ... higher/lower/bigger/smaller
            78 salary/pay/paycheck go/went/gone up/down
            78 earn/earning more/less than before
        """,
        never="""
            pay ... bill/bills/for
            net worth
        """,
        answer=answer,
        examples=(
            "Did my salary change?",
            "has my salary changed",
            "did I get a raise?",
            "when did my pay change and by how much",
            "is my salary higher this year",
            "did my pay go up",
            "did my slary change",
        ),
    ),
)
