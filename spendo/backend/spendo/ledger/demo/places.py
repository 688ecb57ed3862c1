"""Where the demo household keeps and spends its money. All names are invented."""

from decimal import Decimal
from typing import NamedTuple


class DemoAccount(NamedTuple):
    """`opening_minor` of the car loan is what it says in its schedule instead."""

    institution: str
    name: str
    kind: str
    opening_minor: int
    currency: str = "USD"
    credit_limit_minor: int | None = None
    minimum_payment_minor: int | None = None
    interest_rate: Decimal | None = None


ACCOUNTS: dict[str, DemoAccount] = {
    "checking": DemoAccount("Riverbend Bank", "Everyday Checking", "checking", 634_016),
    "card": DemoAccount(
        "Riverbend Bank", "Rewards Credit Card", "credit_card", -41_235,
        credit_limit_minor=800_000, minimum_payment_minor=4_000, interest_rate=Decimal("22.49"),
    ),
    "cash": DemoAccount("At home", "Cash Wallet", "cash", 8_500),
    "savings": DemoAccount("Riverbend Bank", "Rainy Day Savings", "savings", 620_000),
    "brokerage": DemoAccount("Larkspur Investing", "Brokerage", "investment", 1_145_027),
    "retirement": DemoAccount("Larkspur Investing", "401(k) Retirement", "retirement", 3_860_450),
    "loan": DemoAccount(
        "Riverbend Bank", "Car Loan", "loan", 0,
        minimum_payment_minor=30_574, interest_rate=Decimal("5.9"),
    ),
    "yen": DemoAccount("Tabi Money", "Yen Travel Card", "cash", 0, currency="JPY"),
    "cabin": DemoAccount("Lakeside Land Trust", "Lakeside Cabin", "property", 8_400_000),
    "old": DemoAccount("Riverbend Bank", "Old Joint Account", "checking", 12_041),
}  # fmt: skip

CATEGORIES: dict[str, str] = {
    "Pay": "income",
    "Interest": "income",
    "Dividends": "income",
    "Rent": "expense",
    "Utilities": "expense",
    "Groceries": "expense",
    "Eating out": "expense",  # the household calls it Restaurants by now
    "Coffee": "expense",
    "Transport": "expense",
    "Shopping": "expense",
    "Clothing": "expense",
    "Health": "expense",
    "Entertainment": "expense",
    "Subscriptions": "expense",
    "Travel": "expense",
    "Gifts": "expense",
    "Household": "expense",
    "Loan interest": "expense",
    "Fees": "expense",
    "Transfer": "transfer",
    "Card payment": "transfer",
    "Retirement contribution": "transfer",
}

PARENTS: dict[str, tuple[str, ...]] = {
    "Food": ("Groceries", "Eating out", "Coffee"),
    "Housing": ("Rent", "Utilities", "Household"),
}
RENAMED = ("Eating out", "Restaurants")


class Outing(NamedTuple):
    """How often in a month, where, and for how much (minor units, from and to)."""

    category: str
    times: tuple[int, int]
    places: tuple[str, ...]
    least: int
    most: int


OUTINGS: tuple[Outing, ...] = (
    Outing(
        "Groceries",
        (7, 9),
        ("Greenleaf Market", "Corner Pantry", "Sunrise Foods", "Oakstead Wholesale"),
        1_840,
        9_650,
    ),
    Outing(
        "Restaurants",
        (5, 8),
        ("Saffron Table", "Noodle Harbor", "Casa Limón", "The Copper Spoon", "Pizzeria Quattro"),
        1_420,
        6_780,
    ),
    Outing("Transport", (2, 3), ("Redline Fuel",), 3_210, 5_240),
    Outing("Transport", (2, 4), ("Hopalong Rides",), 890, 2_730),
    Outing(
        "Shopping",
        (2, 4),
        ("Hearth & Home Store", "Papertrail Books", "Volt Electronics"),
        1_499,
        13_900,
    ),
    Outing("Clothing", (0, 2), ("Thread & Needle", "Northpeak Outfitters"), 2_490, 11_800),
    Outing("Health", (1, 2), ("Willow Pharmacy",), 780, 3_460),
    Outing("Entertainment", (1, 3), ("Lantern Cinema", "Bluebird Music Hall"), 1_250, 6_400),
    Outing("Gifts", (0, 1), ("Petal & Stem Flowers",), 2_200, 7_500),
)


class Bill(NamedTuple):
    """A fixed charge on one day of every month."""

    day: int
    account: str
    category: str
    place: str
    minor: int


BILLS: tuple[Bill, ...] = (
    Bill(1, "checking", "Rent", "Maple Court Apartments", 165_000),
    Bill(1, "card", "Health", "Ironleaf Gym", 3_400),
    Bill(3, "card", "Transport", "Metro Transit Pass", 6_500),
    Bill(5, "checking", "Utilities", "Fiberlane Internet", 5_999),
    Bill(9, "card", "Subscriptions", "Tunely Music", 1_099),
    Bill(11, "card", "Subscriptions", "Cloudbox Storage", 299),
    Bill(18, "checking", "Utilities", "Cellgrove Mobile", 3_800),
)
