"""Rows in an address: what a link says is what the list reads."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.ledger.periods import Period
from spendo.ledger.selectors import (
    BadQuery,
    RowsQuery,
    TransactionFilter,
    query_string,
    read_query,
)

ALL = RowsQuery(TransactionFilter(include_transfers=True))
MAY = Period.of_days(date(2026, 5, 1), date(2026, 5, 31))


def read(text: str) -> RowsQuery:
    return read_query(dict(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))))


def test_all_rows_need_no_parameters() -> None:
    assert query_string(ALL) == ""
    assert read("") == ALL


def test_an_address_can_be_read_by_a_person() -> None:
    query = RowsQuery(
        TransactionFilter(
            period=MAY,
            category_ids=(4, 9),
            uncategorised=True,
            account_ids=(2,),
            direction="out",
            min_amount=Decimal("12.50"),
            max_amount=Decimal(100),
            include_transfers=False,
            include_descendants=False,
            tags=("Japan trip", "work"),
            text="late fee",
            pending="without",
            ids=(7, 8),
        ),
        counted="spending",
        sort="largest",
    )
    assert query_string(query) == (
        "from=2026-05-01&to=2026-06-01&category=4%2C9%2Cnone&account=2&tag=Japan+trip%2Cwork"
        "&id=7%2C8&exact=1&text=late+fee&direction=out&min=12.50&max=100&transfers=0"
        "&pending=without&counted=spending&sort=largest"
    )


def test_all_time_up_to_a_day_has_no_first_day() -> None:
    until = Period.of_days(date(1900, 1, 1), date(2026, 5, 31))
    text = query_string(RowsQuery(TransactionFilter(period=until, include_transfers=True)))
    assert text == "to=2026-06-01"
    assert read(text).where.period == until


def test_a_merchant_may_have_any_letters() -> None:
    merchants = ("Marks, Spencer & Co", "back\\slash,", "50% (off)#?", "日本 🍣")
    text = query_string(RowsQuery(TransactionFilter(merchants=merchants)))
    assert not set(text) & set(" ()[]<>,#\"'\\")
    assert read(text).where.merchants == merchants


DAYS = st.dates(date(1900, 1, 1), date(9998, 12, 31))
PERIODS = st.builds(
    lambda first, days: Period.of_days(first, min(first + timedelta(days), date(9998, 12, 31))),
    DAYS,
    st.integers(0, 4000),
)
IDS = st.lists(st.integers(1, 2**63 - 1), max_size=3).map(tuple)
NAMES = st.text(" ,\\&=+%#?/aZ9é日🍣\n", max_size=12)
AMOUNTS = st.none() | st.decimals(0, 10**14, places=2)


@settings(max_examples=50)
@given(
    st.builds(
        RowsQuery,
        st.builds(
            TransactionFilter,
            period=st.none() | PERIODS,
            category_ids=IDS,
            merchants=st.lists(NAMES.filter(str.strip), max_size=3).map(tuple),
            account_ids=IDS,
            uncategorised=st.booleans(),
            direction=st.sampled_from([None, "in", "out"]),
            min_amount=AMOUNTS,
            max_amount=AMOUNTS,
            include_transfers=st.booleans(),
            include_descendants=st.booleans(),
            tags=st.lists(NAMES.filter(str.strip), max_size=2).map(tuple),
            text=NAMES,
            pending=st.sampled_from([None, "only", "without"]),
            ids=IDS.map(lambda ids: ids or None),
        ),
        counted=st.sampled_from([None, "spending", "income", "net"]),
        sort=st.sampled_from(["newest", "oldest", "largest"]),
    )
)
def test_what_was_written_is_what_is_read(query: RowsQuery) -> None:
    assert read(query_string(query)) == query


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("from=2026-02-30", "from"),
        ("from=20260501", "from"),
        ("from=2026-W20-1", "from"),
        ("to=tomorrow", "to"),
        ("from=2026-06-01&to=2026-06-01", "to"),
        ("from=2026-06-02&to=2026-06-01", "to"),
        ("to=0001-01-01", "to"),
        ("category=x", "category"),
        ("category=0", "category"),
        ("category=1,", "category"),
        ("category=-1", "category"),
        ("category=9223372036854775808", "category"),
        ("category=²", "category"),
        ("account=1,none", "account"),
        ("account=" + ",".join(["1"] * 101), "account"),
        ("merchant=a,,b", "merchant"),
        ("merchant=a%00b", "merchant"),
        ("merchant=" + "m" * 201, "merchant"),
        ("direction=up", "direction"),
        ("min=NaN", "min"),
        ("min=1e3", "min"),
        ("min=-1", "min"),
        ("max=1e309", "max"),
        ("max=1,50", "max"),
        ("max=Infinity", "max"),
        ("max=9999999999999999", "max"),
        ("transfers=yes", "transfers"),
        ("counted=everything", "counted"),
        ("sort=cheapest", "sort"),
        ("exact=yes", "exact"),
        ("pending=all", "pending"),
        ("text=" + "t" * 201, "text"),
        ("text=%00", "text"),
        ("id=1,2,x", "id"),
        ("tag=,", "tag"),
    ],
)
def test_what_names_no_rows_is_refused_by_its_name(text: str, field: str) -> None:
    with pytest.raises(BadQuery) as refused:
        read(text)
    assert refused.value.field == field
    assert refused.value.message.endswith(".")


def test_other_parameters_and_empty_ones_name_nothing() -> None:
    assert read("limit=20&after=7&category=&from=&min=&x=%00") == ALL
