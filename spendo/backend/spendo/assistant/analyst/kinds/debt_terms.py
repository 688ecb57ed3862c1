"""What each debt is: how much of it is left, its rate and its minimum payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from spendo.assistant.analyst.balances import labels_of
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import look_up
from spendo.assistant.analyst.plan import AnswerNowError, Call, Plan, ask, ask_all
from spendo.assistant.analyst.question import Question, Sort
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import money, name, names, percent_text, plain, table
from spendo.assistant.tools.envelope import AccountsEnvelope, DebtPlanEnvelope
from spendo.assistant.tools.envelope.accounts import AccountPart
from spendo.assistant.tools.envelope.debts import DebtPart

NO_DEBTS = "You owe nothing on the cards and loans of your records."
NOT_KNOWN = "Its interest rate or minimum payment is not entered with the account."
_NO_NAMES = word_set(
    "apr interest rate rates minimum min payment payments debt debts loan loans each every one "
    "card cards mortgage highest lowest biggest smallest due separately individually owe"
)
_OWED = ("credit_card", "loan")


def read(question: Question, heard: Heard) -> Question | None:
    kept = tuple(
        each for each in question.names if not set(each.text.casefold().split()) <= _NO_NAMES
    )
    card, loan = heard.says_own("card"), heard.says_own("loan/mortgage")
    aspect = "each"
    if heard.says_own("apr/aprs", "interest rate/rates", "rate/rates"):
        aspect = "rate"
    elif heard.says_own("minimum/min"):
        aspect = "minimum"
    most = heard.says_own("~large/most")
    few = heard.says_own("smallest/lowest/least/tiniest/cheapest")
    sort: Sort | None = "largest" if most else "smallest" if few else None
    return replace(
        question,
        names=kept,
        group_by=None,
        aspect=aspect,
        sort=sort,
        measure=None,
        limit=None,
        horizon="card" if card and not kept else "loan" if loan and not kept else None,
    )


def answer(question: Question) -> Plan:
    chosen = yield from look_up(replace(question, horizon=None), first="in")
    if question.names and not chosen.accounts:
        raise AnswerNowError(f"{names(chosen.all())} is no card or loan of yours.")
    kinds = {"card": _OWED[:1], "loan": _OWED[1:]}.get(question.horizon or "", _OWED)
    which: dict[str, object] = {"kinds": list(kinds)}
    if chosen.accounts:
        which = {"accounts": list(chosen.accounts)}
    have = yield from ask(AccountsEnvelope, Call("list_accounts", which))
    accounts = have.accounts
    owed = [each for each in accounts if money(each.balance).startswith("−")]
    if not owed:
        return f"You owe nothing on {names(e.name for e in accounts)}." if accounts else NO_DEBTS
    called = dict.fromkeys(each.name for each in owed)
    calls = [Call("debt_plan", {"strategy": "avalanche", "accounts": [each]}) for each in called]
    found = yield from ask_all(DebtPlanEnvelope, calls)  # what one lacks leaves the others as known
    known = [each for plan in found for each in plan.debts]
    terms = {each.id: term for each in owed if (term := _terms_of(each, known))}
    shown = _sorted(owed, terms, question)
    if len(shown) == 1:
        return _one(shown[0], terms.get(shown[0].id), question.aspect)
    labels = labels_of(shown)
    rows = [_row(labels[each.id], each, terms.get(each.id)) for each in shown]
    lead = f"{_lead(shown[0], terms, question)}\n\n" if question.sort else ""
    return lead + table(("Debt", "Owed", "Rate", "Minimum a month"), rows, right=(1, 2, 3))


def _terms_of(account: AccountPart, known: Sequence[DebtPart]) -> DebtPart | None:
    """Those of its name; of two accounts of one name those with what is owed on it."""
    named = [each for each in known if each.account == account.name]
    owed = Decimal(account.balance.amount)
    if len(named) > 1:
        named = [each for each in named if abs(Decimal(each.balance.amount)) == abs(owed)]
    return named[0] if len(named) == 1 else None


def _sorted(
    owed: Sequence[AccountPart], terms: dict[int, DebtPart], question: Question
) -> list[AccountPart]:
    def key(account: AccountPart) -> Decimal:
        known = terms.get(account.id)
        if question.aspect == "rate":
            return Decimal(known.rate) if known else Decimal(0)
        if question.aspect == "minimum":
            return Decimal(known.minimum.amount) if known else Decimal(0)
        return -Decimal(account.balance.amount)

    return sorted(owed, key=key, reverse=question.sort != "smallest")


def _lead(first: AccountPart, terms: dict[int, DebtPart], question: Question) -> str:
    known = terms.get(first.id)
    which = "highest" if question.sort == "largest" else "lowest"
    if question.aspect == "rate" and known:
        return f"{name(first.name)} has the {which} rate: **{percent_text(known.rate)}** a year."
    if question.aspect == "minimum" and known:
        return (
            f"{name(first.name)} has the {which} minimum payment: **{money(known.minimum)}** "
            "a month."
        )
    return f"Your {question.sort} debt is {name(first.name)}: **{plain(first.balance)}**."


def _one(account: AccountPart, known: DebtPart | None, aspect: str) -> str:
    owed = f"you owe **{plain(account.balance)}** on it"
    if known is None:
        return f"{name(account.name)}: {owed}. {NOT_KNOWN}"
    rate = f"**{percent_text(known.rate)}** a year"
    minimum = f"**{money(known.minimum)}** a month"
    if aspect == "rate":
        return f"The interest rate of {name(account.name)} is {rate}; {owed}."
    if aspect == "minimum":
        return f"The minimum payment of {name(account.name)} is {minimum}; {owed}."
    return f"You owe **{plain(account.balance)}** on {name(account.name)}, at {rate}."


def _row(label: str, account: AccountPart, known: DebtPart | None) -> tuple[str, ...]:
    return (
        name(label),
        plain(account.balance),
        percent_text(known.rate) if known else "not known",
        money(known.minimum) if known else "not known",
    )


KINDS = (
    Kind(
        name="debt_terms",
        family=Family.DEBT,
        title="Each debt with its rate and its minimum payment",
        cues="""
            97 interest rate/rates on/of/for my/our/the/each/every .. .. card/cards/loan/mortgage
            97 interest rate/rates on/of/for my/our/the? {name}
            97 {name} interest rate/rates
            97 interest rate on/of/for car/auto/student/home/credit/rewards loan/card
            97 my/our/the .. .. card/cards/loan/loans/mortgage/debt/debts interest rate/rates
            97 which debt/debts/loan/loans/card ... ... rate/rates
            97 interest rate/rates do/am? ~i ~pay on
            97 interest rate/rates .. .. my/our debts/loans/cards
            97 ~small/~large interest rate debt/loan/card
            92 apr/aprs
            92 minimum/min monthly? payment/payments
            92 minimum/min due
            92 minimum/min .. .. pay on/for/towards my/our/the
            92 ~owe .. on/for/to each/every
            92 for/on/by/of each/every of? my? debt/debts/loan/loans
            92 list/show .. my? debt/debts/loans
            92 what/which debts/loans do/have ~i
            92 ~large/~small/biggest .. debt/loan
            92 which debt/loan/card ... ~large/~small/biggest/most
            97 debts/debt by size/balance/rate/account/interest
            92 breakdown of .. debts/debt
        """,
        never="""
            paying? only/just the? minimum
            paying the? minimum/more
            minimum payment/payments only
            avalanche/snowball
            first
        """,
        read=read,
        answer=answer,
        examples=(
            "How much do I owe on each?",
            "what's the interest rate on my credit card",
            "which debt has the highest interest rate",
            "what are my minimum payments",
            "what's my biggest debt",
            "minimum payment on the card",
            "list my debts",
            "minimum payement on the car loan",
        ),
    ),
)
