"""Charges that may have been made twice."""

from __future__ import annotations

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.wording import counted, day, money, name, names, table
from spendo.assistant.tools.envelope import DataHealthEnvelope, PeriodEnvelope


def answer(question: Question) -> Plan:
    found = yield from ask(DataHealthEnvelope, Call("data_health"))
    charges = [each for each in found.duplicates if each.verdict == "possible"]
    looked_at = f"since {day(found.duplicates_since)}"
    if question.when is not None:
        text = yield from period_text(question.when, "")
        asked = yield from ask(
            PeriodEnvelope, Call("resolve_period", {"text": text, "move": 0, "unit": "same"})
        )
        if asked.period.end <= found.duplicates_since:
            return (
                f"I look for charges made twice {looked_at} only, so not in {asked.period.words}."
            )
        charges = [e for e in charges if asked.period.start <= e.first_on < asked.period.end]
        looked_at = f"in {asked.period.words}"
        if asked.period.start < found.duplicates_since:
            looked_at += f", from {day(found.duplicates_since)} on"
    named = [name.text.casefold() for name in question.names]
    if named:
        charges = [e for e in charges if any(text in e.merchant.casefold() for text in named)]
    if not charges:
        where = f" by {names((each.text for each in question.names), 'or')}" if named else ""
        return f"I see no charge that was made twice{where} {looked_at}."
    rows = [
        (
            name(each.merchant),
            f"**{money(each.amount)}**",
            f"{each.times}×",
            day(each.first_on)
            + ("" if each.first_on == each.last_on else f" and {day(each.last_on)}"),
        )
        for each in charges
    ]
    return (
        f"{counted(len(charges), 'charge')} {looked_at} may have been made twice; only you can "
        "tell:\n\n" + table(("Where", "Amount", "Times", "On"), rows, right=(1, 2))
    )


KINDS = (
    Kind(
        name="twice",
        family=Family.SEARCH,
        title="Charged twice",
        cues="""
            80 ~pay ... twice/double
            80 charged/billed/paid/charge/debited ... twice/double
            80 duplicate/duplicates/duplicated
            80 double charge/charges/charged/payment/payments/billed/billing
            80 two/2 times
            80 charged/billed/paid ... two/2 times
            80 same charge/amount/payment twice
        """,
        never="""
            ~i get/got/getting paid twice
        """,
        answer=answer,
        examples=(
            "Was I charged twice by anyone?",
            "did I pay for something twice",
            "any duplicate charges last month?",
            "did anybody charge me twice this year",
            "double charges this month",
            "was anything charged two times last month?",
            "duplicate payments",
            "was I chraged twice",
        ),
    ),
)
