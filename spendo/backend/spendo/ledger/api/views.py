from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from spendo.ledger.api.serializers import (
    AccountSerializer,
    LeftOutSerializer,
    TransactionSerializer,
)
from spendo.ledger.selectors import (
    TransactionFilter,
    UnknownCursor,
    account_totals,
    list_accounts,
    search_transactions,
)
from spendo.users.api.serializers import PageSerializer
from spendo.users.api.views import JsonView, visible_user
from spendo.users.selectors import find_user_by_id


class AccountsView(JsonView):
    def get(self, request: Request, user_id: int) -> Response:
        user = visible_user(request, find_user_by_id(user_id))
        totals = account_totals(user)
        return Response(
            {
                "accounts": AccountSerializer(list_accounts(user), many=True).data,
                "currency": user.currency,
                "total_balance": str(totals.total),
                "cash_balance": str(totals.cash),
                "savings_balance": str(totals.saving),
                "investing_retirement": str(totals.investing_retirement),
                "partial": totals.partial,
                "left_out": LeftOutSerializer(totals.left_out, many=True).data,
            }
        )


class TransactionsView(JsonView):
    def get(self, request: Request) -> Response:
        query = self.read(PageSerializer, request.query_params.dict())
        try:
            page = search_transactions(
                self.signed_in(request),
                where=TransactionFilter(include_transfers=True),
                limit=query["limit"],
                after=query["after"],
            )
        except UnknownCursor:
            raise ValidationError({"after": ["There is no such transaction."]}) from None
        return Response(
            {
                "data": TransactionSerializer(page.rows, many=True).data,
                "has_more": page.truncated,
                "after": page.after,
            }
        )
