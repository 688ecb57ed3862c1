"""The figures of an envelope: all that a person may be told from it, and nothing else."""

from __future__ import annotations

from datetime import date

from spendo.assistant.tools.envelope import (
    Amount,
    Averages,
    BankText,
    Count,
    DataRangeEnvelope,
    Figure,
    Group,
    LedgerEnvelope,
    Part,
    Percent,
    PeriodPart,
    Rate,
    Row,
    SumEnvelope,
)

OCTOBER = PeriodPart(
    start=date(2026, 10, 1), end=date(2026, 11, 1), time_zone="UTC", words="1–31 October 2026"
)


def usd(amount: str) -> Amount:
    return Amount(amount=amount, currency="USD")


def test_a_sum_tells_its_total_its_groups_its_rows_and_its_days() -> None:
    envelope = SumEnvelope(
        measure="spending",
        total=usd("12.50"),
        count=2,
        averages=Averages(per_day=usd("0.40")),
        period=OCTOBER,
        group_by="category",
        groups=(Group(label="Coffee", total=usd("12.50"), count=2),),
        group_count=1,
        rows=(
            Row(
                id=77,
                date=date(2026, 10, 9),
                amount=usd("-4.50"),
                category="Coffee",
                account="Blue Card",
                pending=False,
                transfer=False,
                bank_text=BankText(merchant="Bluebell", description="BLUEBELL 8841"),
            ),
        ),
    )
    words = "1–31 October 2026"
    told = [(each.label, each.value, each.kind, each.currency) for each in envelope.figures()]
    assert {each.period for each in envelope.figures()} == {words}
    assert {each.tool for each in envelope.figures()} == {"sum_transactions"}
    assert told == [
        ("spending", "12.50", "money", "USD"),
        ("average per day", "0.40", "money", "USD"),
        ("Coffee", "12.50", "money", "USD"),
        ("Coffee", "2", "count", None),
        ("spending group count", "1", "count", None),
        ("first day", "2026-10-01", "date", None),
        ("last day", "2026-10-31", "date", None),
        ("transactions", "2", "count", None),
        ("Bluebell", "2026-10-09", "date", None),
        ("Bluebell", "-4.50", "money", "USD"),
        ("transfers", "0", "count", None),
        ("hidden", "0", "count", None),
        ("pending", "0", "count", None),
        ("suspected count", "0", "count", None),
    ]


def test_an_id_and_a_name_with_digits_are_no_figures() -> None:
    class Named(Part):
        id: int
        name: str
        visits: Count | None

    told = list(Named(id=4242, name="7-Eleven 4242", visits=None).figures_within("t", None))
    assert told == []


def test_a_marked_field_is_a_figure_of_its_kind_wherever_it_stands() -> None:
    class Step(Part):
        label: str
        change: Percent | None
        rates: tuple[Rate, ...]

        def title(self) -> str:
            return self.label

    class Steps(LedgerEnvelope):
        tool: str = "steps"
        steps: tuple[Step, ...]

    envelope = Steps(count=1, steps=(Step(label="May", change="12.5", rates=("1.08", "1.10")),))
    told = list(envelope.figures())
    assert told[:3] == [
        Figure("steps", "May change", "12.5", "percent"),
        Figure("steps", "May rates", "1.08", "rate"),
        Figure("steps", "May rates", "1.10", "rate"),
    ]


def test_a_moment_is_no_figure_and_a_day_is() -> None:
    envelope = DataRangeEnvelope(first=date(2024, 2, 29), last=None, count=3)
    dates = [each.value for each in envelope.figures() if each.kind == "date"]
    assert dates == ["2024-02-29"]
