"""Whatever files come in whatever order: nothing twice, nothing lost."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spendo.users.models import User
from tests.ledger.importing.files import bank, commit, ledger_rows, table
from tests.ledger.random_ledgers import examples

DAY = date(2026, 10, 1)
# Few days, amounts and names, so that twins are common.
ROWS = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from(["-4.50", "-4.5", "9.00"]), st.sampled_from("ABb")
    ),
    min_size=1,
    max_size=24,
)
Row = tuple[int, str, str]


def _line(row: Row) -> str:
    return f"{DAY + timedelta(days=row[0])},{row[2]},{row[1]}"


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ROWS, st.integers(0, 4), st.integers(0, 4))
def test_overlapping_files_give_what_one_file_of_all_days_gives(
    user: User, rows: list[Row], one: int, other: int
) -> None:
    first, last = sorted((one, other))
    early = [row for row in rows if row[0] <= last]
    late = [row for row in rows if row[0] >= first]
    expected = Counter((str(DAY + timedelta(days=day)), name) for day, _, name in rows)
    with _rolled_back():
        for part in (early, late, rows, early):
            if part:
                commit(user, table(*map(_line, part)))
        assert Counter((day, name) for day, _, name in ledger_rows(user)) == expected


@pytest.mark.django_db
@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ROWS, st.permutations(range(24)))
def test_ids_make_the_order_of_files_and_rows_no_matter(
    user: User, rows: list[Row], order: list[int]
) -> None:
    lines = [
        f"id{number + 1},{(DAY + timedelta(days=day)):%Y%m%d},{amount},{name}"
        for number, (day, amount, name) in enumerate(rows)
    ]
    shuffled = [lines[place] for place in order if place < len(lines)]
    with _rolled_back():
        for part in (shuffled[: len(shuffled) // 2 + 1], lines, shuffled):
            commit(user, bank(*part), "a.ofx")
        assert len(ledger_rows(user)) == len(rows)
