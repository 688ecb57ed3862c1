"""Who the people are: their accounts, what comes in, what goes out, and when they ask."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bench.spendobench.events import Account, Cadence

D = Decimal


@dataclass(frozen=True, slots=True)
class Shop:
    """`low` and `high` are in whole units of the home currency; `weight` is how often."""

    merchant: str
    category: str
    low: int
    high: int
    weight: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A payment of every month (or year) from `account` on `day`."""

    merchant: str
    category: str
    account: str
    day: int
    amount: Decimal
    kind: str = "bill"
    cadence: Cadence = "monthly"
    month: int = 1


@dataclass(frozen=True, slots=True)
class Pay:
    """`days_of_month` for a salary, `weekday` for weekly pay, neither for invoices now and then."""

    merchant: str
    category: str
    amount: Decimal
    days_of_month: tuple[int, ...] = ()
    weekday: int | None = None
    varies: bool = False
    raised_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Loan:
    """Paid on `day` from the current account. With `account` the loan is in the ledger: the payment
    is a transfer and the interest is booked on the loan. Without, each payment is split."""

    merchant: str
    payment: Decimal
    day: int
    interest: Decimal
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    key: str
    currency: str
    time_zone: str
    now: datetime
    current: str
    card: str
    savings: str
    excluded: str
    accounts: tuple[Account, ...]
    pay: tuple[Pay, ...]
    standing: tuple[Standing, ...]
    shops: tuple[Shop, ...]
    loan: Loan
    saves: Decimal
    rate_of_dinar_is_missing: bool


def _at(zone: str, *moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type, misc]


OPENED = date(2010, 1, 4)


def _opened(
    name: str, kind: str, currency: str, opening: str, institution: str, **more: object
) -> Account:
    return Account(name, kind, currency, D(opening), OPENED, institution, **more)  # type: ignore[arg-type]


def _everyones(home: str) -> tuple[Account, ...]:
    """Currencies without and with three decimals, and a small cheap debt, which is paid first by
    one strategy and last by the other."""
    return (
        _opened(
            "Furniture Plan",
            "loan",
            home,
            "-95.00",
            "Sofa World",
            rate=D("3.90"),
            minimum=D("15.00"),
        ),
        _opened("Yen Wallet", "cash", "JPY", "12000", "At home"),
        _opened("Dinar Account", "checking", "KWD", "150.250", "Gulf Commerce Bank"),
    )


STUDENT = Persona(
    key="student",
    currency="USD",
    time_zone="America/New_York",
    now=_at("America/New_York", 2026, 11, 30, 23, 30),  # in UTC it is December already
    current="Campus Checking",
    card="Quad Visa",
    savings="Piggy Savings",
    excluded="Parents Joint",
    accounts=(
        _opened("Campus Checking", "checking", "USD", "812.40", "Ivy Credit Union"),
        _opened("Piggy Savings", "savings", "USD", "1500.00", "Ivy Credit Union"),
        _opened(
            "Quad Visa",
            "credit_card",
            "USD",
            "-140.22",
            "Cardinal Bank",
            limit=D("2500.00"),
            rate=D("24.99"),
            minimum=D("35.00"),
        ),
        _opened("Bookstore Card", "credit_card", "USD", "0.00", "Cardinal Bank"),
        _opened("Parents Joint", "checking", "USD", "5400.00", "Ivy Credit Union", excluded=True),
        *_everyones("USD"),
    ),
    pay=(
        Pay(
            "Library Desk Payroll",
            "Wages",
            D("760.00"),
            days_of_month=(5, 20),
            raised_to=D("815.50"),
        ),
    ),
    standing=(
        Standing("Elm Street Rentals", "Rent", "Campus Checking", 3, D("650.00")),
        Standing("Tunewave", "Subscriptions", "Quad Visa", 11, D("5.99"), "subscription"),
        Standing("Flickbox", "Subscriptions", "Quad Visa", 14, D("9.99"), "subscription"),
        Standing("Iron Gym", "Fitness", "Quad Visa", 7, D("24.50"), "subscription"),
        Standing(
            "Paperly Premium",
            "Subscriptions",
            "Quad Visa",
            17,
            D("48.00"),
            "subscription",
            "yearly",
            2,
        ),
        Standing("Skyline Mobile", "Phone", "Campus Checking", 22, D("31.20")),
    ),
    shops=(
        Shop("Green Grocer", "Groceries", 8, 60, 6),
        Shop("Daily Market", "Groceries", 4, 35, 5),
        Shop("Noodle Bar", "Restaurants", 9, 24, 4),
        Shop("Taco Corner", "Restaurants", 7, 18, 4),
        Shop("Bean Scene", "Coffee", 3, 7, 8),
        Shop("City Transit", "Transport", 2, 6, 6),
        Shop("Lyra Rides", "Transport", 8, 30, 2),
        Shop("Uni Bookshop", "Books", 12, 90, 1),
        Shop("Thread Loft", "Clothing", 15, 80, 1),
    ),
    loan=Loan("Federal Student Loans", D("180.00"), 12, D("61.35")),
    saves=D("60.00"),
    rate_of_dinar_is_missing=True,
)

