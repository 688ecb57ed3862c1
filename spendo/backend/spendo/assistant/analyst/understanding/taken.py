"""Whether a reading takes all that a message asks for.

A figure that leaves out half of the question is worse than a question back: "income this year vs
last year" is not answered by the income of this year. What is said besides a subject (two things
compared, two times, an amount a day, something left out) is held against what a kind can give.
"""

from __future__ import annotations

from enum import StrEnum

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set


class Left(StrEnum):
    """What of a message a reading leaves out."""

    COMPARED = "compared"
    TIMES = "times"
    PER = "per"
    WITHOUT = "without"
    CHANGED = "changed"
    NAMES = "names"
    AMOUNT = "amount"
    ABROAD = "abroad"
    BACK = "back"
    HELD = "held"
    MOVED = "moved"
    AHEAD = "ahead"
    BILLS = "bills"
    BEFORE = "before"
    OFTEN = "often"
    LARGEST = "largest"
    WORD = "word"


_COMPARES = (
    "vs/versus",
    "compare/compared/comparing/comparison",
    "~more/bigger/smaller/cheaper/dearer/better/worse ... than",
    "~more/bigger/smaller/cheaper/dearer/better/worse ... ... than",
    "than/against last/the/in/this/{time}",
    "beat/beats/exceed/exceeds/exceeded {time}",
    "difference/gap between",
    "above/below/over/under my? ~average",
)
_WITH_A_TIME = "than/vs/versus/against/with/to {time}"
_WITH_AVERAGE = (
    "than/vs/versus/against/with/to .. ~average",
    "above/below/over/under my? ~average",
)
_NOT_COMPARED = ("other/rather/else than", "~more than once/twice/{number}/{amount}/half")
_PER = (
    "per/a/an/each/every day/week/month",
    "per visit/trip/transaction/purchase/order/meal",
    "daily/weekly/monthly",
)
_PER_YEAR = ("per/a/an/each/every year", "yearly/annually/annual")
"""What no average is made for."""
_CHANGES = (
    "getting ~more/dearer/cheaper",
    "went/gone/go/going/goes up/down",
    "up or down",
    "rise/rises/rose/risen/rising/fall/falls/fell/fallen/falling/shrink/shrunk/shrank/dropped",
    "increase/increased/increases/increasing/decrease/decreased/decreases/decreasing",
    "drop/drops/dropping",
    "~spend more/less",
    "cut/cutting down/back/on",
    "~i cut",
    "creep/creeps/crept/creeping",
)
_UNMOVED = ("spending", "income", "spending_share", "average", "net_worth")
_WHOLES = frozenset({Family.SPENDING, Family.INCOME, Family.SEARCH, Family.BALANCES})
_TOTALS = _WHOLES | {Family.TRANSFERS}
"""Families that give one figure or a list, of one time."""
_OF_ALL = word_set("next_pay safe_to_spend net_worth_history pending worry")
"""Kinds that look at everything, whatever is named."""
_NO_AMOUNTS = word_set(
    """
    net_worth net_worth_history balance balance_history balance_lowest income spending accounts
    saved average bills subscriptions price_rise transfers
    """
)
"""Kinds in which no amount is a part of what is asked."""
_LEAVES_OUT = ("spending", "income")
_WITHOUT_A_TIME = (
    "except/excluding/exclude/without/minus/besides/ignoring/omitting of/for/in? {time}"
)
_ABROAD = (
    "foreign spending/purchases/transactions/payments",
    "abroad/overseas",
    "in/to another country",
    "in other countries",
    "in foreign countries",
)
_BACK = (
    "give/gives/gave/given/pay/pays/paid/send/sent me/us ... back",
    "get/got/getting/come/comes/came .. .. back",
    "reimbursed/refunded/repaid me/us",
    "money/cash back",
    "did/has/have {name} give/given/pay/paid/send/sent me/us",
)
_LESS_DEBTS = ("minus/less/without .. debt/debts/loan/loans/owe",)
_HELD = ("do/did ~i have/own/hold $", "have ~i got $")
_MOVED = (
    "withdraw/withdrew/withdrawn/withdrawing/withdrawal/withdrawals",
    "take/took/taken/taking out",
    "come/came/comes/coming out of",
    "atm/atms",
    "did/have/do ~i put in/into/to/towards",
)


_WITHDRAWN = ("withdrawal/withdrawals", "~late atm")


_DEAREST = ("most expensive", "priciest/dearest/costliest/cheapest")
_RANKED_BY_VISITS = (
    "most/least frequent/frequently/visited/popular",
    "where/which/who/what ... most/least often",
)


