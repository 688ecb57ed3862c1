"""What the answer of a turn may state, made once for as long as nothing is looked up."""

from __future__ import annotations

from collections.abc import Sequence

from spendo.assistant.guard import Evidence
from spendo.assistant.turn import Turn


def evidence_of(turn: Turn, asked: Sequence[str]) -> Evidence:
    """What the results of the turn so far allow, after these messages of the user."""
    rests_on = (len(turn.calls), *asked)
    if turn.evidence is None or turn.evidence[0] != rests_on:
        turn.evidence = (rests_on, Evidence.of(turn.envelopes, asked, turn.today))
    return turn.evidence[1]
