from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spendo.ledger.changes import undo
from spendo.ledger.matching.sides import OwnAccount, Side
from spendo.ledger.matching.spans import spans
from spendo.ledger.matching.transfers import Proposal, RateOn, propose_transfers
from spendo.ledger.models import Change, Transaction, Transfer
from spendo.ledger.selectors import suggest_transfers
from spendo.ledger.selectors import transfers as selector
from spendo.ledger.services import (
    LedgerError,
    NewPart,
    link_refund,
    match_transfers,
    pair_transfers,
    set_rate,
    split_transaction,
)
from spendo.users.models import User
from tests.ledger.any_acts import new_book
from tests.ledger.book import DAY, Book, usd
from tests.ledger.random_ledgers import AS_FOUND, examples, undone
from tests.ledger.snapshots import snapshot
from tests.ledger.transfer_cases import ACCOUNTS, CASES, Case


def rate_on(base: str, quote: str, day: date) -> Fraction | None:
    return {("USD", "EUR"): Fraction(9, 10), ("EUR", "USD"): Fraction(10, 9)}.get((base, quote))


def proposed(case: Case) -> list[Proposal]:
    sides = [row.side(place) for place, row in enumerate(case.rows)]
    return propose_transfers(sides, ACCOUNTS, rate_on)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case(case: Case) -> None:
    proposals = proposed(case)
    certain = {(one.outflow_id, one.inflow_id) for one in proposals if one.certain}
    suggested = {(one.outflow_id, one.inflow_id) for one in proposals if not one.certain}
    assert (certain, suggested) == (case.certain, case.suggested)
    assert all(one.reasons for one in proposals)


def test_cases_together_are_as_precise_as_alone() -> None:
    """All cases in one ledger, far enough apart in time: nothing else becomes certain."""
    sides: list[Side] = []
    wanted: set[tuple[int, int]] = set()
    for number, case in enumerate(CASES):
        first = len(sides)
        for row in case.rows:
            side = row.side(len(sides))
            later = side.day + timedelta(days=40 * number)
            sides.append(Side(side.id, side.account_id, later, side.minor, side.merchant,
                              side.description, side.category_kind))  # fmt: skip
        wanted |= {(first + out, first + into) for out, into in case.certain}
    proposals = propose_transfers(sides, ACCOUNTS, rate_on)
    assert {(one.outflow_id, one.inflow_id) for one in proposals if one.certain} == wanted


def test_it_says_why() -> None:
    (one,) = proposed(CASES[1])
    assert one.reasons == (
        "It names the account Sapphire.",
        "Its text says transfer.",
        "Its text says payment, and a debt is paid with it.",
        "They are of the same day.",
    )
    tied = proposed(next(case for case in CASES if case.name.startswith("of two that fit, none")))
    assert all(one.reasons[-1] == "Another row fits as well." for one in tied)


WORDS = st.sampled_from(
    ["transfer", "payment", "to", "from", "savings", "checking", "Sapphire", "Amazon", "refund",
     "4411", "Ally", "99887766", "rent", ""]
)  # fmt: skip
SIDES = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, 8]),
        st.integers(0, 9),
        st.sampled_from([-500, -200, 200, 500]),
        st.lists(WORDS, max_size=4).map(" ".join),
        st.sampled_from(["", "", "Amazon"]),
        st.sampled_from([None, None, "transfer", "expense"]),
    ),
    max_size=14,
)


@settings(max_examples=50, deadline=None)
@given(SIDES, st.randoms(use_true_random=False))
def test_certain_pairs_share_no_row_and_do_not_depend_on_the_order(
    rows: list[tuple[int, int, int, str, str, str | None]], shuffler: st.DataObject
) -> None:
    sides = [
        Side(place, account, DAY + timedelta(days=day), minor, merchant, text, kind)
        for place, (account, day, minor, text, merchant, kind) in enumerate(rows)
    ]
    by_id = {side.id: side for side in sides}
    certain = [one for one in propose_transfers(sides, ACCOUNTS, rate_on) if one.certain]
    used = [number for one in certain for number in (one.outflow_id, one.inflow_id)]
    assert len(used) == len(set(used))
    for one in certain:
        outflow, inflow = by_id[one.outflow_id], by_id[one.inflow_id]
        assert outflow.minor == -inflow.minor < 0
        assert outflow.account_id != inflow.account_id
        assert abs((inflow.day - outflow.day).days) <= 5
        assert not {outflow.category_kind, inflow.category_kind} & {"expense", "income"}
        assert "refund" not in outflow.words | inflow.words
    shuffled = list(sides)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    again = [one for one in propose_transfers(shuffled, ACCOUNTS, rate_on) if one.certain]
    assert {_alike(by_id, one) for one in again} == {_alike(by_id, one) for one in certain}
    assert len(again) == len(certain)


