"""How frames are joined for what is outside of the process, and taken apart again."""

from hypothesis import given
from hypothesis import strategies as st

from chatkit_django.runs import batches
from chatkit_django.runs.batches import Batch, count_of, cut, joined
from chatkit_django.runs.event_log import Part, end_frame
from chatkit_django.testing.contract.event_log_samples import frames, part


def batch(first, last, *, ended=False):
    return Batch(first, last, ended, b"".join(frames("a", first, last, ended)))


@given(
    sizes=st.lists(st.integers(0, 70_000), min_size=1, max_size=30),
    first=st.integers(1, 5),
    ended=st.booleans(),
    number=st.integers(0, 40),
)
def test_a_part_that_was_cut_is_joined_again_after_any_number(sizes, first, ended, number):
    said = [b"x" * size + b"\n\n" for size in sizes]
    whole = Part("a", first, said, ended)
    pieces = list(cut(whole))
    assert [piece.first for piece in pieces[1:]] == [piece.last + 1 for piece in pieces[:-1]]
    assert (pieces[0].first, pieces[-1].last) == (whole.first, whole.last)
    assert [piece.ended for piece in pieces] == [False] * (len(pieces) - 1) + [ended]
    assert all(count_of(piece.frames) == piece.last - piece.first + 1 for piece in pieces)
    for piece in pieces:
        assert len(piece.frames) <= batches.BATCH_BYTES or piece.first == piece.last
    found = joined("a", number, pieces)
    if first - 1 <= number < whole.last:
        rest = Part("a", number + 1, said[number + 1 - first :], ended)
        assert found == rest
    else:
        assert found is None


def test_what_repeats_others_is_left_out_and_a_gap_ends_it():
    some = [batch(1, 2), batch(1, 4), batch(3, 5), batch(7, 8)]
    assert joined("a", 0, some) == part("a", 1, 5)
    assert joined("a", 3, some[1:]) == part("a", 4, 5)
    assert joined("a", 5, some[3:]) is None


def test_what_somebody_says_behind_the_end_is_not_heard():
    """Two have written: one that was thought dead, and one that wrote the end in its place."""
    some = [batch(1, 3), batch(4, 5, ended=True), batch(1, 8)]
    found = joined("a", 0, some)
    assert (found.last, found.ended, found.frames[-1]) == (5, True, end_frame(5))
