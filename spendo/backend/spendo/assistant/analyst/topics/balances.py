"""Accounts, their balances, and net worth."""

from __future__ import annotations

from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.topics.lookup import look_up
from spendo.assistant.analyst.wording import (
    bold,
    counted,
    is_zero,
    left_out,
    money,
    name,
    names,
    plain,
    table,
)
from spendo.assistant.tools.envelope import (
    AccountPart,
    AccountsEnvelope,
    NetWorthEnvelope,
)

NO_ACCOUNTS = "You have no accounts yet. Add one, then ask again."


def accounts(question: Question) -> Plan:
    if question.when is not None:
        text = yield from _past(question)
        return text
    found = yield from ask(AccountsEnvelope, Call("list_accounts"))
    if not found.accounts:
        return NO_ACCOUNTS
    return (
        f"You have {counted(found.count, 'account')} with {bold(found.total)} in all.\n\n"
        f"{_account_table(found.accounts)}{_pending(found.accounts)}{_partial(found)}"
    )


def balance(question: Question) -> Plan:
    if question.when is not None:
        text = yield from _past(question)
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
        return _one(meant[0]) + _pending(meant)
    return f"{counted(len(meant), 'account')} fit.\n\n{_account_table(meant)}{_pending(meant)}"


def net_worth(question: Question) -> Plan:
    when = yield from period_text(question.when, "")
    found = yield from ask(NetWorthEnvelope, Call("net_worth", {"as_of": when} if when else {}))
    verb = "was" if question.when else "is"
    if is_zero(found.assets) and is_zero(found.liabilities):
        have = yield from ask(AccountsEnvelope, Call("list_accounts"))
        if not have.accounts:
            return NO_ACCOUNTS
    text = (
        f"Your net worth {verb} {bold(found.total)} on {found.words}: you own "
        f"**{money(found.assets)}** and owe **{money(found.liabilities)}**."
    )
    return text + "".join(f"\n\n{line}" for line in left_out(found.left_out))


def _past(question: Question) -> Plan:
    """Balances of single accounts are known for today only; all of them together for any day."""
    text = yield from net_worth(question)
    return f"I have the balance of each account for today only. {text}"


def _totals(found: AccountsEnvelope) -> str:
    return (
        f"Your accounts hold {bold(found.total)} in all: **{money(found.cash)}** in cash, "
        f"**{money(found.saving)}** in savings and **{money(found.investing_retirement)}** in "
        f"investing and retirement. Cash counts checking and cash, less what is owed on "
        f"cards and loans.{_pending(found.accounts)}{_partial(found)}"
    )


def _one(account: AccountPart) -> str:
    owes = account.kind in ("credit_card", "loan")
    if owes and money(account.balance).startswith("−"):
        return f"You owe **{plain(account.balance)}** on {name(account.name)}."
    return f"{name(account.name)} at {name(account.institution)} holds {bold(account.balance)}."


def _account_table(accounts: tuple[AccountPart, ...] | list[AccountPart]) -> str:
    return table(
        ("Account", "Kind", "Balance"),
        ((name(each.name), each.kind.replace("_", " "), money(each.balance)) for each in accounts),
        right=(2,),
    )


def _pending(accounts: tuple[AccountPart, ...] | list[AccountPart]) -> str:
    moving = [each for each in accounts if not is_zero(each.pending)]
    if not moving:
        return ""
    parts = names(f"{money(each.pending)} in {each.name}" for each in moving)
    return f"\n\nPending and not in these balances: {parts}."


def _partial(found: AccountsEnvelope) -> str:
    return "".join(f"\n\n{line}" for line in left_out(found.left_out))
