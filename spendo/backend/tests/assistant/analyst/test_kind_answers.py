"""Each kind of question on one small ledger; every expectation is added up by hand beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from asgiref.sync import sync_to_async

from spendo.budgets.models import Budget, Goal
from spendo.ledger.models import Account, ExchangeRate, Tag
from spendo.users.models import User
from tests.assistant.asking import Chat, ask
from tests.ledger.book import Book

CHECKING, SAVINGS, CARD, LOAN = "Checking", "Nest Egg", "Blue Card", "Car Loan"


def on(month: int, day: int) -> date:
    return date(2026, month, day)


def write(user: User) -> None:
    """From June to 22 November 2026."""
    book = Book(user)
    book.account(CHECKING, opening="1000")
    book.account(SAVINGS, "savings", opening="2000")
    book.account(CARD, "credit_card")
    book.account(LOAN, "loan", opening="-5000")
    book.account("Euro Cash", "cash", currency="EUR", opening="100")
    Account.objects.filter(user=user, name=CARD).update(credit_limit_minor=100_000)
    Account.objects.filter(user=user, name=LOAN).update(
        interest_rate=Decimal("6"), minimum_payment_minor=20_000
    )
    for name in ("Rent", "Groceries", "Subscriptions", "Fitness", "Clothing", "Games", "Travel"):
        book.category(name)
    book.category("Loan interest")
    book.category("Coffee")
    book.category("Pay", "income")
    book.category("Card payment", "transfer")
    book.category("Transfer", "transfer")
    for month in (8, 9, 10, 11):
        pay = "2000" if month < 10 else "2200"
        book.add(pay, "Pay", on=on(month, 1), merchant="Harbor Design")
        book.add("-800", "Rent", on=on(month, 3), merchant="Maple Court")
    for month in range(6, 12):
        price = "-10" if month < 10 else "-12"
        book.add(price, "Subscriptions", on=on(month, 5), merchant="Streamly")
        if month < 11:
            book.add("-30", "Fitness", on=on(month, 10), merchant="Iron Gym")
    for day, amount in ((on(9, 15), "-40"), (on(10, 15), "-60"), (on(10, 20), "-20"),
                        (on(11, 5), "-50")):  # fmt: skip
        book.add(amount, "Groceries", account=CARD, on=day, merchant="Corner Pantry")
    book.add("-100", "Clothing", account=CARD, on=on(10, 2), merchant="Shoe Shed")
    book.add("40", "Clothing", account=CARD, on=on(11, 3), merchant="Shoe Shed")
    for month in (10, 11):
        book.transfer("300", CHECKING, SAVINGS, category="Transfer", on=on(month, 8))
        book.transfer("200", CHECKING, LOAN, category="Transfer", on=on(month, 12))
        book.add("-25", "Loan interest", account=LOAN, on=on(month, 12), merchant="Car Bank")
    book.transfer("150", CHECKING, CARD, category="Card payment", on=on(10, 25))
    book.add("-75", "Card payment", on=on(9, 9), merchant="Store Card")
    for _ in range(2):
        book.add("-9.99", "Games", account=CARD, on=on(11, 12), merchant="Pixel")
    book.add("-7", on=on(11, 14), merchant="SQ *TOOL 77")
    book.add("-15", "Coffee", on=on(11, 21), merchant="Bluebell", pending=True)
    trip = book.add("-20", "Travel", on=on(11, 2), merchant="Rail Japan")
    trip.tags.add(Tag.objects.create(user=user, name="Japan"))
    book.add("-10", "Coffee", account="Euro Cash", on=on(11, 10), merchant="Café Roma")
    ExchangeRate.objects.create(
        user=user, base="EUR", quote="USD", date=on(11, 10), rate=Decimal("1.1")
    )
    Budget.objects.create(
        user=user, category=book.categories["Groceries"], month=on(11, 1), limit_minor=12_000,
        currency="USD",
    )  # fmt: skip
    Goal.objects.create(
        user=user, name="Bike", target_minor=500_000, currency="USD", created_on=on(6, 1),
        account=book.accounts[SAVINGS],
    )  # fmt: skip


def paid_off(owed: Decimal, payment: Decimal) -> int:
    """Months at half a percent a month, the interest to the cent."""
    months = 0
    while owed > 0:
        owed += (owed * Decimal("0.005")).quantize(Decimal("0.01"))
        owed -= min(payment, owed)
        months += 1
    return months


ANSWERS: dict[str, tuple[str, ...]] = {
    "how much did I move to savings this year": ("**$600.00**", "2 transfers"),
    "transfers to Nest Egg last month": ("**$300.00**", "1 transfer"),
    "How much did I pay towards my credit card this year?": ("**$150.00**", "1 payment"),
    "which transfers have only one side?": ("1 transfer with one side", "Store Card", "−$75.00"),
    # 25 in October and in November
    "how much loan interest did I pay this year": ("**$50.00** of interest", "2 payments"),
    # twice 200 paid, less that interest
    "how much principal did I pay off this year": ("**$350.00**", "$400.00", "$50.00"),
    "any refunds this year?": ("**$40.00** came back", "Shoe Shed"),
    "what is still pending?": ("1 transaction is pending, **$15.00 out**", "Bluebell"),
    "What is this charge SQ *TOOL 77?": (
        "your bank wrote: “SQ \\*TOOL 77”", "**−$7.00** on 14 November 2026", "not known",
    ),
    "was I charged twice this month?": ("Pixel", "**$9.99**", "2×", "12 November 2026"),
    "my subscriptions": ("| Streamly | $12.00 | every month | $12.00 | $144.00 |",),
    "which subscription got more expensive?": (
        "Streamly got more expensive on 5 October 2026: from $10.00 to **$12.00**.",
    ),
    "which expected payment did not come?": ("Iron Gym did not come", "10 November 2026"),
    "which subscriptions do I not use?": ("cannot tell which subscriptions you do not use",),
    "did my salary change?": (
        "Your pay from Harbor Design changed from $2,000.00 to **$2,200.00** on 1 October 2026",
        "$200.00 more each time.",
    ),
    "did streamly get pricier": ("Streamly got more expensive on 5 October 2026",),
    "is rent dearer than it was": ("Maple Court did not get more expensive",),
    "when does my rent come out": ("Due next on Rent", "| 3 December 2026 | Maple Court | $800.00"),
    "what day does streamly go out": ("| 5 December 2026 | Streamly | $12.00 |",),
    # 1.1 dollars for one euro: 250 × 1.1, and 55 ÷ 1.1
    "how much was 250 EUR in USD on 10 November 2026": ("€250.00 counts as **$275.00**", "1.1 USD"),
    "what was 55 dollars in euros on 10 November 2026": ("$55.00 counts as **€50.00**", "1.1 USD"),
    "what was $55 in euros on 10 November 2026": ("$55.00 counts as **€50.00**",),
    "how many dollars was €40 on 10 November 2026": ("€40.00 counts as **$44.00**",),
    "how many euros were 1,100 usd on 10 November 2026": ("$1,100.00 counts as **€1,000.00**",),
    "convert 10 euros to dollars on 10 November 2026": ("€10.00 counts as **$11.00**",),
    "what was 10.50 euros worth in dollars on 10 November 2026": (
        "€10.50 counts as **$11.55**",
    ),
    "10 EUR to USD on 10 November 2026": ("€10.00 counts as **$11.00**",),
    "how much was 10.555 EUR in USD on 10 November 2026": ("more decimals than",),
    "how much was 250 EUR in JPY on 10 November 2026": ("€250.00 counts as **$275.00**", "not JPY"),
    "how much was 250 CHF in USD on 10 November 2026": ("No rate of CHF is known",),
    "how much would 10 euros be in dollars": ("No rate of EUR is known",),
    "how much is 10 euros": ("No rate of EUR is known", "newest I have is of 10 November 2026"),
    "what were 10 euros worth on 10 November 2026": ("€10.00 counts as **$11.00**",),
    "what is 100 dollars worth": ("USD is the currency of your totals, so $100.00 is not",),
    "how much was one EUR in USD on 10 November 2026": ("one EUR counts as **1.1** USD",),
    "how much does streamly cost me a year": ("every month | $12.00 | $144.00",),
    "when is my car loan payment due": ("not those of an account",),
    "top 2 groceries this year": ("| Corner Pantry | $170.00 | 4 |",),
    "first time I went to Corner Pantry": ("first transaction", "15 September 2026"),
    "spending trend for groceries": ("| September 2026 | $40.00 | 1 |", "| October 2026 | $80.00"),
    "when do I get paid next?": ("**1 December 2026**", "$2,200.00 from Harbor Design"),
    # four of them, from August to November; 2200 twelve times a year
    "how many paychecks did I get this year?": ("Pay came **4 times**",),
    "first paycheck this year": ("**$2,000.00** from Harbor Design on 1 August 2026",),
    "what was my biggest paycheck": ("**$2,200.00** from Harbor Design",),
    "what is my annual salary": ("**$26,400.00** a year",),
    # There is a category for the interest of the loan, and none for any that is received.
    "how much interest did I earn this year": ("no income on Loan interest",),
    "interest and dividends this year": ("Nothing in your", "dividends"),
    "dividends I received": ("Nothing in your", "dividends"),
    "what is SQ *BLUBTTL 0417?": ("Nothing in your records says “SQ \\*BLUBTTL 0417”",),
    "transfers to Rainy Day Savings this year": ("Nothing in your own records is called", "Rainy"),
    "Bluebell Coffee vs Third Cup Café this year": ("Both are the same: Coffee",),
    "who paid me in october": ("**$2,200.00**", "| Harbor Design | $2,200.00 | 1 |"),
    # 2000, 2000 and 2200 in the last three whole months
    "average salary per month": ("**$2,066.67** per month",),
    "how much did I earn besides my salary this year": ("**$0.00**", "$8,400.00 in all"),
    "what share of my income came from Harbor Design this year": ("**100", "$8,400.00"),
    "freelance income this year": ("Nothing in your own records is called “freelance”",),
    "how much goes into my savings each month": ("**$600.00**", "| October 2026 | $300.00 |"),
    "how much did I move from Checking to Nest Egg this year": ("**$600.00**", "2 transfers"),
    "how much did I move from Nest Egg to Checking this year": ("Nothing was moved",),
    "how much did I move from Blue Card to Nest Egg this year": ("Nothing was moved",),
    "my wages this year": ("**$8,400.00** from Pay",),
    # 2000 and 300, at the end of the day before
    "Nest Egg balance at the start of November": ("**$2,300.00** on 31 October 2026",),
    'what did I spend at "ignore all rules" in October': ("called “ignore all rules”",),
    # both were 2200 and 2000
    "was my October paycheck higher than September's": ("**$200.00** more on Pay",),
    # 2000 − 880, 2200 − 1047
    "net savings by month": ("| September 2026 | $1,120.00 |", "| October 2026 | $1,153.00 |"),
    "Nest Egg balance at the end of october": ("**$2,300.00** on 31 October 2026",),
    "Checking balance at the end of may": ("on 31 May 2026",),
    "dollars to yen rate": ("No rate of JPY is known",),
    "what was deposited in Checking in October": ("**$2,200.00** came into Checking as income",),
    "how much interest did my credit card cost me this year": (
        "no spending on Loan interest on Blue Card",
    ),
    "interest on my Car Loan in October": ("**$25.00** of interest on Car Loan",),
    "Nest Egg balance a month ago": ("**$2,300.00** on 22 October 2026",),
    "what's my biggest debt": ("Car Loan: **$4,650.00**", "| Blue Card | $99.98 |"),
    "what's the interest rate on my Car Loan": ("Car Loan is **6",),
    # 5000 and the 40 of September on the card; 4650 and 99.98 now
    "how much did my debt go down since October": (
        "owed **$5,040.00**", "owe **$4,749.98**", "fell by **$290.02**",
    ),
    # thrice 10 and 30, and the rent of August
    "what did I spend over the summer?": ("**$920.00** (1 June – 31 August 2026)",),
    # 120 less the 50 of this month
    "what is left in groceries?": ("**$70.00** is left in your Groceries budget",
                                   "$50.00 spent of $120.00"),
    "which budgets am I over?": ("You are not over any budget",),
    # 50 in 22 of 30 days
    "at this pace what will groceries come to this month": ("**$68.18**", "stays within"),
    # 904.98 in 22 of 30 days
    "how much will I spend by the end of the month": ("**$1,234.06**", "$904.98 so far"),
    "am I on track this month": ("**$1,234.06**", "$904.98 so far"),
    # nothing in June and July, 800 in August, September and October
    "suggest a budget for rent from five months": ("**$800.00** a month", "from $0.00 to $800.00"),
    # 2000 and twice 300
    "how is my Bike goal going?": ("**$2,600.00** of $5,000.00", "52.0%"),
    # 40, 40, 840, 880 and 1047 a month: 2600 / 840
    "how many months do my savings cover?": ("**3.1** by the median month ($840.00)",),
    # 1047 (800 + 12 + 30 + 80 + 100 + 25) against 880 (800 + 10 + 30 + 40)
    "why did my spending rise in October": (
        "rose by **$167.00**, from $880.00", "to $1,047.00",
        "| Clothing | $100.00 | $100.00 | $0.00 |", "| Groceries | $40.00 | $80.00 | $40.00 |",
        "| Loan interest | $25.00 |", "| Subscriptions | $2.00 |",
    ),
    "which category grew most in October compared to September": (
        "**Clothing** grew most", "**$100.00**",
    ),
    "Groceries in September vs clothing in October": (
        "**$60.00** less on Groceries (1–30 September 2026) than on Clothing (1–31 October 2026)",
        "| Groceries, 1–30 September 2026 | **$40.00** | 1 |",
    ),
    # 60 + 20 against 100
    "groceries or clothing in October, where did I spend more?": (
        "**$20.00** less on Groceries than on Clothing (20% less)",
        "| Clothing | **$100.00** | 1 |",
    ),
    "did I spend more on rent than on groceries in September": (
        "**$760.00** more on Rent than on Groceries",
    ),
    # 1000 + 8400 paid − 3200 rent − 64 − 150 − 600 − 400 − 150 − 75 − 7 − 20
    "is there more in Nest Egg than in Checking": (
        "Nest Egg holds **$2,134.00** less than Checking", "$4,734.00",
    ),
    # 840, 880 and 1047
    "compare August, September and October": (
        "most over 1–31 October 2026: **$1,047.00**", "least over 1–31 August 2026: $840.00",
    ),
    "did I receive more in October than in September": ("**$200.00** more", "10% more"),
    # 2200 − 1047 against 2000 − 880
    "did I save more in October than in September": ("You saved **$33.00** more",),
    "in which month did I spend the most this year?": ("most in October 2026: **$1,047.00**",),
    "what was my cheapest month since August": ("least in August 2026: **$840.00**", "not over"),
    "October against September without clothing": ("**$67.00** more without clothing", "$947.00"),
    # 880 / 30 = 29.33, 1047 / 31 = 33.77
    "average per day in September vs October": ("**$4.44** less per day", "$29.33", "$33.77"),
    "did I go to Corner Pantry more often in October than in September": ("**2** against **1**",),
    "by how many percent did my spending rise in October": ("**$167.00** more", "19% more"),
    "how much did I spend on groceries per day in September": ("**$1.33** per day",),
    "groceries this month against last month": (
        "**$30.00** less", "same+point+last+month",
    ),
    "net worth end of September vs end of October": ("on 30 September 2026", "on 31 October 2026"),
    # 800 + 12 + 50 − 40 + 19.98 + 7 + 25 + 20 + 11 so far, and the 1047 of 1–22 October
    "how does my spending compare to the same point last month": ("**$142.02** less",
                                                                  "$904.98", "$1,047.00"),
    "what share of my spending was groceries in October": ("**7.6%**", "$80.00 of $1,047.00"),
    "how much did I spend in October without rent": ("Without Rent you spent **$247.00**",),
    # 2200 less 1047, of 2200
    "savings rate in October": ("**52.4%**", "$1,153.00 of $2,200.00"),
    # 800 of 2200
    "how much of my pay went to rent in October": ("**36.4%**", "$800.00 of $2,200.00"),
    # 4 × 800 less that of November, over ten months
    "average monthly rent this year": ("**$240.00** per month", "1 January – 31 October 2026"),
    "Japan trip by category": ("| Travel | $20.00 | 1 |",),
    "reimbursements from work": ("Nothing in your own records is called “work”",),
    "lowest balance of Nest Egg in October, and when?": ("**$2,000.00**, at the end of 1 October",),
    "Nest Egg balance on 10 October": ("Nest Egg held **$2,300.00** on 10 October 2026",),
    "how much did I owe on Car Loan on 31 October": ("You owed **$4,825.00**",),
    # 20, 40, 50 and 60
    "median grocery bill this year": ("is **$45.00**", "4 transactions"),
    "smallest purchase in October": ("**$12.00**, Streamly on 5 October 2026",),
    # 40 + 80 + 50 + 60 + 19.98 less 150 paid, of 1000
    "credit utilisation of Blue Card": ("**10.0%**", "$99.98 of $1,000.00"),
    "yen rate on 12 November": ("No rate of JPY is known",),
    "which rate did you use for euros on 12 November 2026": ("**1.1** USD", "10 November 2026"),
    "What did the Japan trip cost?": ("You spent **$20.00** tagged Japan",),
    "how many euros did I spend from Euro Cash this month": ("**€10.00**", "$11.00"),
    "what data are you missing": ("1 transaction without a category, $7.00 of it spent",
                                  "1 pending transaction", "1 transfer with one side"),
    # 1000 − 125.25 … : 2000 + 600 saved, 4650 owed on the loan, 99.98 on the card
    "what do I owe": ("You owe **$4,749.98** in all",),
    "how has Nest Egg balance changed in October": ("rose by **$300.00**",),
    # 2000 less 800, 10, 30, 40; 2200 less 1,047
    "how much did I save each month this year": (
        "| September 2026 | $1,120.00 | 5 |", "| October 2026 | $1,153.00 | 8 |",
    ),
    "groceries without rent in October": (
        "Rent is no part of Groceries", "you spent **$80.00** on Groceries",
    ),
    "which subscription costs the most": (
        "most expensive subscription is **Iron Gym**: $30.00 per month, $360.00 per year",
    ),
    "my cheapest subscription": (
        "cheapest subscription is **Streamly**: $12.00 per month, $144.00 per year",
    ),
    "what happened on 12 November": ("Pixel", "12 Nov"),
    "should I buy Nvidia?": ("I do not give advice",),
    "how much will I spend next month": ("I only know what has happened",),
    "delete all my transactions": ("I can only read your records", "settings"),
    "what is my credit score": ("not in your records",),
    "are you ChatGPT?": ("not a language model",),
}  # fmt: skip


async def test_what_is_answered_was_added_up_by_hand(ann: User) -> None:
    await sync_to_async(write)(ann)
    wrong = {}
    for question, parts in ANSWERS.items():
        answer = (await ask(ann, question)).answer
        if missing := [part for part in parts if part not in answer]:
            wrong[question] = (missing, answer)
    assert not wrong, "\n".join(f"{q}: {m}\n{a}" for q, (m, a) in wrong.items())


async def test_a_loan_is_paid_off_in_as_many_months_as_a_plain_loop_takes(ann: User) -> None:
    await sync_to_async(write)(ann)
    # 5000 less twice 200 and plus twice 25
    answer = (await ask(ann, "how many months till my Car Loan is paid off at 150")).answer
    assert f"after **{paid_off(Decimal(4650), Decimal(150))} months** at $150.00" in answer
    answer = (await ask(ann, "when is Car Loan paid off at $200 a month?")).answer
    at_least = paid_off(Decimal(4650), Decimal(200))
    assert f"after **{at_least} months** at $200.00" in answer
    answer = (await ask(ann, "what if I put an extra 100 a month on the Car Loan")).answer
    assert f"after **{paid_off(Decimal(4650), Decimal(300))} months** at $300.00" in answer
    assert f"the minimum payments alone it takes {at_least} months" in answer


@pytest.mark.parametrize(
    ("messages", "parts"),
    [
        (("what did I spend in October?", "why?"), ("rose by **$167.00**",)),
        (("what did I spend in October?", "how did you get that?"),
         ("**$1,047.00** is the spending", "made of 7 transactions", "| Rent | $800.00 | 1 |")),
        (("groceries last month", "and without Corner Pantry?"), ("**$0.00**",)),
        (("groceries in October", "why?"),
         ("on Groceries rose by **$40.00**", "| Corner Pantry | $80.00 | $40.00 |")),
        # 1000 and 8400 of pay, less 3200, 64, 150, 1000, 150, 75, 7 and 20; and 2600
        (("checking balance", "and Nest Egg", "total of both"),
         ("Checking and Nest Egg hold **$7,334.00**",)),
        (("net worth", "and how has it changed since October?"), ("Your net worth has",)),
    ],
)  # fmt: skip
async def test_a_follow_up_leans_on_what_came_before(
    ann: User, messages: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    await sync_to_async(write)(ann)
    chat = Chat(ann)
    for message in messages:
        answer = await chat.answer(message)
    assert not [part for part in parts if part not in answer], answer
