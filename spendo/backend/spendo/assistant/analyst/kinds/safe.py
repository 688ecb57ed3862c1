"""What can be spent until the next pay."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.ahead import until_text
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import bold, day, is_zero, money, names, table
from spendo.assistant.tools.envelope import SafeToSpendEnvelope


def read(question: Question, heard: Heard) -> Question | None:
    """ "This week" is up to its end."""
    text = question.when.text.casefold() if question.when else ""
    if question.horizon is None and text in ("this week", "this month"):
        return replace(question, horizon=f"rest of {text}")
    return question


def answer(question: Question) -> Plan:
    until = yield from until_text(question, "")
    if until == "pay day":
        until = ""
    found = yield from ask(
        SafeToSpendEnvelope, Call("safe_to_spend", {"until": until} if until else {})
    )
    end = (
        f"until {day(found.pay_day.on)}, your next pay day"
        if found.pay_day and not until
        else (f"in {found.period.words}")
    )
    if not is_zero(found.short):
        text = f"Nothing is safe to spend {end}: **{money(found.short)}** is missing."
    else:
        text = f"You can safely spend {bold(found.amount)} {end}: {money(found.per_day)} a day."
    parts = [("At hand", money(found.spendable))]
    for title, amount in (
        ("Bills", found.bills_total),
        ("Regular transfers", found.transfers_total),
        ("Goals", found.goals_total),
        ("Budgets", found.budgets_total),
    ):
        if not is_zero(amount):
            parts.append((f"Less {title.lower()}", money(amount)))
    text += f"\n\n{table(('What', 'Amount'), parts, right=(1,))}\n\n{found.definition}"
    if found.left_out:
        text += f" Money in {names(found.left_out)} is not in it."
    return text


KINDS = (
    Kind(
        name="safe_to_spend",
        family=Family.FORECAST,
        title="What can safely be spent",
        cues="""
            86 am/are ~i .. good/ok/okay/alright for a/an/the? {amount}
            86 left/spare till/until/til/before/to .. pay/payday/paycheck/salary
            86 left/spare till/until/til/before .. get/am/next paid/pay/payday
            86 spare cash/money
            86 play/playing with
            86 splash/spend without worry/worrying
            86 last me until/till/til/to
            86 safely spend
            86 safe to spend
            92 left after my/our/the? bills
            86 can ~i .. spend
            86 left to spend
            86 spending money
            86 free to spend
            86 can ~i blow/use
            86 disposable
            86 how much .. can/could ~i .. spend
            86 how much can i .. afford to spend
        """,
        never="""
            still spend on
            left to spend on
            see/show/find/tell
        """,
        read=read,
        answer=answer,
        examples=(
            "What can I safely spend until pay day?",
            "how much is left till payday",
            "am I good for a $200 night out",
            "whats my spare cash before I get paid",
            "how much can I safely spend before pay day",
            "safe to spend?",
            "what's safe to spend until I get paid",
            "how much can I spend until my next paycheck",
            "how much is left to spend this month",
            "what can I safley spend",
        ),
        looks_ahead=True,
    ),
)
