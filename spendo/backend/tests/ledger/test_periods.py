from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spendo.ledger.periods import EARLIEST, UnknownPeriod, find_period, resolve_period

SUNDAY = date(2026, 11, 22)
DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))

# Seen from Sunday 22 November 2026: the phrase, the first and the last day, the words.
EXAMPLES = [
    ("today", "2026-11-22", "2026-11-22", "22 November 2026"),
    ("yesterday", "2026-11-21", "2026-11-21", "21 November 2026"),
    ("this week", "2026-11-16", "2026-11-22", "16–22 November 2026"),
    ("last week", "2026-11-09", "2026-11-15", "9–15 November 2026"),
    ("this month", "2026-11-01", "2026-11-22", "1–22 November 2026"),
    ("last month", "2026-10-01", "2026-10-31", "1–31 October 2026"),
    ("last year to date", "2025-01-01", "2025-11-22", "1 January – 22 November 2025"),
    ("last month to date", "2026-10-01", "2026-10-22", "1–22 October 2026"),
    ("the first 10 days of October", "2026-10-01", "2026-10-10", "1–10 October 2026"),
    ("last night", "2026-11-21", "2026-11-21", "21 November 2026"),
    ("this quarter", "2026-10-01", "2026-11-22", "1 October – 22 November 2026"),
    ("last quarter", "2026-07-01", "2026-09-30", "1 July – 30 September 2026"),
    ("this year", "2026-01-01", "2026-11-22", "1 January – 22 November 2026"),
    ("last year", "2025-01-01", "2025-12-31", "1 January – 31 December 2025"),
    ("in May", "2026-05-01", "2026-05-31", "1–31 May 2026"),
    ("May", "2026-05-01", "2026-05-31", "1–31 May 2026"),
    ("in December", "2025-12-01", "2025-12-31", "1–31 December 2025"),
    ("May 2026", "2026-05-01", "2026-05-31", "1–31 May 2026"),
    ("May last year", "2025-05-01", "2025-05-31", "1–31 May 2025"),
    ("last November", "2025-11-01", "2025-11-30", "1–30 November 2025"),
    ("in 2025", "2025-01-01", "2025-12-31", "1 January – 31 December 2025"),
    ("2025", "2025-01-01", "2025-12-31", "1 January – 31 December 2025"),
    ("last 30 days", "2026-10-24", "2026-11-22", "24 October – 22 November 2026"),
    ("last 1 days", "2026-11-22", "2026-11-22", "22 November 2026"),
    ("past 8 weeks", "2026-09-21", "2026-11-15", "21 September – 15 November 2026"),
    ("the last three months", "2026-08-01", "2026-10-31", "1 August – 31 October 2026"),
    ("over 12 months", "2025-11-01", "2026-10-31", "1 November 2025 – 31 October 2026"),
    ("over 14 days", "2026-11-09", "2026-11-22", "9–22 November 2026"),
    ("last 12 months", "2025-11-01", "2026-10-31", "1 November 2025 – 31 October 2026"),
    ("last 2 years", "2024-01-01", "2025-12-31", "1 January 2024 – 31 December 2025"),
    ("since January", "2026-01-01", "2026-11-22", "1 January – 22 November 2026"),
    ("since December", "2025-12-01", "2026-11-22", "1 December 2025 – 22 November 2026"),
    ("since 1 March", "2026-03-01", "2026-11-22", "1 March – 22 November 2026"),
    ("since last month", "2026-10-01", "2026-11-22", "1 October – 22 November 2026"),
    ("so far this year", "2026-01-01", "2026-11-22", "1 January – 22 November 2026"),
    ("year to date", "2026-01-01", "2026-11-22", "1 January – 22 November 2026"),
    ("YTD", "2026-01-01", "2026-11-22", "1 January – 22 November 2026"),
    ("from 1 March to 15 April", "2026-03-01", "2026-04-15", "1 March – 15 April 2026"),
    ("from 1 March to 15 April 2025", "2025-03-01", "2025-04-15", "1 March – 15 April 2025"),
    ("between March 1st and April 15th", "2026-03-01", "2026-04-15", "1 March – 15 April 2026"),
    ("between the 1st and the 15th of March", "2026-03-01", "2026-03-15", "1–15 March 2026"),
    ("from December to February", "2025-12-01", "2026-02-28", "1 December 2025 – 28 February 2026"),
    (
        "from December to February 2026",
        "2025-12-01",
        "2026-02-28",
        "1 December 2025 – 28 February 2026",
    ),
    ("March–May 2026", "2026-03-01", "2026-05-31", "1 March – 31 May 2026"),
    ("1–15 March", "2026-03-01", "2026-03-15", "1–15 March 2026"),
    ("2026-05", "2026-05-01", "2026-05-31", "1–31 May 2026"),
    ("2026-05-01..2026-05-31", "2026-05-01", "2026-05-31", "1–31 May 2026"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "29 February 2024"),
    ("on 15 March", "2026-03-15", "2026-03-15", "15 March 2026"),
    ("on the 15th of December", "2025-12-15", "2025-12-15", "15 December 2025"),
    ("on the 5th", "2026-11-05", "2026-11-05", "5 November 2026"),
    (
        "from 5 October 2025 to 1 October",
        "2025-10-05",
        "2026-10-01",
        "5 October 2025 – 1 October 2026",
    ),
    ("since the 15th", "2026-11-15", "2026-11-22", "15–22 November 2026"),
    ("between the 5th and the 12th", "2026-11-05", "2026-11-12", "5–12 November 2026"),
    ("first half of November", "2026-11-01", "2026-11-15", "1–15 November 2026"),
    ("the second half of February 2024", "2024-02-16", "2024-02-29", "16–29 February 2024"),
    ("March 15, 2024", "2024-03-15", "2024-03-15", "15 March 2024"),
    ("29 February", "2024-02-29", "2024-02-29", "29 February 2024"),
    ("February 2024", "2024-02-01", "2024-02-29", "1–29 February 2024"),
    ("Q1", "2026-01-01", "2026-03-31", "1 January – 31 March 2026"),
    ("Q4 2025", "2025-10-01", "2025-12-31", "1 October – 31 December 2025"),
    ("the second quarter of 2026", "2026-04-01", "2026-06-30", "1 April – 30 June 2026"),
    ("fourth quarter of last year", "2025-10-01", "2025-12-31", "1 October – 31 December 2025"),
    ("in summer", "2026-06-01", "2026-08-31", "1 June – 31 August 2026"),
    ("this autumn", "2026-09-01", "2026-11-30", "1 September – 30 November 2026"),
    ("last fall", "2025-09-01", "2025-11-30", "1 September – 30 November 2025"),
    ("over the winter", "2025-12-01", "2026-02-28", "1 December 2025 – 28 February 2026"),
    ("winter 2023/24", "2023-12-01", "2024-02-29", "1 December 2023 – 29 February 2024"),
    ("spring of last year", "2025-03-01", "2025-05-31", "1 March – 31 May 2025"),
    ("since spring", "2026-03-01", "2026-11-22", "1 March – 22 November 2026"),
    ("from winter to spring", "2025-12-01", "2026-05-31", "1 December 2025 – 31 May 2026"),
    ("from summer to winter 2025", "2025-06-01", "2026-02-28", "1 June 2025 – 28 February 2026"),
    ("first half of 2026", "2026-01-01", "2026-06-30", "1 January – 30 June 2026"),
    ("last Friday", "2026-11-20", "2026-11-20", "20 November 2026"),
    ("on Sunday", "2026-11-22", "2026-11-22", "22 November 2026"),
    ("last Sunday", "2026-11-15", "2026-11-15", "15 November 2026"),
    ("the last couple of months", "2026-09-01", "2026-10-31", "1 September – 31 October 2026"),
    ("3 days ago", "2026-11-19", "2026-11-19", "19 November 2026"),
    ("after 15 March", "2026-03-16", "2026-11-22", "16 March – 22 November 2026"),
    ("before May", "1900-01-01", "2026-04-30", "all time up to 30 April 2026"),
    ("all time", "1900-01-01", "2026-11-22", "all time up to 22 November 2026"),
    ("  Last   Month ", "2026-10-01", "2026-10-31", "1–31 October 2026"),
]


