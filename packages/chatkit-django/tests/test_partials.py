"""What was shown of an answer that is broken off is kept, of every one; bench/partials.py counts
more of them."""

import pytest

from tests import partials
from tests.cuts import LIMITS


@pytest.mark.parametrize(
    "broken_off",
    [partials.on_disconnect, partials.on_disconnect_of_slow_readers, partials.on_sigterm],
)
async def test_the_words_of_every_answer_that_is_broken_off_are_kept(as_ada, settings, broken_off):
    settings.CHATKIT_LIMITS = LIMITS
    found = await broken_off(as_ada, 10)
    assert (found.kept, found.questions, found.of) == (10, 10, 10), found.wrong
