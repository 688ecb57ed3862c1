"""What an account holds, or all of them."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.balances import account_table, partial, pending
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.net_worth import answer as net_worth
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import NO_ACCOUNTS, bold, counted, money, name, names, plain
from spendo.assistant.tools.envelope import AccountPart, AccountsEnvelope


def read(question: Question, heard: Heard) -> Question | None:
    if heard.says("~spend"):
        return None
    sure = heard.first_person or not question.names
    return replace(question, group_by=None, sure=sure)


def answer(question: Question) -> Plan:
    if question.when is not None:
        text = yield from past(question)
        return text
    chosen = yield from look_up(question)
    found = yield from ask(AccountsEnvelope, Call("list_accounts"))
    if not found.accounts:
        return NO_ACCOUNTS
    if not question.names:
        return _totals(found)
    meant = [each for each in found.accounts if each.name in chosen.accounts]
    if not meant:
        other = names((*chosen.categories, *chosen.merchants))
        raise AnswerNowError(
            f"{other} is not an account. Your accounts are "
            f"{names(each.name for each in found.accounts)}. Which one do you mean?"
        )
    if len(meant) == 1:
        return _one(meant[0]) + pending(meant)
    return f"{counted(len(meant), 'account')} fit.\n\n{account_table(meant)}{pending(meant)}"


def past(question: Question) -> Plan:
    """Balances of single accounts are known for today only; all of them together for any day."""
    text = yield from net_worth(question)
    return f"I have the balance of each account for today only. {text}"


def _totals(found: AccountsEnvelope) -> str:
    return (
        f"Your accounts hold {bold(found.total)} in all: **{money(found.cash)}** in cash, "
        f"**{money(found.saving)}** in savings and **{money(found.investing_retirement)}** in "
        f"investing and retirement. Cash counts checking and cash, less what is owed on "
        f"cards and loans.{pending(found.accounts)}{partial(found)}"
    )


def _one(account: AccountPart) -> str:
    owes = account.kind in ("credit_card", "loan")
    if owes and money(account.balance).startswith("−"):
        return f"You owe **{plain(account.balance)}** on {name(account.name)}."
    return f"{name(account.name)} at {name(account.institution)} holds {bold(account.balance)}."


KINDS = (
    Kind(
        name="balance",
        family=Family.BALANCES,
        title="The balance of an account, or of all",
        cues="""
            52 balance/balances
            52 how much .. .. do/does/did ~i .. have/hold/got
            52 what .. .. do/does/did ~i .. have/hold/got
            52 have ~i .. got
            52 how much .. is/was/are .. in/on/inside my/the/our
            52 what .. is/was/are .. in/on/inside my/the/our
            52 how much .. in my/the
            52 left/available in
            52 total money/cash/funds
            52 how much money/cash is/have/in
            52 money ~i have
            64 have/got/is .. saved up
            64 do i have saved
        """,
        read=read,
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
