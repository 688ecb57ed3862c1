"""A short one of what bench/cuts.py does for long."""

import random

import pytest

from tests.cuts import LIMITS, Cuts, cut_readers


@pytest.mark.parametrize("place", ["database", "valkey"])
async def test_readers_that_are_cut_at_random_lose_and_double_nothing(
    request, settings, as_ada, place
):
    if place == "valkey":
        place = request.getfixturevalue("valkey_url")
    settings.CHATKIT_EVENT_LOG = place
    settings.CHATKIT_LIMITS = LIMITS
    found = await cut_readers(as_ada, 150, seed=random.randrange(10**6), runs_at_once=4)  # noqa: S311
    assert (found.lost, found.doubled, found.different) == (0, 0, 0), found.wrong
    assert found.cuts >= 150
    assert found.resets <= found.readers / 10  # a machine may be too busy to publish in time


def test_what_is_lost_and_doubled_is_counted():
    frames = [b"id: %d\ndata: {}\n\n" % number for number in range(1, 6)]
    found = Cuts()
    found.compare("r", frames, frames[:2] + frames[3:])
    found.compare("r", frames, [*frames[:3], *frames[2:]])
    found.compare("r", frames, frames)
    assert (found.lost, found.doubled, found.different, found.readers) == (1, 1, 2, 3)