def _alike(sides: dict[int, Side], one: Proposal) -> tuple[object, object]:
    return sides[one.outflow_id].likeness, sides[one.inflow_id].likeness


@pytest.fixture
def accounts(book: Book) -> Book:
    book.account("Savings", "savings")
    book.account("Euro", currency="EUR")
    book.account("Loan", "loan")
    return book


def test_what_is_certain_is_paired_and_the_rest_suggested(accounts: Book) -> None:
    book = accounts
    out = book.add("-500.00", merchant="Transfer to Savings")
    into = book.add("500.00", merchant="Transfer from Checking", account="Savings")
    lone = book.add("-70.00", merchant="Transfer to Savings")
    plain = book.add("70.00", account="Savings")
    bob = Book(User.objects.create(username="bob"))
    bob.account("Savings")
    bob.add("500.00", account="Savings", merchant="Transfer from Checking")
    matched = match_transfers(book.user)
    assert [(one.outflow_id, one.inflow_id) for one in matched.paired] == [(out.pk, into.pk)]
    assert [(one.outflow_id, one.inflow_id) for one in matched.suggested] == [(lone.pk, plain.pk)]
    assert Transfer.objects.get().outflow == out
    change = Change.objects.get()
    assert change.summary == "Paired 1 transfer"
    assert match_transfers(book.user).paired == []
    undo(book.user, change.pk)
    assert len(suggest_transfers(book.user)) == 2
    assert suggest_transfers(book.user, since=DAY + timedelta(days=1)) == []


def test_pending_rows_rows_with_parts_and_refunds_are_no_sides(accounts: Book) -> None:
    book = accounts
    book.add("-500.00", merchant="Transfer to Savings", pending=True)
    split = book.add("-500.00", merchant="Transfer to Savings")
    split_transaction(book.user, split.pk, [NewPart(usd("-400")), NewPart(usd("-100"))])
    into = book.add("500.00", merchant="Transfer from Checking", account="Savings")
    assert suggest_transfers(book.user) == []
    link_refund(book.user, into.pk, book.add("-600.00").pk)
    book.add("-500.00", merchant="Transfer to Savings")
    assert suggest_transfers(book.user) == []


def test_the_principal_of_a_split_payment_is_paired(accounts: Book) -> None:
    book = accounts
    payment = book.add("-300.00", merchant="Loan payment")
    made = split_transaction(
        book.user,
        payment.pk,
        [NewPart(usd("-240"), None, "Principal"), NewPart(usd("-60"), None, "Interest")],
    )
    into = book.add("240.00", merchant="Payment received", account="Loan")
    (one,) = match_transfers(book.user).paired
    assert (one.outflow_id, one.inflow_id) == (made[0].pk, into.pk)


def test_a_rate_of_the_week_before_is_enough_to_compare(accounts: Book) -> None:
    book = accounts
    book.add("-110.00", merchant="Transfer to Euro")
    book.add("99.00", merchant="Transfer from Checking", account="Euro")
    assert suggest_transfers(book.user) == []
    for days, found in ((8, 0), (7, 1)):
        day = DAY - timedelta(days=days)
        set_rate(book.user, base="EUR", quote="USD", date=day, rate=Decimal("1.1"))
        assert len(suggest_transfers(book.user)) == found


def test_a_side_of_one_transfer_is_in_no_other(accounts: Book) -> None:
    book = accounts
    first, second = book.add("-5.00"), book.add("-5.00")
    into = book.add("5.00", account="Savings")
    pair_transfers(book.user, [(first.pk, into.pk)])
    before = snapshot()
    for pairs in ([(second.pk, into.pk)], [(first.pk, into.pk), (second.pk, into.pk)]):
        with pytest.raises(LedgerError, match="another transfer"):
            pair_transfers(book.user, pairs)
    assert snapshot() == before