FAMILY = Persona(
    key="family",
    currency="USD",
    time_zone="America/Chicago",
    now=_at("America/Chicago", 2026, 11, 22, 12, 15),
    current="Household Checking",
    card="Sapphire Card",
    savings="Emergency Fund",
    excluded="Aunt May Trust",
    accounts=(
        _opened("Household Checking", "checking", "USD", "6210.75", "Prairie Bank"),
        _opened("Emergency Fund", "savings", "USD", "14000.00", "Prairie Bank"),
        _opened(
            "Sapphire Card",
            "credit_card",
            "USD",
            "-820.15",
            "Cardinal Bank",
            limit=D("12000.00"),
            rate=D("21.24"),
            minimum=D("90.00"),
        ),
        _opened("Outfitter Card", "credit_card", "USD", "0.00", "Outfitter"),
        _opened(
            "Home Mortgage",
            "loan",
            "USD",
            "-238400.00",
            "Prairie Bank",
            rate=D("5.75"),
            minimum=D("1820.00"),
        ),
        _opened("Maple Street House", "property", "USD", "345000.00", "Own"),
        _opened("Aunt May Trust", "investment", "USD", "88000.00", "Larkfield", excluded=True),
        *_everyones("USD"),
    ),
    pay=(
        Pay(
            "Meridian Hospital", "Salary", D("3120.00"), days_of_month=(15,), raised_to=D("3260.00")
        ),
        Pay("Lakeview Schools", "Salary", D("2480.00"), days_of_month=(28,)),
    ),
    standing=(
        Standing("Prairie Power", "Utilities", "Household Checking", 9, D("142.60")),
        Standing("Lakeshore Water", "Utilities", "Household Checking", 18, D("58.05")),
        Standing("Little Acorns Daycare", "Childcare", "Household Checking", 2, D("960.00")),
        Standing("Streamhouse", "Subscriptions", "Sapphire Card", 4, D("15.99"), "subscription"),
        Standing("Cloudbox", "Subscriptions", "Sapphire Card", 19, D("2.99"), "subscription"),
        Standing("Harbor Fitness", "Fitness", "Sapphire Card", 6, D("64.00"), "subscription"),
        Standing(
            "Roadside Club",
            "Subscriptions",
            "Sapphire Card",
            25,
            D("119.00"),
            "subscription",
            "yearly",
            5,
        ),
    ),
    shops=(
        Shop("Sunrise Foods", "Groceries", 20, 190, 8),
        Shop("Bulk Barn", "Groceries", 60, 260, 2),
        Shop("Pasta Palace", "Restaurants", 28, 95, 3),
        Shop("Burger Yard", "Restaurants", 14, 48, 3),
        Shop("Copper Kettle", "Coffee", 4, 9, 5),
        Shop("Gas & Go", "Transport", 30, 75, 4),
        Shop("Toy Harbor", "Kids", 10, 85, 2),
        Shop("Denim & Co", "Clothing", 25, 140, 2),
        Shop("Hearth Hardware", "Household", 9, 160, 2),
    ),
    loan=Loan("Prairie Home Loans", D("1820.00"), 1, D("1104.38"), account="Home Mortgage"),
    saves=D("400.00"),
    rate_of_dinar_is_missing=False,
)

