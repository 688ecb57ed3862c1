"""Exchange rates: `/api/rates/`. A rate says what one unit of `base` was in `quote`."""

from rest_framework.request import Request
from rest_framework.response import Response

from spendo.ledger.api.answers import RateAnswer
from spendo.ledger.api.base import LedgerView
from spendo.ledger.api.bodies import RateBody, RatesQuery
from spendo.ledger.selectors import list_rates
from spendo.ledger.services import delete_rate, set_rate


class RatesView(LedgerView):
    def get(self, request: Request) -> Response:
        query = self.read(RatesQuery, request.query_params.dict())
        found = list_rates(self.signed_in(request), **query)
        return Response({"rates": RateAnswer(found, many=True).data})

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(RateBody, request.data)
        return self.change(
            lambda: set_rate(user, **values),
            lambda rate: {"rate": RateAnswer(rate).data},
            status=201,
        )


class RateView(LedgerView):
    def delete(self, request: Request, rate_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: delete_rate(user, rate_id), lambda _: {})
