"""How balances of accounts are put."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence

from spendo.assistant.analyst.plan import Call, ask
from spendo.assistant.analyst.wording import is_zero, left_out, money, name, names, table
from spendo.assistant.tools.envelope import AccountPart, AccountsEnvelope, AnyEnvelope


def accounts_of(*kinds: str) -> Generator[list[Call], list[AnyEnvelope], tuple[str, ...]]:
    """What the accounts of these kinds are called."""
    have = yield from ask(AccountsEnvelope, Call("list_accounts", {"kinds": list(kinds)}))
    return tuple(each.name for each in have.accounts)


def account_table(accounts: Sequence[AccountPart]) -> str:
    labels = labels_of(accounts)
    return table(
        ("Account", "Kind", "Balance"),
        (
            (name(labels[each.id]), each.kind.replace("_", " "), money(each.balance))
            for each in accounts
        ),
        right=(2,),
    )


def labels_of(accounts: Sequence[AccountPart]) -> dict[int, str]:
    """By id what they are called, and where they are if two are called the same."""
    called = Counter(each.name for each in accounts)
    return {
        each.id: f"{each.name}, {each.institution}" if called[each.name] > 1 else each.name
        for each in accounts
    }


def pending(accounts: Sequence[AccountPart]) -> str:
    moving = [each for each in accounts if not is_zero(each.pending)]
    if not moving:
        return ""
    labels = labels_of(accounts)
    parts = names(f"{money(each.pending)} in {labels[each.id]}" for each in moving)
    return f"\n\nPending and not in these balances: {parts}."


def partial(found: AccountsEnvelope) -> str:
    return "".join(f"\n\n{line}" for line in left_out(found.left_out))
