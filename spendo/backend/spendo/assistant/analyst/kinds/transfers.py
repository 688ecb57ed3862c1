"""Money moved between one's own accounts, or to one that is not here."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from decimal import Decimal

from spendo.assistant.analyst.arithmetic import totals
from spendo.assistant.analyst.balances import accounts_of
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Name, Question
from spendo.assistant.analyst.sums import sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import (
    bold,
    counted,
    during,
    name,
    names,
    plain,
    row_table,
    short_day,
    table,
    where,
)
from spendo.assistant.tools.envelope import (
    MAX_ROWS,
    Amount,
    AnyEnvelope,
    DataHealthEnvelope,
    Row,
    SearchEnvelope,
    SumEnvelope,
)

SHOWN = 12
MOST_ADDED = 40
"""Rows that are added up one by one; more of them are not all on one page."""
TOO_MANY = "Those are more transfers than I can add up at once. Take a shorter period."
_ACCOUNTS = word_set("savings checking chequing brokerage 401k ira isa retirement pension wallet")
_HELD = "/".join(sorted(_ACCOUNTS))
_CAME_IN = (
    "money/cash come/comes/came/coming/go/goes/went? into",
    "deposit/deposits/deposited",
    "come/comes/came/coming in/into",
)
"""Whatever comes in, not only what is moved."""
_PUT_INTO = (
    "put/puts/putting in/into/to/towards",
    "put .. in/into/to/towards",
    "go/goes/going/went/gone into",
)
"""Said of what is spent as well: "put into groceries"."""
_NO_NAMES = word_set("own my between accounts account money aside side one credit card cards")


def read(question: Question, heard: Heard) -> Question | None:
    kept = tuple(
        each for each in question.names if not set(each.text.casefold().split()) <= _NO_NAMES
    )
    if not kept:  # the words that its kind of account is known by
        words = heard.own or heard.whole
        kept = tuple(Name(word) for word in dict.fromkeys(words) if word in _ACCOUNTS)
    gone = heard.says_own("left my/our/the")
    if len(kept) > 1 and heard.says_own("from .. .. .. .. to/into"):
        return replace(question, names=kept[:2], direction="in", group_by=None, aspect="between")
    out = heard.says("from/out {name}", "from my/the?", "out of") and not heard.says("into/to")
    out = out or gone
    spent = Question("spending", names=kept, when=question.when)
    return replace(
        question,
        instead=spent if kept and heard.says_own(*_PUT_INTO) else None,
        names=kept,
        direction="out" if out else "in",
        group_by="month" if question.group_by == "month" else None,
        limit=None,
        aspect="" if out or not heard.says_own(*_CAME_IN) else "came in",
    )


def answer(question: Question) -> Plan:
    """What moved into an account (or out of it), each movement once."""
    if question.aspect == "between":
        source = yield from look_up(replace(question, names=question.names[:1]), first="in")
        question = replace(question, names=question.names[1:])
    else:
        source = None
    chosen = yield from look_up(question, first="in")
    if question.names and not chosen.accounts:
        raise AnswerNowError(
            f"{names(chosen.all())} is not an account of yours. Which account do you mean?"
        )
    period = yield from period_text(question.when, "this year")
    found = yield from ask(SearchEnvelope, _search(period, chosen, question.direction or "in"))
    moved = [row for row in found.rows if row.transfer]
    if source is not None and moved:
        left = yield from _left(period, source, moved)
        moved = [row for row in moved if _came_from(row, left)]
    verb = "moved out of" if question.direction == "out" else "moved into"
    what = names(chosen.accounts) if chosen.accounts else "your accounts from one another"
    income = ""
    if question.aspect == "came in" and chosen.accounts:
        earned = yield from ask(SumEnvelope, sum_of("income", period, chosen))
        if earned.count:
            income = f"{bold(earned.total)} came into {what} as income{during(earned.period)}."
    if not moved:
        return income or f"Nothing was {verb} {what}{during(found.period)}."
    if found.truncated or len(moved) > MOST_ADDED:
        raise AnswerNowError(TOO_MANY)
    sums = yield from _totals(moved)
    head = (
        f"**{names(sums)}** was {verb} {what}{during(found.period)}, in "
        f"{counted(len(moved), 'transfer')}:"
    )
    if question.group_by == "month":
        months = yield from _by_month(moved)
        return f"{head}\n\n{months}"
    text = f"{head}\n\n{_table(moved[:SHOWN])}{_shown(moved)}"
    return f"{text}\n\n{income}" if income else text


_ON_THE_WAY = 5
"""Days that a movement may take from one account to the other."""


def _left(
    period: str, source: Filter, moved: Sequence[Row]
) -> Generator[list[Call], list[AnyEnvelope], list[Row]]:
    """What was moved out of an account in the time, of the sizes of what came into the other."""
    sizes = [abs(Decimal(row.amount.amount)) for row in moved]
    call = _search(period, source, "out")
    bounds = {"min_amount": str(min(sizes)), "max_amount": str(max(sizes))}
    found = yield from ask(SearchEnvelope, replace(call, arguments={**call.arguments, **bounds}))
    if found.truncated:
        raise AnswerNowError(TOO_MANY)
    return [row for row in found.rows if row.transfer]


def _came_from(row: Row, left: list[Row]) -> bool:
    """Takes the side that it left from: as much, at about that time."""
    for other in left:
        days = abs((row.date - other.date).days)
        if plain(row.amount) == plain(other.amount) and days <= _ON_THE_WAY:
            left.remove(other)
            return True
    return False


def _totals(rows: Sequence[Row]) -> Generator[list[Call], list[AnyEnvelope], list[str]]:
    """One total for each currency."""
    sums = yield from totals(by_currency(rows))
    return [plain(summed) for summed in sums]


def _by_month(rows: Sequence[Row]) -> Generator[list[Call], list[AnyEnvelope], str]:
    months: dict[str, list[Row]] = {}
    for row in reversed(rows):
        months.setdefault(f"{row.date:%B %Y}", []).append(row)
    parts = [(month, amounts) for month, moved in months.items() for amounts in by_currency(moved)]
    sums = yield from totals([amounts for _, amounts in parts])
    lines = [(month, plain(summed)) for (month, _), summed in zip(parts, sums, strict=True)]
    return table(("Month", "Moved"), lines, right=(1,))


def _search(period: str, chosen: Filter, direction: str) -> Call:
    return Call(
        "search_transactions",
        {
            "period": period,
            **chosen.arguments(),
            "direction": direction,
            "include_transfers": True,
            "limit": MAX_ROWS,
        },
    )


def by_currency(rows: Sequence[Row]) -> list[list[Amount]]:
    currencies = dict.fromkeys(row.amount.currency for row in rows)
    return [
        [row.amount for row in rows if row.amount.currency == currency] for currency in currencies
    ]


def _table(rows: Sequence[Row]) -> str:
    return table(
        ("Date", "What", "Account", "Amount"),
        (
            (short_day(row.date, with_year=True), where(row), name(row.account), plain(row.amount))
            for row in rows
        ),
        right=(3,),
    )


def _shown(rows: Sequence[Row]) -> str:
    return f"\n\nThe newest {SHOWN} of {len(rows)}." if len(rows) > SHOWN else ""


def read_card(question: Question, heard: Heard) -> Question | None:
    held = heard.says_own("balance/balances/owe/owed/owing/debt")
    if held and not heard.says_own("~pay/put/send/sent/clear/cleared/settle/settled"):
        return None
    return replace(read(question, heard) or question, direction="in")


def card_payments(question: Question) -> Plan:
    """What came into the cards from one's own accounts: a movement, no spending."""
    chosen = yield from look_up(question, first="in")
    cards = chosen.accounts
    if not cards:
        cards = yield from accounts_of("credit_card")
    if not cards:
        return "You have no credit card here, so there are no payments of one."
    period = yield from period_text(question.when, "this year")
    found = yield from ask(SearchEnvelope, _search(period, Filter(accounts=cards), "in"))
    paid = [row for row in found.rows if row.transfer]
    if not paid:
        return f"Nothing was paid towards {names(cards)}{during(found.period)}."
    if found.truncated or len(paid) > MOST_ADDED:
        raise AnswerNowError(TOO_MANY)
    sums = yield from _totals(paid)
    return (
        f"**{names(sums)}** was paid towards {names(cards)}{during(found.period)}, in "
        f"{counted(len(paid), 'payment')}:\n\n{_table(paid[:SHOWN])}{_shown(paid)}\n\nA card "
        "payment moves your own money and is no spending: what was bought with the card is."
    )


