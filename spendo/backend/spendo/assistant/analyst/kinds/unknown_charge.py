"""What a charge is: what the bank wrote, and nothing besides."""

from __future__ import annotations

from spendo.assistant.analyst.fixed import cannot_yet
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard


def read(question: Question, heard: Heard) -> Question | None:
    """A name with capitals only, with digits or with signs is one that a bank wrote."""
    if not question.names:
        return None
    written = question.names[0].text
    by_a_bank = written.isupper() or any(letter.isdigit() for letter in written)
    return question if by_a_bank or heard.says(*_ABOUT_A_CHARGE) else None


_ABOUT_A_CHARGE = ("charge/payment/transaction/purchase/debit/statement/recognise/recognize",)

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
            40 who is/are {name}
            40 who charged me
            77 charge/payment called/named/from .. .. what
        """,
        never="""
            price/value of
        """,
        read=read,
        answer=cannot_yet,
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
