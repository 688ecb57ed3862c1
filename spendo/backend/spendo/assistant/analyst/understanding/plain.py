"""A message in plainer words: small talk dropped, sayings put as what they mean.

Every kind then needs wordings for what is said, not for each way of saying it: "shelled out",
"forked over" and "blew" are all "spent". A line of a table is a phrase (see phrases.py) without
gaps, "=" and the plain words; what follows "|" has to stand there, and stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from spendo.assistant.analyst.understanding.phrases import Phrase, match_at, phrase
from spendo.assistant.analyst.understanding.words import Line, Word

_MONTH = (
    "january/february/march/april/may/june/july/august/september/october/november/december/"
    "jan/feb/mar/apr/jun/jul/aug/sep/sept/oct/nov/dec"
)
_ORDINALS = tuple(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """.split()  # noqa: SIM905
)

_SMALL_TALK = """
    any/no/some idea = what
    tbh/btw/lol/imo/ngl/honestly/basically/literally =
    i mean =
    i would be interested in/to? knowing/seeing/hearing/know/see/hear? =
    i am interested in/to? knowing/seeing/hearing/know/see/hear? =
    i would be interested =
    to be shown/displayed/listed $ =
    listed out? $ =
    be shown/displayed/listed =
    do i have any idea =
    is it that = is
    i guess/suppose/think =
    so like =
    if you can/could/would =
    if possible =
    real quick =
    quick question =
    can/could/would you please? tell/show/remind me? | how/what/which/where/when =
    do you know | how/what/which/where/when =
    can/could/would you work out =
    can/could you add/tot/sum up = total
    add/tot/sum up | my/our/all/what/everything = total
    i would like/love/want to see = show
    i would like/love/want to know =
    i want/need to know =
    i am looking for = show
    i am trying to find = show
    all told =
    all in all =
    grand total = total
    combined total = total
    per cent = percent
    how many money/cash = how much money
    how many i/we = how much i
    in average = on average
    in dept = in debt
    on course = on track
    add/adds/added/adding up to = come to
    category wise = by category
    merchant/shop wise = by merchant
    account wise = by account
    month wise = by month
    this week then last = this week than last
    this month then last = this month than last
    more/less/higher/lower then = more than
    each/every separate/single/individual/calendar | week/month/day/category/account = each
    i/we got/went/go/get through = i spent
    manage/managed to =
    end/ended up =
    for me please? $ =
    thanks/cheers/ty/thank $ =
    looking/looking/shaping like/up =
    looking | this/last/so/in/for/compared =
    looking $ =
    please $ =
    i want to see = show
    let me see = show
    these days =
    at the moment =
    right now =
    as we speak =
    on file =
    all of them $ =
    by way of =
    in the way of =
    put a number/figure on = what is
    are hooked/linked/connected/registered/set up/in? = do i have
    accounts and/with their | balances/amounts = accounts and
    still | owe/owed =
    still? have/need to pay back = owe
    added together/up = in total
    combined $ = in total
    size/amount of | my/our/all/the? debt/debts = how much is
    owe/owed to? everyone/everybody/anyone = owe
    outstanding/remaining/existing/current | debt/debts/liabilities = my
"""

_TIMES = f"""
    at? the start/beginning of the year = at the start of this year
    at? the start/beginning of the month = at the start of this month
    at? the start/beginning of the quarter = at the start of this quarter
    at? the start/beginning of the week = at the start of this week
    back | on/in/at =
    since the? start/beginning of | {_MONTH}/last/this/the = since
    start/starting/starts/beginning on = from
    and? end/ending/ends/finishing on = to
    over/through/throughout/across/during the year = this year
    over/through/throughout/across/during the month = this month
    month to date = month to date
    year to date = year to date
    week to date = week to date
    quarter to date = quarter to date
    to date | this/last/in/against/with/vs/versus/compared/compare/next/alongside/beside = so far
    up to today/now | this = so far
    up to the? same date/day/point | last/this/in = same point
    equivalent/corresponding/matching | date/day/point/time/stage = same
    at/by the? close of | {_MONTH}/last/this/the = at the end of
""" + "".join(
    f"    the? {word} of? | {_MONTH} = {number}\n" for number, word in enumerate(_ORDINALS, 1)
)

