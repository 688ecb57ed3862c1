"""How balances of accounts are put."""

from __future__ import annotations

from collections.abc import Sequence

from spendo.assistant.analyst.wording import is_zero, left_out, money, name, names, table
from spendo.assistant.tools.envelope import AccountPart, AccountsEnvelope


def account_table(accounts: Sequence[AccountPart]) -> str:
    return table(
        ("Account", "Kind", "Balance"),
        ((name(each.name), each.kind.replace("_", " "), money(each.balance)) for each in accounts),
        right=(2,),
    )


def pending(accounts: Sequence[AccountPart]) -> str:
    moving = [each for each in accounts if not is_zero(each.pending)]
    if not moving:
        return ""
    parts = names(f"{money(each.pending)} in {each.name}" for each in moving)
    return f"\n\nPending and not in these balances: {parts}."


def partial(found: AccountsEnvelope) -> str:
    return "".join(f"\n\n{line}" for line in left_out(found.left_out))
