"""What a charge is: what the bank wrote, and nothing besides."""

from __future__ import annotations

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import counted, day, money, name, row_table
from spendo.assistant.tools.envelope import Row, SearchEnvelope

_ABOUT_A_CHARGE = "charge/payment/transaction/purchase/debit/statement/recognise/recognize"


def read(question: Question, heard: Heard) -> Question | None:
    """A name with capitals only, with digits or with signs is one that a bank wrote."""
    if not question.names:
        return None
    written = question.names[0].text
    by_a_bank = written.isupper() or any(letter.isdigit() for letter in written)
    return question if by_a_bank or heard.says(_ABOUT_A_CHARGE) else None


def answer(question: Question) -> Plan:
    """What the record says, and nothing that it does not."""
    text = question.names[0].text
    period = yield from period_text(question.when, "all time")
    found = yield from ask(
        SearchEnvelope,
        Call(
            "search_transactions",
            {"text": text, "period": period, "include_transfers": True, "limit": 10},
        ),
    )
    if not found.rows:
        return f"Nothing in your records says “{name(text)}”."
    newest = found.rows[0]
    lead = (
        f"I only know what your bank wrote: “{name(newest.bank_text.description)}”, "
        f"**{money(newest.amount)}** on {day(newest.date)} in {name(newest.account)}. "
        f"{_more(newest)}"
    )
    if found.count == 1:
        return lead
    return (
        f"{lead}\n\nThe same words stand in {counted(found.count, 'transaction')}:\n\n"
        f"{row_table(found.rows)}"
    )


def _more(row: Row) -> str:
    known = []
    if row.bank_text.merchant:
        known.append(f"the merchant is {name(row.bank_text.merchant)}")
    if row.category:
        known.append(f"the category is {name(row.category)}")
    if known:
        return f"In your records {' and '.join(known)}; more than that is not known."
    return "It has no merchant and no category, so who is behind it is not known."


KINDS = (
    Kind(
        name="unknown_charge",
        family=Family.SEARCH,
        title="What a charge is",
        cues="""
            77 what is/was/are this/that/the charge/payment/transaction/purchase/debit
            77 what is/was/are this/that/the .. charge/payment/transaction/debit
            77 what is/was/are the {name} charge/payment/transaction/debit/thing
            77 ~i see .. .. on/in my statement/account/bill/card
            77 on my statement
            77 do not recognise/recognize/know this/that/the?
            40 what is/was {name}
            77 what is/was this/that/the .. {name}
            40 who is/are {name}
            40 who charged me
            77 charge/payment called/named/from .. .. what
        """,
        never="""
            price/value of
        """,
        read=read,
        answer=answer,
        examples=(
            "What is this charge SQ *BLUBTTL?",
            "what is SQ *BLUBTTL 0417?",
            "what's the SQ *BLUBTTL charge",
            "I see SQ *BLUBTTL on my statement, what is it?",
            "who is SQ *BLUBTTL",
            "I do not recognise this charge: SQ *BLUBTTL",
            "what was the SQ *BLUBTTL payment",
        ),
    ),
)
