"""Accounts and what they are worth: `/api/accounts/`, `/api/valuations/`."""

from decimal import Decimal
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from spendo.ledger.api.answers import ValuationAnswer
from spendo.ledger.api.base import LedgerView, account_answer, account_money
from spendo.ledger.api.bodies import EditAccountBody, NewAccountBody, ValuationBody
from spendo.ledger.changes import changing
from spendo.ledger.models import Account
from spendo.ledger.money import Money
from spendo.ledger.selectors import account_detail, list_valuations
from spendo.ledger.services import (
    add_account,
    add_institution,
    delete_account,
    delete_valuation,
    edit_account,
    set_valuation,
)
from spendo.users.models import User

_AMOUNTS = ("opening", "credit_limit", "minimum_payment")


class NewAccountView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(NewAccountBody, request.data)
        return self.change(
            lambda: _add(user, values), lambda made: account_answer(user, made.pk), status=201
        )


def _add(user: User, values: dict[str, Any]) -> Account:
    fields = _with_money(values, values.pop("currency"))
    name = fields["name"]
    with changing(user, kind="add_account", summary=f"Added the account {name}"):
        fields["institution"] = add_institution(user, name=fields["institution"])
        return add_account(user, **fields)


class AccountView(LedgerView):
    def get(self, request: Request, account_id: int) -> Response:
        return Response(account_answer(self.signed_in(request), account_id))

    def patch(self, request: Request, account_id: int) -> Response:
        user = self.signed_in(request)
        values = self.read(EditAccountBody, request.data)
        fields = _with_money(values, account_detail(user, account_id).currency)
        return self.change(
            lambda: edit_account(user, account_id, **fields),
            lambda _: account_answer(user, account_id),
        )

    def delete(self, request: Request, account_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: delete_account(user, account_id), lambda _: {})


def _with_money(values: dict[str, Any], currency: str) -> dict[str, Any]:
    return {
        name: Money(value, currency) if name in _AMOUNTS and isinstance(value, Decimal) else value
        for name, value in values.items()
    }


class ValuationsView(LedgerView):
    def get(self, request: Request) -> Response:
        user = self.signed_in(request)
        chosen = request.query_params.get("account_id")
        if chosen is not None and not (chosen.isascii() and chosen.isdigit()):
            raise ValidationError({"account_id": ["A valid integer is required."]})
        account_id = None if chosen is None else account_detail(user, int(chosen)).id
        found = list_valuations(user, account_id=account_id)
        return Response({"valuations": ValuationAnswer(found, many=True).data})

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(ValuationBody, request.data)
        account_id = values["account_id"]
        value = account_money(user, account_id, values["value"])
        return self.change(
            lambda: set_valuation(user, account_id, values["date"], value),
            lambda made: {"id": made.pk},
            status=201,
        )


class ValuationView(LedgerView):
    def delete(self, request: Request, valuation_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: delete_valuation(user, valuation_id), lambda _: {})
