"""What the tools returned in the turn whose answers are tried: made by hand, so that every figure
of an answer can be looked up here."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from spendo.assistant.guard import Evidence
from spendo.assistant.tools.envelope import (
    AccountPart,
    AccountsEnvelope,
    Amount,
    Averages,
    BankText,
    DataRangeEnvelope,
    Envelope,
    Excluded,
    Filters,
    Group,
    LeftOut,
    NamesEnvelope,
    NetWorthEnvelope,
    Percent,
    PeriodPart,
    Rate,
    Row,
    SearchEnvelope,
    SumEnvelope,
)
from spendo.assistant.tools.envelope.calc import CalcEnvelope

TODAY = date(2026, 11, 22)
OCTOBER = PeriodPart(
    start=date(2026, 10, 1),
    end=date(2026, 11, 1),
    time_zone="America/New_York",
    words="1–31 October 2026",
)


def usd(amount: str) -> Amount:
    return Amount(amount=amount, currency="USD")


def row(number: int, day: date, amount: str, merchant: str, category: str = "Groceries") -> Row:
    return Row(
        id=number,
        date=day,
        amount=usd(amount),
        category=category,
        account="Blue Card",
        pending=False,
        transfer=False,
        bank_text=BankText(merchant=merchant, description=f"POS {merchant} 0412"),
    )


ROWS = (
    row(901, date(2026, 10, 31), "-39.90", "Sunrise Foods"),
    row(902, date(2026, 10, 17), "-18.40", "Five Guys", "Restaurants"),
    row(903, date(2026, 10, 9), "-4.50", "7-Eleven", "Coffee"),
    row(904, date(2026, 10, 3), "-60.10", "Corner Pantry"),
    row(905, date(2026, 10, 1), "3000.00", "Harbor Design", "Pay"),
)
SPENDING = SumEnvelope(
    measure="spending",
    total=usd("412.50"),
    count=23,
    averages=Averages(
        per_transaction=usd("17.93"),
        per_day=usd("13.31"),
        per_week=usd("93.15"),
        per_month=usd("412.50"),
    ),
    period=OCTOBER,
    filters=Filters(),
    group_by="category",
    groups=(
        Group(label="Groceries", total=usd("250.25"), count=12),
        Group(label="Restaurants", total=usd("112.25"), count=9),
        Group(label="Coffee", total=usd("50.00"), count=2),
    ),
    group_count=3,
    rows=ROWS[:4],
    excluded=Excluded(
        transfers=4,
        pending=1,
        pending_total=usd("-7.00"),
        left_out=(
            LeftOut(
                total=Amount(amount="-12000", currency="JPY"),
                accounts=1,
                transactions=6,
            ),
        ),
    ),
    truncated=False,
)
SEARCH = SearchEnvelope(
    count=5,
    rows=ROWS,
    period=OCTOBER,
    filters=Filters(min_amount="4.01"),
    sort="newest",
    left_out=(),
    after=None,
    truncated=False,
)


def account(number: int, name: str, kind: str, balance: Amount) -> AccountPart:
    return AccountPart(
        id=number,
        name=name,
        institution="First Harbor Bank",
        kind=kind,
        group="cash",
        balance=balance,
        pending=Amount(amount="0.00", currency=balance.currency),
        as_of=TODAY,
    )


ACCOUNTS = AccountsEnvelope(
    count=4,
    accounts=(
        account(1, "Everyday Checking", "checking", usd("1250.75")),
        account(2, "Blue Card", "credit_card", usd("-250.00")),
        account(3, "Company 401(k)", "retirement", usd("18400.00")),
        account(4, "Reisekonto", "savings", Amount(amount="980.20", currency="EUR")),
    ),
    total=usd("19400.75"),
    cash=usd("1000.75"),
    saving=usd("0.00"),
    investing_retirement=usd("18400.00"),
    property=usd("0.00"),
    loans=usd("0.00"),
    partial=True,
    left_out=(LeftOut(total=Amount(amount="980.20", currency="EUR"), accounts=1, transactions=14),),
)
NET_WORTH = NetWorthEnvelope(
    on=TODAY,
    words="22 November 2026",
    count=4,
    total=usd("19400.75"),
    assets=usd("19650.75"),
    liabilities=usd("-250.00"),
    partial=False,
    left_out=(),
    hidden_accounts=0,
)
RECORDS = DataRangeEnvelope(first=date(2024, 1, 5), last=date(2026, 11, 20), count=1_284)
NAMES = NamesEnvelope(text="7-Eleven", categories=(), merchants=("7-Eleven",), accounts=())


class Compared(Envelope):
    """As a comparison of two periods looks: the tool says by its sign which way each went."""

    tool: Literal["compared"] = "compared"
    before: Amount
    change: Amount
    change_percent: Percent
    food_change: Amount
    food_change_percent: Percent
    share: Percent


class Converted(Envelope):
    tool: Literal["rate"] = "rate"
    rate: Rate
    in_dollars: Amount
    in_euros: Amount
    in_yen: Amount


COMPARED = Compared(
    before=usd("375.25"),
    change=usd("37.25"),
    change_percent="9.93",
    food_change=usd("-12.25"),
    food_change_percent="-4.67",
    share="60.67",
)
CALCULATED = CalcEnvelope(
    expression="112.25 + 50.00", result="162.25", exact=True, operands=("112.25", "50.00")
)
CONVERTED = Converted(
    rate="1.0842",
    in_dollars=usd("1062.73"),
    in_euros=Amount(amount="980.20", currency="EUR"),
    in_yen=Amount(amount="12000", currency="JPY"),
)

RESULTS: tuple[Envelope, ...] = (
    SPENDING, SEARCH, ACCOUNTS, NET_WORTH, RECORDS, NAMES, COMPARED, CALCULATED, CONVERTED,
)  # fmt: skip


@cache
def evidence(asked: str = "") -> Evidence:
    return Evidence.of(RESULTS, [asked], TODAY)