def test_many_rows_are_compared_in_few_steps() -> None:
    """Every amount once: a comparison of all with all would be 25 million."""
    accounts = [
        OwnAccount(1, "Checking", "A", "checking", "USD"),
        OwnAccount(2, "Savings", "B", "savings", "USD"),
    ]
    sides = [
        Side(number, 1 + number % 2, DAY, (-1) ** (number + 1) * (number // 2 + 1), "", "transfer")
        for number in range(10_000)
    ]
    assert len(propose_transfers(sides, accounts, rate_on)) == 5000


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Checking", "Savings", "Euro", "Loan"]),
        st.integers(0, 45),
        st.sampled_from([-500, -500, -450, 450, 500, 500, 510]),
        st.lists(WORDS, max_size=3).map(" ".join),
        st.sampled_from([1, 1, 1, 2]),
    ),
    min_size=8,
    max_size=24,
)


@pytest.mark.django_db
@settings(phases=AS_FOUND, max_examples=examples(8), deadline=None)
@given(rows=ROWS, length=st.integers(1, 6))
def test_a_span_of_days_at_a_time_proposes_what_all_days_together_do(
    rows: list[tuple[str, int, int, str, int]], length: int
) -> None:
    with undone(), pytest.MonkeyPatch.context() as patched:
        book = new_book()
        book.account("Savings", "savings")
        book.account("Loan", "loan")
        set_rate(book.user, base="EUR", quote="USD", date=DAY, rate=Decimal("1.1"))
        Transaction.objects.bulk_create(
            Transaction(
                user=book.user, account=book.accounts[account], amount_minor=minor,
                date=DAY + timedelta(days=day), description=text,
            )
            for account, day, minor, text, times in rows
            for _ in range(times)
        )  # fmt: skip
        whole = suggest_transfers(book.user)
        assert whole == propose_transfers(*all_sides(book))
        patched.setattr(selector, "spans", partial(spans, rows=length))
        assert suggest_transfers(book.user) == whole


def test_the_other_choice_of_the_other_side_is_within_reach_of_a_span(
    accounts: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The inflow is five days after one outflow and five before another: none is certain."""
    book = accounts
    text = "Transfer"
    book.add("-500.00", merchant=text, on=DAY)
    book.add("500.00", merchant=text, account="Savings", on=DAY + timedelta(days=5))
    book.add("-500.00", merchant=text, account="Loan", on=DAY + timedelta(days=10))
    monkeypatch.setattr(selector, "spans", partial(spans, rows=1))
    found = suggest_transfers(book.user)
    assert [one.certain for one in found] == [False, False]
    assert all(one.reasons[-1] == "Another row fits as well." for one in found)


def all_sides(book: Book) -> tuple[list[Side], list[OwnAccount], RateOn]:
    found = Transaction.objects.of(book.user).order_by("date", "pk")
    sides = [
        Side(row.pk, row.account_id, row.date, row.amount_minor, row.merchant, row.description)
        for row in found
    ]
    accounts = [
        OwnAccount(each.pk, each.name, "Bank", each.kind, each.currency)
        for each in book.accounts.values()
    ]

    def rate(base: str, quote: str, day: date) -> Fraction | None:
        known = {("EUR", "USD"): Fraction(11, 10), ("USD", "EUR"): Fraction(10, 11)}
        return known.get((base, quote)) if 0 <= (day - DAY).days <= 7 else None

    return sides, accounts, rate


def test_spans_have_a_day_whole_and_reach_no_further_than_the_calendar() -> None:
    days = [(DAY, 3), (DAY + timedelta(days=1), 1), (date.max, 9)]
    found = list(spans(days, rows=4))
    assert [(each.first, each.last) for each in found] == [
        (DAY, DAY + timedelta(days=1)), (date.max, date.max),
    ]  # fmt: skip
    assert (found[0].begin, found[0].end) == (
        DAY - timedelta(days=10), DAY + timedelta(days=11),
    )  # fmt: skip
    assert found[1].end == date.max