FREELANCER = Persona(
    key="freelancer",
    currency="EUR",
    time_zone="Europe/Berlin",
    now=_at("Europe/Berlin", 2026, 10, 25, 23, 30),  # this day has 25 hours
    current="Business Account",
    card="Reise Mastercard",
    savings="Tax Reserve",
    excluded="Closed Depot",
    accounts=(
        _opened("Business Account", "checking", "EUR", "4310.09", "Spreebank"),
        _opened("Tax Reserve", "savings", "EUR", "9000.00", "Spreebank"),
        _opened(
            "Reise Mastercard",
            "credit_card",
            "EUR",
            "-310.40",
            "Spreebank",
            limit=D("4000.00"),
            rate=D("17.90"),
            minimum=D("50.00"),
        ),
        _opened("Studio Card", "credit_card", "EUR", "0.00", "Havelbank"),
        _opened(
            "Equipment Loan",
            "loan",
            "EUR",
            "-7600.00",
            "Spreebank",
            rate=D("6.40"),
            minimum=D("220.00"),
        ),
        _opened("Closed Depot", "investment", "EUR", "3100.00", "Havelbank", excluded=True),
        *_everyones("EUR"),
    ),
    pay=(
        Pay("Brandmark Agency", "Invoices", D("2400.00"), varies=True),
        Pay("Kiez Kollektiv", "Invoices", D("1100.00"), varies=True),
        Pay("Nordlicht Films", "Invoices", D("3900.00"), varies=True),
    ),
    standing=(
        Standing("Altbau Miete", "Rent", "Business Account", 1, D("1080.00")),
        Standing("Pixelsuite", "Software", "Reise Mastercard", 8, D("59.49"), "subscription"),
        Standing("Hostwerk", "Software", "Reise Mastercard", 13, D("12.00"), "subscription"),
        Standing("Kletterhalle", "Fitness", "Reise Mastercard", 5, D("49.00"), "subscription"),
        Standing(
            "Domainhafen",
            "Software",
            "Reise Mastercard",
            21,
            D("36.00"),
            "subscription",
            "yearly",
            3,
        ),
        Standing("Stadtstrom", "Utilities", "Business Account", 16, D("74.00")),
        Standing("Gesundkasse", "Insurance", "Business Account", 28, D("412.30")),
    ),
    shops=(
        Shop("Biomarkt", "Groceries", 9, 85, 7),
        Shop("Spaeti Eck", "Groceries", 3, 22, 4),
        Shop("Trattoria Lido", "Restaurants", 15, 60, 3),
        Shop("Imbiss Mitte", "Restaurants", 6, 18, 4),
        Shop("Kaffeebar Nord", "Coffee", 3, 8, 7),
        Shop("Bahnreisen", "Transport", 12, 120, 2),
        Shop("Rollrad", "Transport", 3, 15, 3),
        Shop("Fotohaus", "Equipment", 20, 420, 1),
        Shop("Stoffwerk", "Clothing", 20, 130, 1),
    ),
    loan=Loan("Spreebank Kredit", D("220.00"), 10, D("38.27"), account="Equipment Loan"),
    saves=D("500.00"),
    rate_of_dinar_is_missing=True,
)

