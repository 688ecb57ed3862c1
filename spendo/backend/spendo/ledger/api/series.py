"""What the user says of payments that come again: `/api/series/`."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from spendo.ledger.api.answers import SeriesAnswer
from spendo.ledger.api.base import LedgerView, account_money
from spendo.ledger.api.bodies import EndSeriesBody, SeriesBody
from spendo.ledger.selectors import list_series
from spendo.ledger.services import (
    NewSeries,
    confirm_series,
    dismiss_series,
    end_series,
    forget_series,
)
from spendo.users.models import User


class AllSeriesView(LedgerView):
    def get(self, request: Request) -> Response:
        found = list_series(self.signed_in(request))
        return Response({"series": SeriesAnswer(found, many=True).data})

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        values = self.read(SeriesBody, request.data)
        say = confirm_series if values.pop("decision") == "confirmed" else dismiss_series
        amount = account_money(user, values["account_id"], values["amount"])
        series = NewSeries(**values | {"amount": amount})
        return self.change(
            lambda: say(user, series), lambda said: _series(user, said.pk), status=201
        )


class SeriesView(LedgerView):
    def delete(self, request: Request, series_id: int) -> Response:
        user = self.signed_in(request)
        return self.change(lambda: forget_series(user, series_id), lambda _: {})


class EndSeriesView(LedgerView):
    def post(self, request: Request, series_id: int) -> Response:
        user = self.signed_in(request)
        ended_on = self.read(EndSeriesBody, request.data)["ended_on"]
        return self.change(
            lambda: end_series(user, series_id, ended_on=ended_on),
            lambda said: _series(user, said.pk),
        )


def _series(user: User, series_id: int) -> dict[str, Any]:
    (found,) = (entry for entry in list_series(user) if entry.id == series_id)
    return {"series": SeriesAnswer(found).data}