_SPENDING = """
    gone/went/going out on = spent on
    i/we put/ran through my/our/the? | {name} = i spent with
    burn through? = spend
    burned/burnt through? = spent
    burning through? = spending
    blow through? | on/at/in/this/last/per/a = spend
    blew/blown through? | on/at/in/this/last/per/a = spent
    blowing through? | on/at/in/this/last/per/a = spending
    lay/laid/laying out = spent
    dough/dosh/moolah/wonga | did/do/have/has/came/went/is/was = money
    my/our cash | go/goes/going/went/gone = my money
    do/does/did i/we go/get through = did i spend
    eat/ate/dine/dined out = eating out
    shell/fork/splash/cough/fritter out/over/up/away = spend
    shelled/forked/splashed/coughed/frittered out/over/up/away = spent
    shelling/forking/splashing/coughing/frittering out/over/up/away = spending
    splash/splurge/squander | on/at/this/last/in = spend
    splashed/splurged/squandered | on/at/this/last/in = spent
    part with = spend
    parted with = spent
    hand/handed my/our? money to/over = spend
    drop | on/at = spend
    dropped/dropping | on/at = spent
    total/the/overall damage = total spending
    money drain/drains/guzzlers/eaters/pits = spending categories
    money disappear/disappears/vanish/vanishes to? = money go
    money disappeared/vanished/disappearing/vanishing to? = money gone
    money left my/our/the account/accounts/bank = money went out
    run/runs/ran me/us = cost me
    set/sets me/us back = cost me
    habit/habits = spending
    weekly/food/big/grocery shop | set/sets/cost/costs/last/this/in/come/came/bill/$ = groceries
    month-by-month = by month
    week-by-week = by week
    day-by-day = by day
    the? main/major/chief things/areas = biggest categories
    a normal/regular/ordinary | day/week/month = an average
"""

_INCOME = """
    bringing in/home = earned
    came/come/comes/coming my/our way = came in
    my/our work/job/employer/boss/company | pay/paid/pays =
    pay received = income received
    what got/was saved = what did i save
    rake/raking/pull/pulling/take/taking/haul/hauling in = earn
    raked/pulled/took/taken/hauled in = earned
    land/landed/arrive/arrived in/on my/our/the account/accounts/bank = came in
    hit/reached my/our/the account/accounts/bank = came in
    incoming money/cash/funds = money coming in
    money/cash incoming = money coming in
    got/have/had stashed/tucked/squirrelled/squirreled/salted/put/stored away? in = got in
    is/are/sitting/lying stashed/tucked/squirrelled/squirreled/salted/put/stored away? in = is in
    was/were stashed/tucked/squirrelled/squirreled/salted/put/stored away? in = was in
    tuck/stash/squirrel/sock/salt/put/set/lay away/aside/by = save
    tucked/stashed/squirrelled/squirreled/socked/salted/laid away/aside/by = saved
    tucking/stashing/squirrelling/squirreling/socking/salting/putting/setting away/aside/by = saving
    squirrelled/tucked/stashed/socked away in my? savings = squirrelled away in savings
    hang/hanging/hold/holding on to/onto = save
    hung/held on to/onto = saved
    keep/keeping/kept of/from my/our pay/income/salary/wages/earnings = save of my income
    of my/our pay/salary/wages/earnings do/did i/we keep/save = of my income did i save
    money/cash? coming? in minus/less/versus/vs/against money/cash? going? out = net cash flow
    did/has/have more go/gone/went out than = more went out than
"""