@pytest.mark.parametrize(("text", "first", "last", "words"), EXAMPLES)
def test_a_phrase_means_these_days(text: str, first: str, last: str, words: str) -> None:
    period = resolve_period(text, SUNDAY)
    assert (period.start.isoformat(), period.last_day.isoformat()) == (first, last)
    assert period.end == period.last_day + timedelta(days=1)
    assert period.words == words


# The day it is, the phrase, the first and the last day.
EDGES = [
    ("2026-05-01", "in May", "2026-05-01", "2026-05-31"),
    ("2026-05-17", "in May", "2026-05-01", "2026-05-31"),
    ("2026-04-30", "in May", "2025-05-01", "2025-05-31"),
    ("2026-05-17", "last May", "2025-05-01", "2025-05-31"),
    ("2026-01-01", "last month", "2025-12-01", "2025-12-31"),
    ("2026-01-01", "last quarter", "2025-10-01", "2025-12-31"),
    ("2026-01-01", "yesterday", "2025-12-31", "2025-12-31"),
    ("2026-01-01", "this year", "2026-01-01", "2026-01-01"),
    ("2026-01-01", "this week", "2025-12-29", "2026-01-01"),
    ("2026-01-01", "last week", "2025-12-22", "2025-12-28"),
    ("2026-11-23", "this week", "2026-11-23", "2026-11-23"),
    ("2026-11-23", "last week", "2026-11-16", "2026-11-22"),
    ("2024-03-01", "yesterday", "2024-02-29", "2024-02-29"),
    ("2024-03-31", "last month", "2024-02-01", "2024-02-29"),
    ("2023-03-31", "last month", "2023-02-01", "2023-02-28"),
    ("2024-02-28", "29 February", "2020-02-29", "2020-02-29"),
    ("2024-02-29", "29 February", "2024-02-29", "2024-02-29"),
    ("2026-03-14", "on 15 March", "2025-03-15", "2025-03-15"),
    ("2026-11-04", "on the 5th", "2026-10-05", "2026-10-05"),
    ("2026-01-04", "on the 5th", "2025-12-05", "2025-12-05"),
    ("2026-03-10", "on the 31st", "2026-01-31", "2026-01-31"),
    ("2026-11-10", "second half of November", "2025-11-16", "2025-11-30"),
    ("2026-01-10", "from 20 December to 5 January", "2025-12-20", "2026-01-05"),
    ("2026-03-20", "from 1 March to 15 April", "2026-03-01", "2026-04-15"),
    ("2026-02-10", "last 3 months", "2025-11-01", "2026-01-31"),
    ("2024-02-29", "last 30 days", "2024-01-31", "2024-02-29"),
    ("2026-02-28", "in winter", "2025-12-01", "2026-02-28"),
    ("2026-02-28", "last winter", "2024-12-01", "2025-02-28"),
    ("2026-03-01", "last winter", "2025-12-01", "2026-02-28"),
    ("2026-05-31", "last summer", "2025-06-01", "2025-08-31"),
    ("2026-12-01", "this winter", "2026-12-01", "2027-02-28"),
]