def one_sided(question: Question) -> Plan:
    found = yield from ask(DataHealthEnvelope, Call("data_health"))
    if not found.suspected:
        return "Every transfer in your records has both sides."
    text = (
        f"{counted(found.suspected, 'transfer')} with one side only: the other account is not "
        f"here. They are left out of spending.\n\n{row_table(found.rows)}"
    )
    if found.suspected > len(found.rows):
        text += f"\n\nThe newest {len(found.rows)} of {found.suspected:,}."
    return text


KINDS = (
    Kind(
        name="transfers",
        names_of="account",
        family=Family.TRANSFERS,
        title="Moved between accounts",
        cues=f"""
            92 money/cash .. into my/our/the? .. {_HELD}
            92 go/goes/going/went .. into my/our/the? .. {_HELD}
            92 contribute/contributed/contributions/contributing .. my/our/the? .. {_HELD}
            92 {_HELD} contributions/contribution
            92 401k/ira/isa/pension/retirement/brokerage each/every/per/a month
            92 deposited in/into/to
            92 from my/our/the? .. .. {_HELD} to/into my/our/the? .. .. {_HELD}
            92 what/much .. left my/our/the .. {_HELD}
            92 how many transfers
            92 number of transfers
            73 pop/popped/chucked/stuck .. in/into
            73 ~stash ... away/aside in/into/to/for
            73 amount/money ~i .. put/moved/sent into/in/to
            73 transfer/transfers/transferred/transferring
            73 ~move ... from/to/into/between/out
            73 ~i ~move {{time}}
            73 did/have/has ~i ... move/moved
            73 money moved/transferred/put
            73 put/add/added/contribute/contributed/paid ... into
            73 put/add/added/contribute/contributed ... in/to/towards/toward
            73 moved ... to/into/from
        """,
        never="""
            one side
            unmatched/unpaired/counterpart/suspected
            may/might be transfers
            put/set .. aside $
        """,
        read=read,
        answer=answer,
        examples=(
            "How much did I move to savings last month?",
            "amount I put into savings so far this year",
            "how much have I squirrelled away in savings this month",
            "transfers to Rainy Day Savings this year",
            "what did I transfer to savings last month",
            "how much did I put into savings this year?",
            "money moved into the brokerage this year",
            "my transfers last month",
            "how much did i trasnfer to savings last month",
        ),
    ),
    Kind(
        name="card_payments",
        family=Family.TRANSFERS,
        title="Payments of a credit card",
        cues="""
            75 money sent to .. credit? card/cards
            75 put/throw/threw/sent/send .. towards/toward/against .. credit? card/cards
            75 what have/did ~i pay/paid off .. credit? card/cards
            75 credit? card/cards repayment/repayments
            75 repayment/repayments/repaid/repay ... credit? card/cards
            75 clear/cleared/clearing/settle/settled .. .. card/cards {time}
            74 card payment/payments/bill/bills
            74 ~pay ... to/towards/toward/off/down .. credit? card/cards
            74 paid off .. credit? card
            74 went to .. credit card
            74 pay .. credit card .. off
        """,
        never="""
            if/when
            {amount}
            due
            until
        """,
        read=read_card,
        answer=card_payments,
        examples=(
            "How much did I pay towards my credit card last month?",
            "how much did I put towards my credit card last month",
            "total card repayments this year pls",
            "credit card payments this year",
            "what did I pay off my card last month",
            "how much went to the credit card last month?",
            "total card payments this year",
            "my card bill last month",
            "credit card paymnts last month",
        ),
    ),
    Kind(
        name="one_sided",
        family=Family.TRANSFERS,
        title="Transfers with one side",
        cues="""
            85 transfer/transfers ... other/second end/side/half/leg
            85 transfer/transfers ... no matching/match
            85 missing ... other half/side/end/leg
            85 transfer/transfers ... not match/matched/matching/paired/linked
            85 orphan/orphaned/unlinked transfer/transfers
            85 transfer/transfers ... no/without .. partner/match/pair/counterpart
            85 one side/sided
            85 only one side
            85 one-sided
            85 unmatched/unpaired/suspected
            85 counterpart
            85 other side
            85 may/might/could be transfers/transfer
            85 transfers .. half
        """,
        answer=one_sided,
        examples=(
            "Which transfers have only one side?",
            "any transfers missing their other half",
            "transfers with one side missing",
            "any transfers without a counterpart?",
            "show unmatched transfers",
            "which payments may be transfers to accounts you don't know?",
            "one-sided transfers",
            "unmatched tranfers",
        ),
    ),
)
