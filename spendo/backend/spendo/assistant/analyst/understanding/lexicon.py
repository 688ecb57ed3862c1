"""The words the analyst knows whatever is asked; a kind of question brings its own."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONTRACTIONS = {
    "what's": "what is",
    "whats": "what is",
    "wats": "what is",
    "theres": "there is",
    "where's": "where is",
    "wheres": "where is",
    "how's": "how is",
    "when's": "when is",
    "who's": "who is",
    "that's": "that is",
    "it's": "it is",
    "there's": "there is",
    "here's": "here is",
    "let's": "let us",
    "i'm": "i am",
    "im": "i am",
    "i've": "i have",
    "ive": "i have",
    "i'd": "i would",
    "i'll": "i will",
    "you're": "you are",
    "we've": "we have",
    "we're": "we are",
    "don't": "do not",
    "dont": "do not",
    "didn't": "did not",
    "didnt": "did not",
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "isn't": "is not",
    "wasn't": "was not",
    "haven't": "have not",
    "hasn't": "has not",
    "hasnt": "has not",
    "havent": "have not",
    "hadn't": "had not",
    "doesn't": "does not",
    "doesnt": "does not",
    "isnt": "is not",
    "aren't": "are not",
    "arent": "are not",
    "wasnt": "was not",
    "weren't": "were not",
    "couldn't": "could not",
    "wouldn't": "would not",
    "shouldn't": "should not",
    "they're": "they are",
    "they've": "they have",
    "you've": "you have",
    "we'll": "we will",
    "what've": "what have",
    "thats": "that is",
    "cant": "can not",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "hows": "how is",
    "how'd": "how did",
    "how've": "how have",
    "networth": "net worth",
    "w/": "with",
    "/": "and",
    "n": "and",
    "v": "vs",
    "%": "percent",
    "diff": "difference",
    "btwn": "between",
    "txns": "transactions",
    "txn": "transaction",
    "trans": "transactions",
    "acct": "account",
    "accts": "accounts",
    "cheque": "check",
    "paycheque": "paycheck",
    "u": "you",
    "r": "are",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
    "what'd": "what did",
    "where'd": "where did",
    "who'd": "who did",
    "payed": "paid",
    "teh": "the",
    "wat": "what",
    "wot": "what",
    "wots": "what is",
    "wen": "when",
    "howmuch": "how much",
    "lastmonth": "last month",
    "thismonth": "this month",
    "hw": "how",
    "gimme": "give me",
    "lemme": "let me",
    "where've": "where have",
    "bal": "balance",
    "amt": "amount",
    "mth": "month",
    "yr": "year",
    "wk": "week",
    "mo": "month",
    "em": "them",
    "'em": "them",
    "outta": "out of",
    "rn": "right now",
    "wtf": "what",
    "w": "with",
    "abt": "about",
    "cuz": "because",
    "thru": "through",
    "incl": "including",
    "excl": "excluding",
    "2x": "twice",
    "tmrw": "tomorrow",
    "spendings": "spending",
    "abeg": "please",
    "dey": "",
    "+": "and",
    "=": "is",
}


USUAL_CATEGORIES = word_set(
    """
    travel shopping sport sports clothing clothes transport entertainment health fitness gym gifts
    donations charity education pets kids household insurance utilities groceries restaurants
    coffee fuel petrol hobbies music electronics furniture movies
    """
)
"""Names that many ledgers have and other questions say, too: never passed over for the total of
everything."""

# Words that carry a question; a misspelling of one of them is put right.
KEY_WORDS = word_set(
    """
    transfer
    account accounts balance balances worth spend spent spending spends expense expenses expensive
    income earn earned earning earnings salary paycheck wages transaction transactions purchase
    purchases purchased payment payments largest biggest highest recent latest newest category
    categories merchant merchants store stores today yesterday last this past show list much many
    money total average saved savings saving bought transfers deposits checking breakdown compare
    between since quarter month months week weeks year years
    """
) | word_set("january february march april june july august september october november december")

# Real words that look like a misspelled key word. They stay what they are.
NOT_MISSPELLED = word_set(
    """
    wealth ride rides gross divided divide divides
    worse worst bigger cheaper
    north forth least east cast fast lost lift gift shop shops shoe shoes snow slow honey monkey
    send sent speed learn learned learning seek weak near wear hear bear dear clear tear fear
    tears decent changes charge charges change chance match mouth thin than then thing things
    think thank hotel hotels lunch brunch such mush mane mind vast mast past parking training
    spinning store story score amount amounts discount earth such rent tent cent cents spell
    splendid shown shot shout most cost costs list wish dish fish thus tall tell toll local vital
    metal pork park learns years yearly monthly weekly daily early pearl taxi taxes text test rest
    best west saves save saver wages waves ways stored restore bowls bough tough ought thought
    brought marsh match macho march junk jury july julia augusta show shows listing lasting
    """
)

FIRST_PERSON = word_set("i my me mine we our us ours myself")

# Words between two names, or around one, that are no part of a name on their own.
FUNCTION_WORDS = FIRST_PERSON | word_set(
    """
    end beginning start middle
    a an the this that these those there here it its of to in on at for from with by over under
    during within and or but so if as than then per about into out up down off is are was were be
    been being am do does did done has have had having will would could should can may might must
    shall what which who whom whose when where why how you your please tell show give get got let
    list see look know find want need like display many much some any all every each both other
    only just also too very really ever still again now so far well ok okay hey hi hello right yes
    no not ago before after since until till between through altogether together overall total
    totals sum exactly roughly approximately around actually currently lately time times kind sort
    thing things stuff more less most least same one ones number amount figure figures go went
    going goes come came make made makes take took put use used have call called named happen
    happened available left their they them towards toward anything something everything nothing
    sit sits sitting kept held hold holds holding
    """
)

OPENING_WORDS = word_set(
    """
    compare transactions payments purchases spending total average median biggest largest top
    smallest lowest highest minimum maximum balance income transfers refunds refund interest cost
    credit utilisation utilization progress remaining recommend suggest mark categorise categorize
    add delete undo remove always file move change count break monthly weekly daily avg net list
    money cash budget bills recurring subscriptions pending duplicate double uncategorised search
    find spent paid bought pay when why is are was were did do does has have had will would should
    expenses expense charges deposits accounts account debt debts loan mortgage goal goals savings
    using put take taking given counting excluding ignoring merge narrow filter restrict limit swap
    convert converted counted between regarding concerning did for
    analyse analyze aggregate calculate check combine compute display estimate evaluate examine
    explain extract figure group identify inspect itemise itemize order rank recap reckon report
    retrieve reveal review separate sort split sum summarise summarize tally total tot trace track
    work
    """
)
"""Words that begin a sentence, and no name."""

# Words that say what is asked for; also no part of a name on their own.
ASKING_WORDS = word_set(
    """
    owe owed owes own price prices uncategorised uncategorized categorised categorized without
    account accounts balance balances net worth spend spends spent spending expense expenses
    expenditure expenditures outgoings expensive cost costs costing income earn earned earning
    earnings salary pay paid pays paycheck paychecks wage wages transaction transactions purchase
    purchases purchased payment payments charge charges charged largest biggest highest top max
    maximum recent latest newest oldest first last past history activity category categories
    merchant merchants store stores shop shops place places payee payees vendor
    vendors outlay outlays repayment repayments averages averaged money cash funds dollar dollars
    buck
    bucks euro euros pound pounds usd eur gbp average mean typical buy buying bought breakdown
    break broken split grouped group compare compared comparison versus vs difference bill
    receipts orders bills
    day days daily week weeks weekly month months monthly quarter quarterly year years
    yearly today yesterday count often frequently frequency entries entry rows items item records
    bank banks statement receive received deposit deposits deposited saved save
    """
)

NUMBER_WORDS = word_set(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million dozen one
    """
)
"""Words that make up a number; the library for numbers in words reads what they say."""

