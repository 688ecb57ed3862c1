"""An answer as it goes over the wire."""

from typing import NamedTuple


class WireAnswer(NamedTuple):
    """JSON, and if it is one thread the id of the run in it; ``""``: nothing runs there."""

    json: bytes
    run_id: str | None = None
