"""What the views that change the ledger share."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from rest_framework.response import Response

from spendo.ledger.api.answers import AccountDetailAnswer, TransactionDetailAnswer
from spendo.ledger.api.errors import as_answer
from spendo.ledger.changes import acting
from spendo.ledger.money import Money
from spendo.ledger.selectors import account_detail, transaction_detail
from spendo.users.api.views import JsonView
from spendo.users.models import User


class LedgerView(JsonView):
    """What the ledger refuses becomes an answer; every change is answered with its number."""

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(as_answer(exc))

    def change(
        self, act: Callable[[], Any], answer: Callable[[Any], dict[str, Any]], status: int = 200
    ) -> Response:
        """Do it, and answer with what came of it and `change_id`: what to undo, or null."""
        with acting("web") as done:
            result = act()
        change_id = done.change_ids[-1] if done.change_ids else None
        return Response({**answer(result), "change_id": change_id}, status=status)


def account_money(user: User, account_id: int, amount: Decimal) -> Money:
    """An amount in the currency of the user's account."""
    return Money(amount, account_detail(user, account_id).currency)


def transaction_money(user: User, transaction_id: int, amount: Decimal) -> Money:
    """An amount in the currency of the user's row."""
    return Money(amount, transaction_detail(user, transaction_id).amount.currency)


def account_answer(user: User, account_id: int) -> dict[str, Any]:
    return {"account": AccountDetailAnswer(account_detail(user, account_id)).data}


def transaction_answer(user: User, transaction_id: int) -> dict[str, Any]:
    return {"transaction": TransactionDetailAnswer(transaction_detail(user, transaction_id)).data}