@pytest.mark.parametrize(("today", "text", "first", "last"), EDGES)
def test_the_edges_of_months_weeks_and_years(today: str, text: str, first: str, last: str) -> None:
    period = resolve_period(text, date.fromisoformat(today))
    assert (period.start.isoformat(), period.last_day.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "lsat month", "last mnth", "Mayy", "31 February", "2026-02-30", "2026-13",
        "30 February 2024", "29 February 2025", "next month", "tomorrow", "last 0 days",
        "15/03/2026", "last week of May", "last year and a half", "last few months",
        "two weeks ago", "from 15 April 2026 to 1 March 2026", "since 2150",
        "last 9999 weeks", "last month please",
        "this Friday", "last weekend", "next summer", "late spring", "end of the summer",
        "Q5", "32 May", "on the 32nd", "on the 0th", "between the 15th and the 5th",
        "between 5 October and 1 October", "from 5 October to 1 October",
        "third half of November",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    with pytest.raises(UnknownPeriod):
        resolve_period(text, SUNDAY)


# The sentence, and the part of it that is the period.
SENTENCES = [
    ("How much did I spend on groceries last month?", "last month"),
    ("What did I spend in May 2026 on coffee?", "in May 2026"),
    ("groceries from 1 March to 15 April 2026, please", "from 1 March to 15 April 2026"),
    ("What did I spend between 1 May and 3 June on rent", "between 1 May and 3 June"),
    ("transactions over $100 since 1 March", "since 1 March"),
    ("LAST MONTH'S groceries", "LAST MONTH"),
    ("How much so far this month?", "so far this month"),
    ("How much in the last 8 weeks", "in the last 8 weeks"),
    ("my biggest purchase ever", "ever"),
    ("did I ever buy tea last week", "last week"),
    ("March spending", "March"),
    ("compare April to May", "April"),
    ("what did I spend over the summer?", "over the summer"),
    ("my summer spending vs June", "summer"),
    ("last summer's travel", "last summer"),
    ("İstanbul café in May?", "in May"),
    ("coffee on the 5th at Bluebell", "on the 5th"),
]


@pytest.mark.parametrize(("sentence", "phrase"), SENTENCES)
def test_the_longest_phrase_in_a_sentence_is_found_where_it_is(sentence: str, phrase: str) -> None:
    found = find_period(sentence, SUNDAY)
    assert found is not None
    assert sentence[found.start_index : found.end_index] == phrase
    assert found.period == resolve_period(phrase, SUNDAY)


@pytest.mark.parametrize(
    "sentence",
    [
        "How much do I spend?", "may I ask something", "May I ask?", "How much may I spend",
        "I march on", "transactions over 2025", "a purchase of 2000", "transactions over $2025",
        "next door deli", "show my last few transactions", "my last 10 transactions",
        "spent on Sunday Bakery", "in Spring Bakery", "per month", "invoice 2026-05-1234",
        "between 2000 and 2010 dollars", "did my spending fall", "what I spent on winter tyres",
        "on the 2nd account", "paid on the 1st of each", "the 3rd largest",
        "at Summer House", "in summer camp", "a fall in prices",
    ],
)  # fmt: skip
def test_words_that_only_look_like_a_time_are_left_alone(sentence: str) -> None:
    assert find_period(sentence, SUNDAY) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "groceries on 31 February",
        "what comes next month?",
        "spent in the last week of May",
        "what did I buy on 5/14",
        "coffee since 05/06/2026",
        "travel last spring break",
        "gifts last Christmas",
        "gifts around christmas",
        "coffee at the end of summer",
        "spending over thanksgiving",
        "what I spend on weekends",
    ],
)
def test_a_time_that_cannot_be_resolved_is_refused_not_ignored(sentence: str) -> None:
    with pytest.raises(UnknownPeriod):
        find_period(sentence, SUNDAY)


