"""Subscriptions: what they cost, which got dearer, which are not used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from spendo.assistant.analyst.kind import Family, Kind
from spendo.assistant.analyst.lookup import Filter, look_up
from spendo.assistant.analyst.plan import Call, Plan, ask, period_text
from spendo.assistant.analyst.question import Question, Sort
from spendo.assistant.analyst.understanding.heard import Heard
from spendo.assistant.analyst.wording import counted, day, money, name, names, plain, table, to_ask
from spendo.assistant.tools.envelope import PeriodEnvelope, RecurringEnvelope
from spendo.assistant.tools.envelope.recurring import SeriesPart

SHOWN = 25
NO_RHYTHM = "Payments{} do not come in one rhythm."
CADENCES = {
    "weekly": "every week",
    "every_two_weeks": "every other week",
    "twice_a_month": "half-monthly",
    "monthly": "every month",
    "quarterly": "every quarter",
    "yearly": "every year",
}


def read(question: Question, heard: Heard) -> Question | None:
    """In a period they are what was spent on them."""
    if question.when is not None or question.other is not None:
        return None
    question = replace(question, sort=_end_asked_for(heard))
    return replace(read_prices(question, heard), names=())


def _end_asked_for(heard: Heard) -> Sort | None:
    if heard.says("~large/dearest/priciest", "most"):
        return "largest"
    return "smallest" if heard.says("~small", "least") else None


def read_yearly(question: Question, heard: Heard) -> Question | None:
    """What a named one comes to in a year."""
    if not question.names or question.when or heard.says("~average"):
        return None
    return read_prices(question, heard)


def read_prices(question: Question, heard: Heard) -> Question:
    subscriptions = heard.says("~subscription")
    return replace(question, aspect="subscription" if subscriptions else "regular")


def answer(question: Question) -> Plan:
    only = question.aspect == "subscription"
    arguments: dict[str, object] = {"status": "active"}
    if only:
        arguments["kind"] = "subscription"
    if question.names:
        text = yield from _of_names(question)
        return text
    found = yield from ask(RecurringEnvelope, Call("recurring", arguments))
    series = [each for each in found.series if each.kind in ("subscription", "bill")]
    if not series:
        what = "subscriptions" if only else "regular payments"
        return f"I see no {what} in your records since {day(found.since)}."
    one = "subscription" if only else "regular payment"
    text = _first(series, question.sort, one) + (
        f"Your {counted(len(series), one)} cost **{money(found.per_month)}** per month and "
        f"**{money(found.per_year)}** per year:\n\n{_table(series[:SHOWN])}"
    )
    if found.left_out:
        text += f"\n\nThose in {names(found.left_out)} are not in the totals."
    return text + (
        "\n\nA payment counts when it has come again and again in one rhythm; the amount is what "
        "is expected next."
    )


def _first(series: Sequence[SeriesPart], sort: Sort | None, one: str) -> str:
    """The one that costs most, or least, a year; of one currency."""
    if sort is None or len({each.per_year.currency for each in series}) > 1:
        return ""
    by_cost = sorted(series, key=lambda each: abs(Decimal(each.per_year.amount)))
    first = by_cost[0 if sort == "smallest" else -1]
    end = "cheapest" if sort == "smallest" else "most expensive"
    return (
        f"Your {end} {one} is **{name(first.merchant)}**: {plain(first.per_month)} per month, "
        f"{plain(first.per_year)} per year.\n\n"
    )


def _of_names(question: Question) -> Plan:
    """What one of them comes to in a month and in a year."""
    chosen = yield from look_up(question)
    found = yield from ask(RecurringEnvelope, Call("recurring", {"status": "active"}))
    series = _chosen(found, chosen)
    if not series:
        return NO_RHYTHM.format(chosen.words())
    return f"What you pay regularly{chosen.words()}:\n\n{_table(series[:SHOWN])}"


def _chosen(found: RecurringEnvelope, chosen: Filter) -> list[SeriesPart]:
    return [
        each
        for each in found.series
        if each.merchant in chosen.merchants or each.category in chosen.categories
    ]


def _table(series: Sequence[SeriesPart]) -> str:
    return table(
        ("Where", "Amount", "How often", "Per month", "Per year"),
        (
            (
                name(each.merchant),
                plain(each.amount),
                CADENCES.get(each.cadence, each.cadence),
                plain(each.per_month),
                plain(each.per_year),
            )
            for each in series
        ),
        right=(1, 3, 4),
    )


def price_rise(question: Question) -> Plan:
    found = yield from ask(RecurringEnvelope, Call("recurring", {"status": "active"}))
    if question.names:
        chosen = yield from look_up(question)
        named = _chosen(found, chosen)
        if not named:
            return NO_RHYTHM.format(chosen.words())
        if varying := [each.merchant for each in named if each.amounts == "varying"]:
            asked = f"Compare my spending at {varying[0]} this year with last year"
            return (
                f"What you pay at {names(varying)} is another amount each time, so no price of it "
                f"can be said to have changed. {to_ask(asked)}"
            )
        unchanged = [each for each in named if not (each.price_change and each.price_change.dearer)]
        if len(unchanged) == len(named):
            who = names(each.merchant for each in named)
            return f"{who} did not get more expensive since {day(found.since)}."
        found = found.model_copy(update={"series": named})
    wanted = ("subscription",) if question.aspect == "subscription" else ("subscription", "bill")
    dearer = [
        (each, each.price_change)
        for each in found.series
        if each.kind in wanted and each.price_change and each.price_change.dearer
    ]
    what = "subscription" if question.aspect == "subscription" else "regular payment"
    if not dearer:
        return f"No {what} of yours got more expensive since {day(found.since)}."
    dearer.sort(key=lambda pair: pair[1].on, reverse=True)
    lines = [
        f"{name(each.merchant)} got more expensive on {day(change.on)}: from {money(change.old)} "
        f"to **{money(change.new)}**."
        for each, change in dearer
    ]
    return "\n\n".join(lines)


def missed(question: Question) -> Plan:
    found = yield from ask(RecurringEnvelope, Call("recurring", {"status": "all"}))
    known = [each for each in found.series if each.status in ("found", "confirmed", "lapsed")]
    if question.when is not None:
        period = yield from period_text(question.when, "this month")
        days = yield from ask(
            PeriodEnvelope, Call("resolve_period", {"text": period, "move": 0, "unit": "same"})
        )
        start, end = days.period.start, days.period.end
        late = [(each, [on for on in each.missed if start <= on < end]) for each in known]
    else:
        late = [
            (each, [on for on in each.missed if each.last_on is None or on > each.last_on])
            for each in known
        ]
    late = [(each, days) for each, days in late if days]
    if not late and question.when is None:
        late = [(each, list(each.missed)) for each in known if each.missed]
    if not late:
        return "No payment that comes regularly is missing."
    late.sort(key=lambda pair: max(pair[1]), reverse=True)
    rows = [
        (
            name(each.merchant),
            "income" if each.kind == "income" else each.kind,
            f"about {money(each.amount)}" if each.amounts == "varying" else money(each.amount),
            day(max(days)),
            day(each.last_on) if each.last_on else "—",
        )
        for each, days in late[:10]
    ]
    lead = names(each.merchant for each, _ in late[:10])
    return f"{lead} did not come when expected:\n\n" + table(
        ("Where", "What", "Amount", "Expected on", "Last came on"), rows, right=(2,)
    )


KINDS = (
    Kind(
        name="subscriptions",
        family=Family.RECURRING,
        title="Subscriptions, per month and per year",
        cues="""
            70 pay/paying for every/each/per/monthly month?
            70 subscribed/subscribe to
            70 signed up to/for
            70 bill/bills/billed/charge/charges/charging me/us every/each/per month
            70 comes/goes/coming/going/taken out every/each/of .. month
            70 regular/fixed/standing/monthly outgoings/commitments
            70 paying/pay every/each single? month for
            92 which/what ~subscription .. ~i? .. most/cheapest/priciest/dearest/~large
            92 most expensive/~large/cheapest/priciest ~subscription
            70 ~subscription
            70 recurring payments/charges/costs/bills/expenses/transactions
            92 all/list/show .. regular/fixed/recurring payments/costs/bills/expenses
            70 regular payments/costs/bills/expenses
            70 fixed .. costs/expenses/payments
            70 standing orders
            70 direct debits
        """,
        never="""
            last/first
            ~i .. spend/spent
            spending/transactions
        """,
        read=read,
        answer=answer,
        examples=(
            "What are my subscriptions, per month and per year?",
            "what am I subscribed to",
            "everything that bills me every month",
            "what do my regular outgoings come to",
            "all the stuff I pay for every month",
            "my subscriptions",
            "how much do I pay for subscriptions per month and per year",
            "list my subscriptions with the yearly cost",
            "what do my subscriptions cost me",
            "my recurring payments",
            "subscripions per month",
            ("What are my subscriptions?", "which is the most expensive?"),
        ),
    ),
    Kind(
        name="yearly_cost",
        becomes="subscriptions",
        family=Family.RECURRING,
        title="What a regular payment comes to in a year",
        cues="""
            92 ~cost/~pay/much ... a/per/each/every year $
            92 ~cost/~pay/much ... yearly/annually $
        """,
        never="""
            ~subscription/services/service
            regular/recurring/fixed
        """,
        read=read_yearly,
        answer=answer,
        examples=(
            "how much does Streamhouse Video cost me a year",
            "what do I pay for Ironleaf Gym per year",
            "how much is Tunely Music a year",
            "what does Cloudbox Storage cost yearly",
            "what am I paying Metro Transit Pass annually",
            "how mch does Streamhouse Video cost me a year",
        ),
        shown=("how much does Streamhouse Video cost me a year",),
    ),
    Kind(
        name="price_rise",
        family=Family.RECURRING,
        title="Which got more expensive",
        cues="""
            82 charge/charges/charging me/us more
            82 bill/bills ... crept/creeping/creep up
            82 ~subscription ... crept/creeping/creep up
            82 crept/creeping up in price/cost
            82 put/putting/hike/hiked .. .. .. price/prices
            82 price/prices .. up
            82 up in price/cost
            82 charge/charges/charging me/us? more than/now/for
            82 ~subscription .. ~i? .. hike/hiked/hikes
            82 more expensive/dear/pricey than .. .. used/was/before
            82 ~subscription ... more expensive/dearer
            82 ~subscription ... ~change/up/raised/raise/costlier/pricier
            82 ~subscription ... raised ... price/prices
            82 ~subscription cost/costs more
            82 got/get/become/became/gotten more expensive
            82 price/prices went/go/gone/rise/rose/raised/increased/increase/increases
            82 raised/raise .. price/prices
            82 price increase/increases/rise/rises/hike/hikes/change/changes
            82 got dearer/pricier
            92 is/are .. .. more spending than it/they was/were
            92 did/has/have ... get/got/gotten/become/became pricier/dearer
            82 costs/cost more than before/used/it/they
        """,
        read=read_prices,
        answer=price_rise,
        examples=(
            "Which of my subscriptions got more expensive?",
            "did Netflix put its price up",
            "have any of my bills crept up",
            "which subscription got more expensive",
            "did any of my subscriptions go up in price?",
            "subscriptions that raised their price",
            "which subscriptions cost more than before",
            "price increases this year",
            "which subscripton got more expensive",
        ),
    ),
    Kind(
        name="missed",
        family=Family.RECURRING,
        title="Which expected payment did not come",
        cues="""
            82 everything/anything that should .. come/arrive
            82 is .. .. late $
            82 am/are/is ~i .. behind on/with
            82 is/are/anything/something/running .. late $
            82 anything/something/any/bill/bills/payment/payments .. late
            82 running late
            82 should have come/arrived/gone/cleared/left/happened/been
            82 not turn/turned/show/showed/shown up
            82 fail/failed to come/arrive/show/turn
            82 expected payment/payments/bill/bills/income/transaction/charge
            82 recurring/regular/usual payment/payments/bill/bills .. .. missing/late/overdue
            82 payment/payments/bill/bills ... did not come/arrive/happen
            82 did not come/arrive
            82 payment/payments/bill/bills not come/arrive/arrived
            82 overdue
            82 miss/missed/missing .. payment/payments/bill/bills/paycheck
            82 payment/payments/bill/bills ... missed
        """,
        answer=missed,
        examples=(
            "Which expected payment did not come?",
            "is anything late",
            "any bills that should have come by now",
            "am I behind on any bills",
            "which recurring payment is missing",
            "did any expected payment not come?",
            "is any regular payment overdue",
            "which bill did not come this month as usual",
            "did I miss a payment",
            "which expcted payment did not come",
        ),
    ),
)
