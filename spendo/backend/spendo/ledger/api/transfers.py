"""Movements between own accounts: `/api/transfers/`."""

from rest_framework.request import Request
from rest_framework.response import Response

from spendo.ledger.api.answers import ProposalAnswer
from spendo.ledger.api.base import LedgerView
from spendo.ledger.api.bodies import PairsBody, SinceBody
from spendo.ledger.selectors import suggest_transfers
from spendo.ledger.services import match_transfers, pair_transfers

_SHOWN = 100


class SuggestionsView(LedgerView):
    """What looks like a transfer, and why; what is certain comes first."""

    def get(self, request: Request) -> Response:
        since = self.read(SinceBody, request.query_params.dict())["since"]
        found = suggest_transfers(self.signed_in(request), since=since)
        return Response(
            {
                "count": len(found),
                "suggestions": ProposalAnswer(found[:_SHOWN], many=True).data,
                "truncated": len(found) > _SHOWN,
            }
        )


class TransfersView(LedgerView):
    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        pairs = self.read(PairsBody, request.data)["pairs"]
        return self.change(
            lambda: pair_transfers(
                user, [(pair["outflow_id"], pair["inflow_id"]) for pair in pairs]
            ),
            lambda count: {"count": count},
        )


class MatchView(LedgerView):
    """Pairs what is certain, and nothing else."""

    def post(self, request: Request) -> Response:
        user = self.signed_in(request)
        since = self.read(SinceBody, request.data)["since"]
        return self.change(
            lambda: match_transfers(user, since=since),
            lambda matched: {
                "count": len(matched.paired),
                "suggestions": len(matched.suggested),
            },
        )
