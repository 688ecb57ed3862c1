"""Rows of statements: `/api/transactions/`."""

from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from spendo.ledger.api import views
from spendo.ledger.api.base import (
    LedgerView,
    account_money,
    transaction_answer,
    transaction_money,
)
from spendo.ledger.api.bodies import (
    CategoriseBody,
    EditTransactionBody,
    HideBody,
    IdsBody,
    NewTransactionBody,
    RefundBody,
    SplitBody,
    SplitLoanBody,
    TagRowsBody,
)
from spendo.ledger.models import Transaction
from spendo.ledger.money import Money
from spendo.ledger.services import (
    NewPart,
    NewTransaction,
    categorise_transactions,
    delete_transactions,
    edit_transaction,
    hide_transactions,
    join_parts,
    link_refund,
    make_transactions,
    split_loan_payment,
    split_transaction,
    tag_transactions,
    unlink_refund,
    unpair_transfer,
    untag_transactions,
)
from spendo.users.models import User


class TransactionsView(views.TransactionsView, LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(NewTransactionBody, request.data)
        amount = account_money(user, values["account_id"], values["amount"])
        new = NewTransaction(**values | {"amount": amount, "tags": tuple(values["tags"])})
        return self.change(
            lambda: make_transactions(user, [new]),
            lambda made: transaction_answer(user, made[0].pk),
            status=201,
        )


class TransactionView(LedgerView):
    def get(self, request: Request, transaction_id: int) -> Response:
        return Response(transaction_answer(self.signed_in(request), transaction_id))

    def patch(self, request: Request, transaction_id: int) -> Response:
        user = self.signed_in(request)
        values = self.read(EditTransactionBody, request.data)
        if "amount" in values:
            values["amount"] = transaction_money(user, transaction_id, values["amount"])
        return self.change(
            lambda: edit_transaction(user, transaction_id, **values),
            lambda row: transaction_answer(user, row.pk),
        )

    def delete(self, request: Request, transaction_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(
            lambda: delete_transactions(user, [transaction_id]), lambda count: {"count": count}
        )


class SplitView(LedgerView):
    def post(self, request: Request, transaction_id: int) -> Response:
        user = self.signed_in(request)
        parts = self.read(SplitBody, request.data)["parts"]
        currency = transaction_money(user, transaction_id, parts[0]["amount"]).currency
        return self.change(
            lambda: split_transaction(user, transaction_id, _parts(parts, currency)),
            lambda _: transaction_answer(user, transaction_id),
        )


class SplitLoanView(LedgerView):
    def post(self, request: Request, transaction_id: int) -> Response:
        user = self.signed_in(request)
        values = self.read(SplitLoanBody, request.data)
        principal = transaction_money(user, transaction_id, values.pop("principal"))
        rest = _parts(values.pop("rest"), principal.currency)
        return self.change(
            lambda: split_loan_payment(
                user, transaction_id, principal=principal, rest=rest, **values
            ),
            lambda _: transaction_answer(user, transaction_id),
        )


def _parts(parts: Sequence[dict[str, Any]], currency: str) -> list[NewPart]:
    return [NewPart(**part | {"amount": Money(part["amount"], currency)}) for part in parts]


class JoinView(LedgerView):
    def post(self, request: Request, transaction_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(
            lambda: join_parts(user, transaction_id), lambda row: transaction_answer(user, row.pk)
        )


class RefundView(LedgerView):
    """Which purchase a row is the refund of."""

    def post(self, request: Request, transaction_id: int) -> Response:
        user = self.signed_in(request)
        of_id = self.read(RefundBody, request.data)["of_id"]
        return self.change(
            lambda: link_refund(user, transaction_id, of_id), lambda row: _answer(user, row)
        )

    def delete(self, request: Request, transaction_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(
            lambda: unlink_refund(user, transaction_id), lambda row: _answer(user, row)
        )


def _answer(user: User, row: Transaction) -> dict[str, Any]:
    return transaction_answer(user, row.pk)


class UnpairView(LedgerView):
    def post(self, request: Request, transaction_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(
            lambda: unpair_transfer(user, transaction_id),
            lambda _: transaction_answer(user, transaction_id),
        )


class CategoriseView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(CategoriseBody, request.data)
        return self.change(
            lambda: categorise_transactions(user, values["ids"], values["category_id"]), _count
        )


class HideView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(HideBody, request.data)
        return self.change(
            lambda: hide_transactions(user, values["ids"], hidden=values["hidden"]), _count
        )


class DeleteView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        ids = self.read(IdsBody, request.data)["ids"]
        return self.change(lambda: delete_transactions(user, ids), _count)


class TagRowsView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(TagRowsBody, request.data)
        return self.change(lambda: tag_transactions(user, values["ids"], values["tag"]), _count)


class UntagRowsView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(TagRowsBody, request.data)
        return self.change(lambda: untag_transactions(user, values["ids"], values["tag"]), _count)


def _count(count: int) -> dict[str, Any]:
    return {"count": count}
