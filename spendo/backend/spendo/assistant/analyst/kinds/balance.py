"""What an account holds, or all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spendo.assistant.analyst.arithmetic import total
from spendo.assistant.analyst.balances import account_table, partial, pending
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Move, Name, Question, When
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import FIRST_PERSON, word_set
from spendo.assistant.analyst.understanding.words import MARKS
from spendo.assistant.analyst.wording import (
    NO_ACCOUNTS,
    bold,
    counted,
    is_zero,
    left_out,
    money,
    name,
    names,
    plain,
)
from spendo.assistant.tools.envelope import AccountBalanceEnvelope, AccountPart, AccountsEnvelope

_VALUED = "investments/investment/brokerage/401k/retirement/portfolio/cabin/house/property/flat"
_HELD = word_set("savings checking chequing brokerage 401k retirement pension wallet")
_NAMED = _HELD | frozenset(_VALUED.split("/"))
_AROUND = word_set("my our the account card cash everyday at in of was")
_DAY = re.compile(r"^on |\b\d{1,2}(?:st|nd|rd|th)?\b(?! (?:days|weeks|months|years))|yesterday")
_RANGE = re.compile(r"(?:from|between) .+ (?:to|and|until) ", re.IGNORECASE)
_OF_A_BALANCE = FIRST_PERSON | word_set("balance in account held hold holds have had was is")
_OWED = (("credit card", "card/cards"), ("loan", "loan"), ("mortgage", "mortgage"))


_PAID_IN = ("paid/put/pay ... towards/toward/against", "paid/put towards/toward/against/into")
"""What was moved to an account, and not what it holds."""


def read(question: Question, heard: Heard) -> Question | None:
    if heard.says("~spend") or heard.says_own(*_PAID_IN):
        return None
    sure = heard.first_person or not question.names
    when = question.when
    said = set(heard.own or heard.words)
    if when and _RANGE.match(when.text) and "savings" in said and not said & _OF_A_BALANCE:
        return replace(question, kind="saved", names=(), group_by=None)  # between two days
    if heard.times.ago:  # the same day then, not the end of that month
        when = When("today", (heard.times.ago,))
    if when and heard.says_own("beginning/start"):  # what there was before the period's first day
        when = replace(when, moves=(*when.moves, Move(-1, "day")))
    names = question.names
    if not names:  # a kind of account that a wording has in it
        names = tuple(Name(text) for text, said in _OWED if heard.says_own(said))
        words = heard.own or heard.whole
        names += tuple(Name(word) for word in dict.fromkeys(words) if word in _NAMED)
    return replace(question, names=names, when=when, group_by=None, sure=sure)


def weigh(heard: Heard) -> int:
    """ "Checking on 1 September": an account and a day, and nothing that is asked of them."""
    words = [word for word in heard.words if word not in MARKS]
    on_a_day = len(heard.times.whens) == 1 and _DAY.search(heard.times.whens[0].text)
    kinds = set(words) & _HELD
    return 92 if on_a_day and kinds and set(words) <= _HELD | _AROUND else 0


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question, first="in")
    if question.when is not None:
        text = yield from past(question, chosen)
        return text
    which: dict[str, object] = {"accounts": list(chosen.accounts)} if chosen.accounts else {}
    found = yield from ask(AccountsEnvelope, Call("list_accounts", which))
    if not found.accounts:
        return NO_ACCOUNTS
    if not question.names:
        return _totals(found)
    if not chosen.accounts:
        raise AnswerNowError(_no_account(chosen, found.accounts))
    meant = found.accounts
    if len(meant) == 1:
        return _one(meant[0]) + pending(meant)
    lead = f"{counted(len(meant), 'account')} fit."
    if len(question.names) > 1 and len({each.balance.currency for each in meant}) == 1:
        together = yield from total([each.balance for each in meant])
        lead = f"Together {names(each.name for each in meant)} hold {bold(together)}."
    return f"{lead}\n\n{account_table(meant)}{pending(meant)}"


def past(question: Question, chosen: Filter) -> Plan:
    """At the end of a day in the past."""
    if question.names and not chosen.accounts:
        have = yield from ask(AccountsEnvelope, Call("list_accounts"))
        raise AnswerNowError(_no_account(chosen, have.accounts))
    as_of = yield from period_text(question.when, "today")
    arguments: dict[str, object] = {"as_of": as_of}
    if chosen.accounts:
        arguments["accounts"] = list(chosen.accounts)
    found = yield from ask(AccountBalanceEnvelope, Call("account_balance", arguments))
    if not found.accounts:
        return NO_ACCOUNTS
    notes = "".join(f"\n\n{line}" for line in left_out(found.left_out))
    if len(found.accounts) == 1:
        account = found.accounts[0]
        if _owes(account):
            return (
                f"You owed **{plain(account.balance)}** on {name(account.name)} on {found.words}."
            )
        return f"{name(account.name)} held {bold(account.balance)} on {found.words}."
    return (
        f"Your accounts held {bold(found.total)} in all on {found.words}:\n\n"
        f"{account_table(found.accounts)}{notes}"
    )


def _no_account(chosen: Filter, accounts: Sequence[AccountPart]) -> str:
    return (
        f"{names(chosen.all())} is not an account. Your accounts are "
        f"{names(each.name for each in accounts)}. Which one do you mean?"
    )


def _owes(account: AccountPart) -> bool:
    return account.kind in ("credit_card", "loan") and money(account.balance).startswith("−")


def _totals(found: AccountsEnvelope) -> str:
    parts = [f"**{money(found.cash)}** in cash", f"**{money(found.saving)}** in savings"]
    parts.append(f"**{money(found.investing_retirement)}** in investing and retirement")
    if not is_zero(found.property):
        parts.append(f"**{money(found.property)}** in property")
    if not is_zero(found.loans):
        parts.append(f"**{money(found.loans)}** in loans")
    return (
        f"Your accounts hold {bold(found.total)} in all: {', '.join(parts[:-1])} and {parts[-1]}. "
        f"Cash counts checking and cash, less what is owed on cards."
        f"{pending(found.accounts)}{partial(found)}"
    )


def _one(account: AccountPart) -> str:
    if _owes(account):
        return f"You owe **{plain(account.balance)}** on {name(account.name)}."
    return f"{name(account.name)} at {name(account.institution)} holds {bold(account.balance)}."


KINDS = (
    Kind(
        name="balance",
        names_of="account",
        family=Family.BALANCES,
        title="The balance of an account, or of all",
        cues=f"""
            52 balance/balances
            92 total cash across? all? my? accounts?
            92 how much is/are/was/were my/our/the .. {_VALUED} worth
            92 {_VALUED} value
            92 value/worth of my/our/the .. {_VALUED}
            92 left to pay on/off
            92 owed/owing on my/our/the? .. .. card/cards
            92 outstanding loan/mortgage
            92 ^ how much/big/high is/was my/our/the .. loan/mortgage $
            92 ^ how much/big/high is/was my/our/the .. loan/mortgage {{time}} $
            92 remaining/outstanding/current balance
            92 left/remaining/outstanding .. on/of my/our/the .. .. loan
            92 credit card debt {{time}}
            92 ^ my? credit card debt $
            92 credit? card/cards balance
            92 balance of/on my/our/the .. credit? card/cards
            92 ~owe on my/our/the .. .. card/cards/loan/mortgage {{time}}
            52 how much .. .. do/does/did ~i .. have/hold/got
            52 what .. .. do/does/did ~i .. have/hold/got
            52 have ~i .. got
            52 how much .. is/was/are .. in/on/inside my/the/our
            52 what .. is/was/are .. in/on/inside my/the/our
            52 how much .. in my/the
            53 how much is/was in
            53 how much money/cash is/was in
            53 how much is left in {{name}}
            67 how much .. .. left in/on my/the
            52 left/available in
            52 total money/cash/funds
            52 how much money/cash is/have/in
            52 money ~i have
            64 have/got/is .. saved up
            64 do i have saved
            52 how is my/our .. .. account/accounts/card
            52 state/status of my/our .. .. account/accounts/card
            52 what/how did/does/do ... hold/held
            40 as of? .. .. {{time}}
            52 what ~i have/got/hold .. in/on
            40 what is/was in
            61 money sitting/held/kept in
            61 how much .. sitting/held/kept in/on
        """,
        never="""
            net worth
            lowest/highest/min/max/minimum/maximum/peak
            history/development
            over time
            ~change
            paid off
            transfer/transfers
            will/would
        """,
        read=read,
        weigh=weigh,
        answer=answer,
        examples=(
            "How much is in my checking?",
            "what's in my savings account",
            "What's my balance?",
            "whats my total balance",
            "how much money do I have",
            "How much do I have in savings?",
            "how much have i got left in checking",
            "balance of my checking account",
            "what is teh balnce of my credit card",
            "how much do I owe on my credit card",
            "how much cash do I have",
            ("what accounts do I have", "and savings?"),
        ),
    ),
)
