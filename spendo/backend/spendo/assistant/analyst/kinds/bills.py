"""Bills to come, and the next pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spendo.assistant.analyst.ahead import until_text
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import bold, counted, day, money, name, names, table
from spendo.assistant.tools.envelope import UpcomingBillsEnvelope
from spendo.assistant.tools.envelope.recurring import BillPart, PayDayPart

NO_PAY_DAY = "I see no regular income in your records, so I cannot say when the next pay comes."


OF_NO_ACCOUNT = (
    "I know when payments to a shop or of a category are due, not those of an account. Ask “which "
    "bills are due this month” for all of them."
)
_NOW = ("today", "this week", "this month", "this quarter", "this year")
_BEEN = ("did", "was/were", "had", "paid", "came/went", "spent", "last")
_A_YEAR = "12 months"


def weigh(heard: Heard) -> int:
    """Bills, or what is due or goes out, and a time that is to come."""
    due = heard.says("bill/bills/due", "what is? go/goes/going/come/comes/coming out/off")
    return 92 if heard.times.horizon and due else 0


def read(question: Question, heard: Heard) -> Question | None:
    """ "Left this month" is up to its end; what came out in a time that has been is no bill."""
    if question.horizon is not None or question.when is None:
        return question
    text = question.when.text.casefold()
    if text in _NOW[1:]:
        return replace(question, horizon=f"rest of {text}")
    if text in _NOW:
        return question
    if heard.says_own(*_BEEN):
        return None if heard.says("out/off") else Question("half_read", aspect="bills")
    return replace(question, horizon=text)


def answer(question: Question) -> Plan:
    if question.names:
        text = yield from _of_names(question)
        return text
    until = yield from until_text(question, "30 days")
    found = yield from ask(UpcomingBillsEnvelope, Call("upcoming_bills", {"until": until}))
    if not found.bills:
        return f"No bill that comes regularly is due in {found.period.words}."
    text = (
        f"{counted(found.count, 'bill')} of {bold(found.total)} in all "
        f"{'is' if found.count == 1 else 'are'} due in {found.period.words}:\n\n"
        + _table(found.bills)
    )
    if until == "pay day" and found.next_pay_day:
        text += f"\n\n{_pay(found.next_pay_day)}"
    if found.left_out:
        text += f"\n\nBills in {names(found.left_out)} are not in the total."
    return text


def _of_names(question: Question) -> Plan:
    """When they are due: up to the day that is asked about, or the next time of each."""
    chosen = yield from look_up(question)
    if not (chosen.merchants or chosen.categories):
        return OF_NO_ACCOUNT
    until = yield from until_text(question, _A_YEAR)
    found = yield from ask(UpcomingBillsEnvelope, Call("upcoming_bills", {"until": until}))
    asked = [
        bill
        for bill in found.bills
        if bill.merchant in chosen.merchants or bill.category in chosen.categories
    ]
    if not asked:
        return f"No bill{chosen.words()} that comes regularly is due in {found.period.words}."
    if question.horizon is None:
        first = {bill.merchant: bill for bill in reversed(asked)}
        asked = [bill for bill in asked if first[bill.merchant] is bill]
    return f"Due next{chosen.words()}:\n\n{_table(asked)}"


def _table(bills: Sequence[BillPart]) -> str:
    rows = (
        (
            day(bill.due_on) + (" (late)" if bill.late else ""),
            name(bill.merchant),
            ("about " if bill.estimate else "") + money(bill.amount),
        )
        for bill in bills
    )
    return table(("Due", "Where", "Amount"), rows, right=(2,))


def next_pay(question: Question) -> Plan:
    found = yield from ask(UpcomingBillsEnvelope, Call("upcoming_bills", {"until": "30 days"}))
    if found.next_pay_day is None:
        return NO_PAY_DAY
    return _pay(found.next_pay_day)


def _pay(pay: PayDayPart) -> str:
    about = "about " if pay.estimate else ""
    return (
        f"Your next pay is expected on **{day(pay.on)}**: {about}{money(pay.amount)} from "
        f"{name(pay.merchant)}."
    )


KINDS = (
    Kind(
        name="bills",
        family=Family.RECURRING,
        title="Bills before the next pay",
        cues="""
            92 when is/are ... .. due
            92 ^ please? ~show me/us? all? my/our/the/all bills $
            92 ^ what are my/our/the bills $
            92 ^ my/our bills $
            92 ^ when do/does/will .. .. .. .. come/go out
            92 ^ when do/does/will .. .. .. renew
            92 ~subscription renew/renews/renewing
            92 ~subscription .. .. up for renewal
            92 ^ when is/will .. .. .. .. charged/taken/debited next?
            92 ^ what/which day/date do/does/will/is .. .. .. .. come/go out
            92 ^ what/which day/date do/does/will/is .. .. .. .. taken/debited/charged/due
            92 next .. bill/bills
            92 ^ my? next .. payment/charge
            92 still/yet to come/go/leave out/off
            92 still? coming/going out {time}
            84 need/needs paying
            84 need/needs to be paid
            84 payments/payment/anything coming up
            84 about to go out
            84 about to be taken/leave/charged/paid/debited
            84 about/going/due to leave/hit .. account
            84 will be taken/debited/charged
            84 coming/come/comes/going/go/leave/leaving out/off? of/from .. .. account/bank
            84 coming out/off
            84 bill/bills .. .. .. left/remaining/outstanding
            84 when is/are .. .. next? .. payment/bill/charge/instalment due
            84 when is .. next .. payment/bill/charge/instalment
            84 what do ~i .. .. .. to pay
            84 still to pay
            84 bill/bills/payments/payment ... before/until/till/by ... pay/payday
            84 bill/bills/payments/payment ... before/until/till/by ... paycheck/paid/salary
            84 upcoming/coming bill/bills/payments/charges/expenses
            84 bill/bills/payments ... due
            84 due before/until/till/this/next/soon/tomorrow
            84 what .. ~i ... to pay
            84 bill/bills ... coming up
            84 bill/bills come/coming
            84 next bill/bills
            84 have to pay
            84 what is due
        """,
        never="""
            left to spend
            free to spend/use
        """,
        weigh=weigh,
        read=read,
        answer=answer,
        examples=(
            "What bills come before my next pay day?",
            "what's coming out of my account before Friday",
            "what bills have I got left this month",
            "what's about to be taken out of my account",
            "bills before next pay day",
            "which bills are due before I get paid",
            "what do I have to pay until pay day?",
            "upcoming bills until my next paycheck",
            "what bills are due next week",
            "when does my rent come out",
            "what day does the gym payment go out",
            "which blils are due before pay day",
        ),
        looks_ahead=True,
    ),
    Kind(
        name="next_pay",
        family=Family.RECURRING,
        title="When the next pay comes",
        cues="""
            83 how many/long days? until/till/til/to .. payday/paycheck/pay/salary/wages
            83 when ... salary/wages/paycheck/pay land/lands/arrive/arrives/come/comes/hit/hits
            83 wages/salary/paycheck land/lands/arrive/arrives
            92 when do/will/am/is ~i .. get/getting paid
            92 when do/will/am/is ~i .. paid next
            83 paid next
            83 when is .. .. next? pay/payday/paycheck/salary
            83 next pay/paycheck/payday/salary
            83 next pay day
            83 how long until pay/payday/paycheck
        """,
        never="""
            bill/bills
            spend/spending
            safe/safely
            to pay
            before/until/till .. next pay/paycheck/payday
        """,
        answer=next_pay,
        examples=(
            "when do I get paid next?",
            "how many days until payday",
            "any idea when my wages land",
            "when is my next pay day",
            "when is payday",
            "next paycheck?",
            "when will I get paid",
            "my next salary",
            "when do i get payed next",
        ),
        looks_ahead=True,
    ),
)
