"""How what is owed went over a time."""

from __future__ import annotations

from dataclasses import replace

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.balances import accounts_of
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question, When
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import day, is_zero, left_out, money, names, plain, table
from spendo.assistant.tools.envelope import BalanceHistoryEnvelope

NO_DEBTS = "There is no card or loan in your records."
_SHOWN = 13
_NO_NAMES = word_set(
    "debt debts indebted owe owing total card cards loan loans mortgage credit rise fall go went"
)


def read(question: Question, heard: Heard) -> Question | None:
    kept = tuple(
        each for each in question.names if not set(each.text.casefold().split()) <= _NO_NAMES
    )
    when = question.when
    if heard.times.ago:  # "than a year ago": since that day
        when = When("today", (heard.times.ago,))
    card, loan = heard.says_own("card/cards"), heard.says_own("loan/loans/mortgage")
    aspect = "" if card == loan else "credit_card" if card else "loan"
    step = question.group_by if question.group_by in ("day", "week", "month") else None
    since = "since" if heard.times.ago or heard.says_own("than {time}") else ""
    return replace(
        question, names=kept, when=when, group_by=step, aspect=f"{aspect} {since}".strip()
    )


def answer(question: Question) -> Plan:
    chosen = yield from look_up(question, first="in")
    if question.names and not chosen.accounts:
        raise AnswerNowError(f"{names(chosen.all())} is no card or loan of yours.")
    accounts = chosen.accounts
    if not accounts:
        kinds = [each for each in ("credit_card", "loan") if each in question.aspect.split()]
        accounts = yield from accounts_of(*(kinds or ("credit_card", "loan")))
    if not accounts:
        return NO_DEBTS
    period = yield from period_text(question.when, "this year")
    if question.aspect.endswith("since"):
        period = f"since {period.split('..')[0].removeprefix('in ').removeprefix('on ')}"
    arguments: dict[str, object] = {"period": period, "accounts": list(accounts)}
    arguments["step"] = question.group_by or "month"
    found = yield from ask(BalanceHistoryEnvelope, Call("balance_history", arguments))
    if found.first is None or found.last is None:
        return NO_DEBTS
    text = (
        f"You owed **{plain(found.first.balance)}** on {names(accounts)} at the end of "
        f"{day(found.first.date)} and owe **{plain(found.last.balance)}** at the end of "
        f"{day(found.last.date)}"
    )
    more = yield from difference(found.first.balance, found.last.balance)
    if is_zero(more):
        text += ": it is the same."
    else:
        word = "fell" if money(more).startswith("−") else "rose"
        text += f": it {word} by **{plain(more)}**."
    rows = ((day(point.date), plain(point.balance)) for point in found.points[-_SHOWN:])
    text += "\n\n" + table(("At the end of", "Owed"), rows, right=(1,))
    return text + "".join(f"\n\n{line}" for line in left_out(found.left_out))


KINDS = (
    Kind(
        name="debt_history",
        family=Family.DEBT,
        compares="times",
        title="How what is owed went",
        cues="""
            92 debt/debts .. .. ~change
            92 ~change .. .. debt/debts
            92 debt/debts .. .. go/gone/went/going/getting up/down/bigger/smaller/lower/higher
            92 debt/debts over time
            92 debt/debts by/per/each/every month/week
            92 ~owe more/less
            92 more/less ... debt than
            92 debt history
        """,
        never="""
            will/would
            extra/additional
            interest
            avalanche/snowball
        """,
        read=read,
        answer=answer,
        examples=(
            "How much did my debt go down this year?",
            "has my debt gone up since August",
            "my debt over time",
            "do I owe more than a year ago",
            "how did my debts change this year",
            "debt by month this year",
            "my debt hsitory",
        ),
    ),
)
