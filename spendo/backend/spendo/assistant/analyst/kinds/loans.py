"""What was paid on a loan: interest is spending, principal is not."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from spendo.assistant.analyst.arithmetic import difference
from spendo.assistant.analyst.balances import accounts_of
from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, ask_all, period_text
from spendo.assistant.analyst.question import Question
from spendo.assistant.analyst.sums import nothing_found, sum_of
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.understanding.lexicon import word_set
from spendo.assistant.analyst.wording import bold, counted, during, is_zero, money, names, notes
from spendo.assistant.tools.envelope import AnyEnvelope, NamesEnvelope, SumEnvelope

NO_INTEREST = (
    "Your records do not tell interest on loans apart: no category of yours is for it. Put it in a "
    "category of its own, or split the payments."
)
NO_PRINCIPAL = (
    "Your records do not tell what payments took off a loan: add the loan as an account, or put "
    "that part of the payments in a category of its own."
)


_GENERAL = word_set(
    "my the loan loans mortgage debt debts credit card cards interest all both bank borrowing"
)
"""Words for what was borrowed that name none of several."""


def _categories(
    word: str, *texts: str
) -> Generator[list[Call], list[AnyEnvelope], tuple[str, ...]]:
    """The user's categories of that word that are not income."""
    found = yield from ask_all(NamesEnvelope, [Call("match_names", {"text": t}) for t in texts])
    return tuple(
        dict.fromkeys(
            each.name
            for match in found
            for each in match.categories
            if word in each.name.casefold() and each.kind != "income"
        )
    )


def read_interest(question: Question, heard: Heard) -> Question | None:
    named = (n for n in question.names if not set(n.text.casefold().split()) <= _GENERAL)
    card = heard.says_own("card/cards")
    return replace(question, names=tuple(named), aspect="card" if card else "", group_by=None)


def _borrowed_on(question: Question) -> Generator[list[Call], list[AnyEnvelope], tuple[str, ...]]:
    """The accounts that are named, or all cards where one is meant; empty for everything."""
    chosen = yield from look_up(question, first="in")
    if chosen.accounts or question.aspect != "card":
        return chosen.accounts
    cards = yield from accounts_of("credit_card")
    return cards


def interest(question: Question) -> Plan:
    categories = yield from _categories("interest", "loan interest", "card interest", "interest")
    if not categories:
        return NO_INTEREST
    accounts = yield from _borrowed_on(question)
    if question.aspect == "card" and not accounts:
        return "You have no credit card here."
    period = yield from period_text(question.when, "this year")
    chosen = Filter(categories=categories, accounts=accounts)
    found = yield from ask(SumEnvelope, sum_of("spending", period, chosen))
    if accounts and not found.count and question.aspect != "card":
        loans = yield from accounts_of("loan")
        if set(loans) == set(accounts):  # booked where it is paid from, and there is no other loan
            chosen = Filter(categories=categories)
            found = yield from ask(SumEnvelope, sum_of("spending", period, chosen))
    if not found.count:
        what = f"no spending on {names(categories)}" + (f" on {names(accounts)}" * bool(accounts))
        text = yield from nothing_found(what, found)
        return text
    on = f" on {names(chosen.accounts)}" if chosen.accounts else ""
    return (
        f"You paid {bold(found.total)} of interest{on}{during(found.period)}, in "
        f"{counted(found.count, 'payment')} ({names(categories)}). Interest is spending; what a "
        "payment takes off the debt is not."
    ) + notes(found.excluded)


def principal(question: Question) -> Plan:
    """What was booked as principal; else what was paid into the loans less the interest on them."""
    period = yield from period_text(question.when, "this year")
    categories = yield from _categories("principal", "loan principal", "principal")
    if categories:
        found = yield from ask(SumEnvelope, _with_transfers("spending", period, categories))
        if found.count:
            return (
                f"You paid off {bold(found.total)} of principal{during(found.period)}, in "
                f"{counted(found.count, 'payment')}. Principal is no spending: it lowers the debt."
            )
    loans = yield from accounts_of("loan")
    if not loans:
        return NO_PRINCIPAL
    paid, charged = yield from ask_all(
        SumEnvelope,
        [
            Call(
                "sum_transactions",
                {
                    "measure": "net",
                    "period": period,
                    "accounts": list(loans),
                    "direction": "in",
                    "include_transfers": True,
                },
            ),
            sum_of("spending", period, Filter(accounts=loans)),
        ],
    )
    if not paid.count:
        return f"Nothing was paid towards {names(loans)}{during(paid.period)}."
    repaid = yield from difference(paid.total, charged.total)
    if is_zero(charged.total):
        return (
            f"You paid off {bold(repaid)} of principal on {names(loans)}{during(paid.period)}. "
            "Principal is no spending: it lowers the debt."
        ) + notes(paid.excluded)
    return (
        f"You paid off {bold(repaid)} of principal on {names(loans)}{during(paid.period)}: "
        f"{money(paid.total)} paid, of which {money(charged.total)} was interest. Principal is no "
        "spending: it lowers the debt."
    )


def _with_transfers(measure: str, period: str, categories: tuple[str, ...]) -> Call:
    call = sum_of(measure, period, Filter(categories=categories))
    return replace(call, arguments={**call.arguments, "include_transfers": True})


KINDS = (
    Kind(
        name="loan_interest",
        family=Family.TRANSFERS,
        title="Interest paid on loans",
        cues="""
            92 interest ... my/our/the credit? card/cards
            92 credit? card/cards interest
            92 credit? card/cards ... ~cost me/us in? interest
            74 interest ~i have? been? charged/paid/paying
            74 charged ... interest
            74 ~cost me/us? .. in interest
            74 interest ... loan/loans/mortgage/debt/debts
            74 loan/loans/mortgage/debt ... interest
            74 interest did ~i pay
            74 interest ~i paid
            74 interest charges/paid/payments/costs
            74 pay/paid/paying .. .. in/of? interest
        """,
        never="""
            savings
            principal
            without interest
            rate/rates
            will/would
        """,
        read=read_interest,
        answer=interest,
        examples=(
            "How much loan interest did I pay this year?",
            "interest I've been charged on the car loan in 2025",
            "what's my mortgage costing me in interest",
            "interest on my loan last month",
            "what did I pay in loan interest this year",
            "loan interest last year",
            "how much interest did the mortgage cost me this year?",
            "how much interest did I pay last month",
            "loan intrest this year",
        ),
    ),
    Kind(
        name="loan_principal",
        family=Family.TRANSFERS,
        title="What payments took off a loan",
        cues="""
            75 ~loan .. come/came/gone/went/go down
            75 knocked/chipped/taken/whittled ... off .. .. ~loan
            75 ~loan ... knocked/chipped/taken/whittled off/down
            75 principal
            75 pay/paid/paying down
            75 repay/repaid/repayment ... loan/mortgage
            75 ~loan ... repay/repaid
            75 ~loan ... pay/paid down
            75 paid/pay off .. of my/the ~loan
            75 without interest
        """,
        never="""
            {amount}
            will/would
        """,
        answer=principal,
        examples=(
            "How much principal did I pay off this year?",
            "how much of my loan have I actually paid down",
            "principal paid on my loan last month",
            "how much of the loan did I pay down this year",
            "loan principal last year",
            "how much did I repay of the loan this year, without interest?",
            "mortgage principal this year",
            "loan princpal last month",
        ),
    ),
)