_BALANCES = """
    am/was/are/were i/we sitting on = did i have
    am/are i/we working with = do i have
    how flush/liquid am/are i/we = how much money do i have
    how full is/are = how much is in
    how full was/were = how much was in
    total across all/everything my/our? accounts? i/we? have? = total balance
    across the board =
    rock bottom = lowest
    lowest/low point | of/for/on/in = lowest balance
    at its/their/the emptiest/lowest = lowest balance
    bottom/bottomed/bottoming out at? = lowest balance
    run/ran/runs dry = lowest balance
    lowest ebb = lowest balance
    lowest/least i/we got/went/was | in/on = lowest balance
    ever dip/go/drop/fall below/under zero/0 = lowest balance
    dipped/went/gone/dropped/fell below/under zero/0 = lowest balance
    hit/hits/hitting/reached/reaches rock? bottom = lowest balance
    emptiest = lowest balance
    worst | balance/checking/savings/bank/account/cash = lowest
    left of the/my? money/cash | in/on = left
    current | state/status/balance/value/total/position =
    how close to empty/zero/nothing/nil | did/was/has = how low
    how close did = how low did
    the? least/smallest/lowest money/amount/sum? that? i/we? had/was/were | in/on = lowest balance
    the? most/highest money/amount/sum? that? i/we had | in/on = highest balance
"""

_WORTH = """
    what/how i/we am/are worth = my net worth
    how much i/we am/are worth = my net worth
    net worth delta = net worth change
    my/our/the/in total/overall/personal? wealth = my net worth
    total/overall/personal wealth = my net worth
    wealth figure = net worth
    financial worth = net worth
    what i/we have got? minus/less what/everything/all i/we owe = net worth
    richer/wealthier/poorer = net worth change
    better/worse off | than/now/today/this = net worth change
    better/worse off $ = net worth change
    assets less/minus all? my/our? debts/debt/liabilities/loans = net worth
    assets less/minus what/everything/all i/we owe = net worth
    own less/minus what/everything/all? i/we owe = net worth
    how deep in debt = how much debt
    how deep in the red = how much debt
    in hock for? = owe
    money/amount owed = debt
    liability = liabilities
    am/are i/we owe = do i owe
"""

_COMPARISON = """
    than it/i/they/we did/was/were | last/in/this = than
    through the roof = up
    delta = difference
    pricier/costlier/dearer than = more spending than
    stack/stacks/stacked/stacking/measure/measures up against/to/with = compared with
    stack | this/last/my/our = compare
    next/relative to | this/last/{month}/the = compared with
    alongside | this/last/{month}/the = compared with
    side by side = compared
    put | {month}/this/last = compare
    up/down on | last/the/{month} = higher than
    gone/went/go up/down since | last = higher than
""".replace("{month}", _MONTH)

_SEARCH = """
    pull/bring/dig/call/fish up/out = show
    north/upwards/upward of = over
    south of = under
    single | biggest/largest/most/smallest/cheapest =
"""


@dataclass(frozen=True, slots=True)
class _Rule:
    """`seen` of the words of the phrase are only looked at."""

    said: Phrase
    plain: tuple[str, ...]
    seen: int


def _rules(table: str) -> list[_Rule]:
    rules = []
    for line in filter(None, map(str.strip, table.splitlines())):
        said, _, plain = line.partition("=")
        said, _, seen = said.partition(" | ")
        rules.append(
            _Rule(phrase(f"{said.strip()} {seen}"), tuple(plain.split()), len(seen.split()))
        )
    return rules


_BY_WORD: dict[str, list[_Rule]] = defaultdict(list)
for _rule in _rules(
    _SMALL_TALK + _TIMES + _SPENDING + _INCOME + _BALANCES + _WORTH + _COMPARISON + _SEARCH
):
    for _word in _rule.said.starts:
        _BY_WORD[_word].append(_rule)


def in_plain_words(line: Line) -> Line:
    """One pass from left to right; the saying that takes the most words is put plainly. A message
    that is nothing but small talk stays as it is."""
    words = [word.word for word in line.words]
    done: list[Word] = []
    at = 0
    while at < len(words):
        rule, end = _longest(words, at)
        if rule is None:
            done.append(line.words[at])
            at += 1
        else:
            done.extend(Word(word, word) for word in rule.plain)
            at = end
    return Line(tuple(done)) if done else line


def _longest(words: list[str], at: int) -> tuple[_Rule | None, int]:
    best: tuple[_Rule | None, int] = (None, at)
    for rule in _BY_WORD.get(words[at], ()):
        found = match_at(rule.said, words, at)
        if found is not None and (end := max(found.words) + 1 - rule.seen) > best[1]:
            best = (rule, end)
    return best