def test_a_long_message_is_read_quickly() -> None:
    assert find_period("from the last of " * 2000, SUNDAY) is None
    assert find_period("since" + " " * 30_000, SUNDAY) is None


@given(DAYS, st.sampled_from(["week", "month", "quarter", "year"]))
def test_the_last_unit_ends_where_this_one_begins(today: date, unit: str) -> None:
    last, this = resolve_period(f"last {unit}", today), resolve_period(f"this {unit}", today)
    assert last.end == this.start <= today == this.last_day
    two = resolve_period(f"last 2 {unit}s", today)
    assert two.start == resolve_period(f"last {unit}", last.start).start
    assert two.end == last.end


@given(DAYS, st.integers(1, 2000))
def test_the_last_days_are_that_many_and_end_today(today: date, number: int) -> None:
    period = resolve_period(f"last {number} days", today)
    assert (period.end - period.start).days == number
    assert period.last_day == today


@given(DAYS, st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_a_full_date_is_read_in_every_form(today: date, day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        period = resolve_period(text, today)
        assert (period.start, period.last_day) == (day, day)


@given(DAYS, DAYS)
def test_a_bare_month_is_the_latest_that_has_begun(today: date, other: date) -> None:
    period = resolve_period(f"in {other:%B}", today)
    assert period.start.month == other.month
    assert period.start.day == 1
    assert period.start <= today
    assert today < period.start.replace(year=period.start.year + 1)
    assert period.last_day.month == other.month
    assert period.end.day == 1


@given(DAYS, st.text(max_size=60))
def test_any_text_is_a_period_or_unknown(today: date, text: str) -> None:
    try:
        period = resolve_period(text, today)
    except UnknownPeriod:
        return
    assert EARLIEST <= period.start < period.end


VOCABULARY = """
in on from to between and since before after until the last this next past first 2 31 15th 2026
1900 2026-02 2026-02-29 february may sunday day days weeks month quarter year half of so far all
time - q4 ago date
"""
WORDS = st.sampled_from(VOCABULARY.split())


@given(DAYS, st.lists(WORDS, max_size=7))
def test_any_order_of_the_words_of_time_is_a_period_or_unknown(
    today: date, words: list[str]
) -> None:
    text = " ".join(words)
    for read in (resolve_period, find_period):
        try:
            read(text, today)
        except UnknownPeriod:
            continue


@given(st.sampled_from(EXAMPLES), st.sampled_from(["How much did I spend", "coffees:"]))
def test_a_phrase_means_the_same_inside_a_sentence(
    example: tuple[str, str, str, str], opening: str
) -> None:
    phrase = example[0].strip()
    if phrase in {"2025"}:  # a bare number is a year only where nothing else is said
        return
    found = find_period(f"{opening} {phrase}", SUNDAY)
    assert found is not None
    assert found.period.words == example[3]
