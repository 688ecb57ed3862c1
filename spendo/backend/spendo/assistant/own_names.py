"""What the user's things are called, for who reads a message without having asked a tool."""

from __future__ import annotations

from asgiref.sync import sync_to_async

from chatkit_django import database
from spendo.assistant.analyst.understanding.known_names import OwnNames
from spendo.assistant.turn import Turn
from spendo.budgets.selectors import goal_names
from spendo.ledger.selectors import account_names, category_names, merchant_names, tag_names


async def own_names(turn: Turn) -> OwnNames:
    """As they are spelled; hidden accounts are never named."""

    def look_up() -> OwnNames:
        user = turn.user
        return OwnNames(
            categories=tuple(category_names(user)),
            merchants=tuple(merchant_names(user)),
            own=(*account_names(user), *goal_names(user), *tag_names(user)),
        )

    if turn.in_callers_thread:
        return await sync_to_async(look_up)()
    return await database.run(look_up)