RETIREE = Persona(
    key="retiree",
    currency="USD",
    time_zone="America/Phoenix",
    now=_at("America/Phoenix", 2026, 11, 15, 9, 5),
    current="Golden Checking",
    card="Desert Card",
    savings="Nest Egg",
    excluded="Grandkids Fund",
    accounts=(
        _opened("Golden Checking", "checking", "USD", "8120.00", "Saguaro Bank"),
        _opened("Nest Egg", "savings", "USD", "61250.00", "Saguaro Bank"),
        _opened(
            "Desert Card",
            "credit_card",
            "USD",
            "-75.90",
            "Saguaro Bank",
            limit=D("8000.00"),
            rate=D("19.99"),
            minimum=D("40.00"),
        ),
        _opened("Garden Club Card", "credit_card", "USD", "0.00", "Cactus Credit"),
        _opened("IRA", "retirement", "USD", "214300.55", "Larkfield"),
        _opened(
            "Car Note",
            "loan",
            "USD",
            "-15850.00",
            "Saguaro Bank",
            rate=D("7.20"),
            minimum=D("310.00"),
        ),
        _opened("Grandkids Fund", "savings", "USD", "20000.00", "Saguaro Bank", excluded=True),
        *_everyones("USD"),
    ),
    pay=(
        Pay(
            "Social Security", "Pension", D("2210.00"), days_of_month=(12,), raised_to=D("2268.00")
        ),
        Pay("Copper Mine Pension", "Pension", D("840.00"), days_of_month=(1,)),
    ),
    standing=(
        Standing("Mesa Electric", "Utilities", "Golden Checking", 17, D("121.15")),
        Standing("Canyon HOA", "Housing", "Golden Checking", 4, D("265.00")),
        Standing("Evergreen Medigap", "Health", "Golden Checking", 23, D("188.40")),
        Standing("Sunset Gazette", "Subscriptions", "Desert Card", 10, D("18.00"), "subscription"),
        Standing("Birdwatch Online", "Subscriptions", "Desert Card", 20, D("6.50"), "subscription"),
        Standing("Aqua Aerobics", "Fitness", "Desert Card", 3, D("30.00"), "subscription"),
        Standing(
            "Park Pass", "Subscriptions", "Desert Card", 14, D("80.00"), "subscription", "yearly", 4
        ),
    ),
    shops=(
        Shop("Cactus Market", "Groceries", 15, 120, 7),
        Shop("Orchard Stand", "Groceries", 6, 30, 3),
        Shop("Blue Plate Diner", "Restaurants", 12, 42, 4),
        Shop("Rosita's Kitchen", "Restaurants", 14, 55, 2),
        Shop("Morning Cup", "Coffee", 3, 8, 5),
        Shop("Mesa Pharmacy", "Health", 8, 90, 3),
        Shop("Fill Station", "Transport", 25, 60, 2),
        Shop("Garden Gate", "Garden", 9, 140, 2),
        Shop("Linen House", "Clothing", 18, 95, 1),
    ),
    loan=Loan("Saguaro Auto Finance", D("310.00"), 8, D("82.14"), account="Car Note"),
    saves=D("150.00"),
    rate_of_dinar_is_missing=True,
)

EXPAT = Persona(
    key="expat",
    currency="EUR",
    time_zone="Asia/Tokyo",
    now=_at("Asia/Tokyo", 2026, 11, 1, 0, 30),  # in UTC it is still October
    current="Euro Account",
    card="Globe Card",
    savings="Rainy Reserve",
    excluded="Former Flat Deposit",
    accounts=(
        _opened("Euro Account", "checking", "EUR", "5005.50", "Baltic Bank"),
        _opened("Rainy Reserve", "savings", "EUR", "7700.00", "Baltic Bank"),
        _opened(
            "Globe Card",
            "credit_card",
            "EUR",
            "-230.00",
            "Baltic Bank",
            limit=D("5000.00"),
            rate=D("18.50"),
            minimum=D("45.00"),
        ),
        _opened("Station Card", "credit_card", "JPY", "0", "Sakura Bank"),
        _opened("Tokyo Account", "checking", "JPY", "341000", "Sakura Bank"),
        _opened(
            "Study Loan",
            "loan",
            "EUR",
            "-11200.00",
            "Baltic Bank",
            rate=D("3.10"),
            minimum=D("160.00"),
        ),
        _opened("Former Flat Deposit", "savings", "EUR", "2400.00", "Baltic Bank", excluded=True),
        *_everyones("EUR"),
    ),
    pay=(
        Pay(
            "Kanto Robotics Europe",
            "Salary",
            D("3480.00"),
            days_of_month=(25,),
            raised_to=D("3600.00"),
        ),
    ),
    standing=(
        Standing("Shibuya Apartments", "Rent", "Euro Account", 2, D("940.00")),
        Standing("Linguaphone Plus", "Subscriptions", "Globe Card", 9, D("13.50"), "subscription"),
        Standing("Kinoport", "Subscriptions", "Globe Card", 18, D("10.99"), "subscription"),
        Standing("Bouldering Tokyo", "Fitness", "Globe Card", 6, D("72.00"), "subscription"),
        Standing(
            "Cloud Atlas Maps",
            "Subscriptions",
            "Globe Card",
            23,
            D("24.00"),
            "subscription",
            "yearly",
            6,
        ),
        Standing("Expat Health", "Insurance", "Euro Account", 15, D("149.90")),
    ),
    shops=(
        Shop("Family Konbini", "Groceries", 3, 28, 7),
        Shop("Depachika Hall", "Groceries", 12, 75, 3),
        Shop("Ramen Alley", "Restaurants", 7, 19, 5),
        Shop("Izakaya Momo", "Restaurants", 18, 62, 2),
        Shop("Kissaten Roku", "Coffee", 3, 8, 6),
        Shop("Metro Card", "Transport", 5, 40, 4),
        Shop("Electric Town", "Electronics", 15, 380, 1),
        Shop("Indigo Atelier", "Clothing", 22, 160, 1),
    ),
    loan=Loan("Baltic Study Finance", D("160.00"), 7, D("29.05"), account="Study Loan"),
    saves=D("350.00"),
    rate_of_dinar_is_missing=False,
)