_WILL = ("^ and? what/how/where will my/our/the", "how much will my/our/the", "^ will my/our/the")


def left_out(question: Question, kind: Kind, heard: Heard) -> Left | None:
    """The first thing it leaves out, or None."""
    if kind.talk or kind.name == "unclear":
        return Left.MOVED if heard.says_own(*_WITHDRAWN) else None
    if kind.name == "salary_change" and question.names and not heard.says_own("~salary/raise"):
        return Left.NAMES
    of_bills = heard.says_own("my/our/the/all bills") and not (question.names or question.group_by)
    if kind.family is Family.SPENDING and of_bills:
        return Left.BILLS
    if kind.name == "spending_share" and heard.says_own("change/increase/decrease/rise/drop in"):
        return Left.CHANGED
    averages = heard.says_beside_names("average/avg/mean") and not heard.says(*_WITH_AVERAGE)
    if kind.name == "compare" and averages and not question.per:
        return Left.PER
    if kind.name == "bills" and heard.says_beside_names(*_CHANGES):
        return Left.CHANGED
    if kind.family is not Family.COMPARISON and heard.says_own(*_RANKED_BY_VISITS):
        return Left.OFTEN
    if kind.name == "peak" and heard.says_own("most/fewest/least .. ~rows"):
        return Left.OFTEN
    if (kind.name == "average" or averages) and heard.says_beside_names(*_PER_YEAR):
        return Left.PER
    if kind.name == "average" and heard.says_own("number of", "how many/often"):
        return Left.OFTEN
    if kind.name == "net_worth_history" and heard.says_own("~spend"):
        return Left.CHANGED
    averaged = kind.family is Family.SEARCH or kind.name == "spending"
    if averaged and heard.says_beside_names("average/avg/mean/median"):
        return Left.PER
    if question.names and kind.name in _OF_ALL:
        return Left.NAMES
    if (heard.bounds or heard.amount is not None) and kind.name in _NO_AMOUNTS:
        return Left.AMOUNT
    abroad = heard.says_own(*_ABROAD) and not heard.says_own("including ... abroad")
    if abroad and kind.family in _WHOLES:
        return Left.ABROAD
    if kind.name == "spending" and heard.says_own(*_BACK):
        return Left.BACK
    if kind.name in ("spending", "income") and heard.says_own(*_HELD):
        return Left.HELD
    if kind.name == "spending" and not question.group_by and heard.says_beside_names(*_DEAREST):
        return Left.LARGEST
    if kind.name == "average" and heard.says_own("balance/balances"):
        return Left.HELD
    if heard.excepts and kind.family is Family.RECURRING:
        return Left.WITHOUT
    if kind.family in (Family.SPENDING, Family.INCOME) and heard.says_own(*_MOVED):
        return Left.MOVED
    if kind.name == "budget_left" and (question.horizon or "").startswith("next"):
        return Left.AHEAD
    if kind.family in _WHOLES and heard.says_own(*_WILL) and not heard.says_own("~spend"):
        return Left.AHEAD
    if kind.name == "net_worth" and heard.says_own(
        "minus/less/without .. debt/debts/loan/loans/owe"
    ):
        return None  # it is what is left after them
    sums = kind.compares == "sums"
    if kind.family in _WHOLES and heard.excepts and not question.without and not sums:
        return Left.WITHOUT
    if heard.without and kind.family in _WHOLES and kind.name not in _LEAVES_OUT:
        return Left.WITHOUT
    if kind.family in _TOTALS | {Family.COMPARISON} and heard.says_own(_WITHOUT_A_TIME):
        return Left.WITHOUT
    if kind.name == "salary_change" and len(heard.times.whens) > 1:
        return Left.TIMES
    if kind.compares == "times":
        return None
    compared = heard.says(*_COMPARES) and not heard.says(*_NOT_COMPARED)
    summed = kind.family in _TOTALS or kind.family is Family.COMPARISON
    if summed and compared and (heard.times.horizon or heard.says(*_WITH_AVERAGE)):
        return Left.COMPARED
    if kind.family not in _TOTALS:
        return None
    if kind.compares == "sums" and not heard.says(_WITH_A_TIME):
        return None
    if len(heard.times.whens) > 1:
        return Left.TIMES
    if compared:
        return Left.COMPARED
    if kind.name in _UNMOVED and not question.group_by and heard.says_beside_names(*_CHANGES):
        return Left.CHANGED
    totals = kind.name in ("spending", "income") and not (question.group_by or question.per)
    if totals and not heard.times.ago and heard.says_beside_names(*_PER):
        return Left.PER
    return None
