"""Which accounts there are, and what each holds."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.balances import account_table, partial, pending
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.kinds.balance import past
from spendo.assistant.analyst.lookup import Filter
from spendo.assistant.analyst.plan import Call, Plan, ask
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import NO_ACCOUNTS, bold, counted
from spendo.assistant.tools.envelope import AccountsEnvelope


def read(question: Question, heard: Heard) -> Question | None:
    if heard.says("~spend", "balance of"):
        return None
    if question.names and not heard.says("how many", "which of? my? account/accounts has/have"):
        kind, names = "balance", tuple(n for n in question.names if n.text != "institutions")
        return replace(question, kind=kind if names else "accounts", names=names, group_by=None)
    return replace(question, names=(), group_by=None)


def answer(question: Question) -> Plan:
    if question.when is not None:
        text = yield from past(question, Filter())
        return text
    found = yield from ask(AccountsEnvelope, Call("list_accounts"))
    if not found.accounts:
        return NO_ACCOUNTS
    return (
        f"You have {counted(found.count, 'account')} with {bold(found.total)} in all.\n\n"
        f"{account_table(found.accounts)}{pending(found.accounts)}{partial(found)}"
    )


KINDS = (
    Kind(
        name="accounts",
        family=Family.BALANCES,
        title="The accounts and what is in them",
        cues="""
            92 which/what currencies
            60 how many .. bank? accounts
            56 which of? my? account/accounts has/have/holds/hold
            53 what/which/~show/all/my/any/the ... accounts
            52 which/what/my banks/institutions
            52 ^ accounts $
            52 accounts do? i have
            53 ^ bank? accounts
            59 each/every account ... hold/holds/has/in
            59 number of .. bank? accounts
            53 overview/rundown/summary/list of .. .. accounts
            63 every/each account
            53 where is all? my/our money
            53 money ... spread/split across .. accounts
            63 every/each bank account
        """,
        read=read,
        answer=answer,
        examples=(
            "What accounts do I have?",
            "which accounts do i have",
            "List my accounts",
            "show me all my accounts please",
            "what acounts do I have",
            "how many accounts do i have?",
            "my accounts",
            "which account has the most money",
            "which banks do I use",
            "May I see my accounts",
            ("hello", "Hi, can you show my accounts?"),
        ),
    ),
)