GIG_WORKER = Persona(
    key="gig worker",
    currency="USD",
    time_zone="America/Los_Angeles",
    now=_at("America/Los_Angeles", 2026, 11, 1, 23, 30),  # the clocks went back this morning
    current="Pocket Checking",
    card="Drive Card",
    savings="Cushion",
    excluded="Ex Shared",
    accounts=(
        _opened("Pocket Checking", "checking", "USD", "640.18", "Bayline"),
        _opened("Cushion", "savings", "USD", "900.00", "Bayline"),
        _opened(
            "Drive Card",
            "credit_card",
            "USD",
            "-410.77",
            "Cardinal Bank",
            limit=D("3000.00"),
            rate=D("27.49"),
            minimum=D("45.00"),
        ),
        _opened("Fuel Card", "credit_card", "USD", "0.00", "Tankful"),
        _opened(
            "Van Loan", "loan", "USD", "-9300.00", "Bayline", rate=D("9.90"), minimum=D("260.00")
        ),
        _opened("Tip Jar", "cash", "USD", "85.00", "At home"),
        _opened("Ex Shared", "checking", "USD", "1210.00", "Bayline", excluded=True),
        *_everyones("USD"),
    ),
    pay=(
        Pay("Dashly Payouts", "Gig income", D("410.00"), weekday=3, varies=True),
        Pay("Hoppr Payouts", "Gig income", D("190.00"), weekday=0, varies=True),
    ),
    standing=(
        Standing("Sunset Rooms", "Rent", "Pocket Checking", 1, D("875.00")),
        Standing("Beatstream", "Subscriptions", "Drive Card", 12, D("10.99"), "subscription"),
        Standing("Routeplan Pro", "Subscriptions", "Drive Card", 16, D("7.49"), "subscription"),
        Standing("Night Owl Gym", "Fitness", "Drive Card", 8, D("19.99"), "subscription"),
        Standing(
            "Dashcam Cloud",
            "Subscriptions",
            "Drive Card",
            27,
            D("60.00"),
            "subscription",
            "yearly",
            7,
        ),
        Standing("Bay Wireless", "Phone", "Pocket Checking", 19, D("45.00")),
    ),
    shops=(
        Shop("Corner Bodega", "Groceries", 4, 38, 6),
        Shop("Value Mart", "Groceries", 15, 95, 3),
        Shop("Pho Station", "Restaurants", 9, 22, 4),
        Shop("Grill Truck", "Restaurants", 8, 17, 4),
        Shop("Drip Coffee", "Coffee", 3, 7, 7),
        Shop("Tankful", "Fuel", 22, 70, 5),
        Shop("Van Parts Depot", "Vehicle", 12, 260, 1),
        Shop("Second Stitch", "Clothing", 9, 60, 1),
    ),
    loan=Loan("Bayline Auto Lending", D("260.00"), 11, D("74.66"), account="Van Loan"),
    saves=D("50.00"),
    rate_of_dinar_is_missing=False,
)

PERSONAS = {
    persona.key: persona for persona in (STUDENT, FAMILY, FREELANCER, RETIREE, EXPAT, GIG_WORKER)
}