MONEY_WORDS = word_set(
    """
    money cash dollar dollars buck bucks euro euros bank banks banking account accounts budget
    budgets finance finances financial spend spent spending cost costs price prices pay paid
    payment payments bill bills income salary wage wages rent loan loans mortgage debt debts
    credit card cards savings saving saved invest invested investment investments transaction
    transactions balance balances purchase purchases purchased bought expense expenses
    subscription subscriptions refund refunds transfer transfers deposit deposits withdrawal
    withdrawals fee fees tax taxes earn earned interest merchant merchants category categories
    charge charges charged owe owed owing repayment repayments repaid refunded reimbursed payday
    paycheck paychecks overdrawn overdraft overspent outgoings expenditure afford overdue
    subscribed pension
    """
)


CLASSES: dict[str, frozenset[str]] = {
    "i": word_set("i we"),
    "my": word_set("my our the"),
    "me": word_set("me us"),
    "do": word_set("do does did have has had am are is was were"),
    "is": word_set("is are was were"),
    "can": word_set("can could may might will would"),
    "show": word_set("show list see display view find search give tell get pull print"),
    "unit": word_set("day week month quarter year"),
    "units": word_set("days weeks months quarters years"),
    "spend": word_set(
        "spend spends spent spending expense expenses expenditure expenditures outgoings outlay "
        "outlays outgoing"
    ),
    "pay": word_set("pay pays paid paying"),
    "buy": word_set("buy buys bought buying purchase purchased order ordered"),
    "cost": word_set("cost costs costing price prices"),
    "earn": word_set(
        "earn earns earned earning earnings make makes made income incomes inflow inflows"
    ),
    "salary": word_set(
        "salary salaries wage wages paycheck paychecks pay payroll payday payslip income"
    ),
    "save": word_set("save saves saved saving"),
    "owe": word_set("owe owes owed owing"),
    "rows": word_set(
        "transaction transactions purchase purchases payment payments charge charges entry entries "
        "rows activity history statement deposit deposits record records"
    ),
    "things": word_set(
        "transaction transactions purchase purchases payment payments charge charges expense "
        "expenses bill bills thing things item items buy deposit deposits order orders"
    ),
    "shop": word_set(
        "merchant merchants store stores shop shops vendor vendors place places payee payees "
        "company companies retailer retailers business businesses"
    ),
    "account": word_set("account accounts bank banks card cards"),
    "category": word_set("category categories type types area areas"),
    "large": word_set("largest biggest highest priciest max maximum top greatest"),
    "small": word_set("smallest cheapest lowest min minimum least tiniest"),
    "late": word_set("last latest newest recent"),
    "average": word_set(
        "average averages avg mean typical typically usual usually normally median"
    ),
    "change": word_set(
        "change changes changed changing grow grows grew grown growing growth increase increased "
        "increases increasing decrease decreased decreases rise rose risen rising fall fell fallen "
        "shrink shrank shrunk "
        "falling jump jumped drop dropped trend trends trending develop developed evolve evolved"
    ),
    "more": word_set("more less higher lower fewer bigger smaller up down over under"),
    "subscription": word_set("subscription subscriptions subs memberships membership"),
    "budget": word_set("budget budgets budgeted budgeting"),
    "forecast": word_set("forecast forecasts predict projection projected prediction"),
    "goal": word_set("goal goals target targets"),
    "loan": word_set("loan loans mortgage mortgages debt debts"),
    "overspent": word_set(
        "blow blown blew bust busted burst exceed exceeded overshot overshoot overrun smashed "
        "broken overspent"
    ),
    "move": word_set(
        "move moves moved moving shift shifts shifted shifting transfer transfers transferred "
        "transferring"
    ),
    "stash": word_set(
        "put set tuck tucked stash stashed sock socked salt salted squirrelled squirreled stow "
        "stowed"
    ),
    "refund": word_set("refund refunds refunded reimbursement reimbursements reimbursed"),
}
"""Words that say the same in a phrase: `~spend`."""
