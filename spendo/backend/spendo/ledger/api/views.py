from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from spendo.ledger.api.serializers import (
    AccountSerializer,
    LeftOutRowsSerializer,
    LeftOutSerializer,
    TotalsSerializer,
    TransactionPageSerializer,
    TransactionSerializer,
)
from spendo.ledger.selectors import (
    BadQuery,
    RowsQuery,
    TransactionPage,
    UnknownCursor,
    account_totals,
    filter_totals,
    list_accounts,
    read_query,
    search_transactions,
)
from spendo.users.api.views import JsonView, visible_user
from spendo.users.models import User
from spendo.users.selectors import find_user_by_id


class AccountsView(JsonView):
    def get(self, request: Request, user_id: int) -> Response:
        user = visible_user(request, find_user_by_id(user_id))
        accounts = list_accounts(user)
        totals = account_totals(user, accounts)
        return Response(
            {
                "accounts": AccountSerializer(accounts, many=True).data,
                "currency": user.currency,
                "total_balance": str(totals.total),
                "cash_balance": str(totals.cash),
                "savings_balance": str(totals.saving),
                "investing_retirement": str(totals.investing_retirement),
                "property": str(totals.property),
                "loans": str(totals.loans),
                "partial": totals.partial,
                "left_out": LeftOutSerializer(totals.left_out, many=True).data,
            }
        )


class TransactionsView(JsonView):
    def get(self, request: Request) -> Response:
        user = self.signed_in(request)
        parameters = request.query_params.dict()
        page = self.read(TransactionPageSerializer, parameters)
        rows = rows_of(parameters)
        found = _page(user, rows, page)
        answer = {
            "data": TransactionSerializer(found.rows, many=True).data,
            "has_more": found.truncated,
            "after": found.after,
            "count": found.total_count,
            "left_out": LeftOutRowsSerializer(found.left_out, many=True).data,
        }
        if page["totals"]:
            answer["totals"] = TotalsSerializer(filter_totals(user, rows)).data
        return Response(answer)


def rows_of(parameters: Mapping[str, str]) -> RowsQuery:
    """The rows that a query string names (docs/reference/transactions-link.md); 400 if none."""
    try:
        return read_query(parameters)
    except BadQuery as error:
        raise ValidationError({error.field: [error.message]}) from None


def _page(user: User, rows: RowsQuery, page: dict[str, Any]) -> TransactionPage:
    try:
        return search_transactions(
            user,
            where=rows.where,
            sort=rows.sort,
            counted=rows.counted,
            limit=page["limit"],
            after=page["after"],
        )
    except UnknownCursor:
        raise ValidationError({"after": ["There is no such transaction."]}) from None
