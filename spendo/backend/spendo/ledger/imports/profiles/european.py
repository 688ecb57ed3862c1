"""Tables of banks in Europe."""

from spendo.ledger.imports.columns import ColumnMapping as Map
from spendo.ledger.imports.profiles.profile import Profile

_GERMAN_PENDING = ("vorgemerkt", "umsatz vorgemerkt", "pending")

EUROPEAN: tuple[Profile, ...] = (
    Profile(
        "dkb",
        "DKB",
        ("Buchungsdatum", "Wertstellung", "Status", "Verwendungszweck", "Umsatztyp"),
        Map(
            date="Buchungsdatum",
            value_date="Wertstellung",
            amount="Betrag (€)",
            merchant=("Zahlungsempfänger*in",),
            description=("Zahlungspflichtige*r", "Zahlungsempfänger*in", "Verwendungszweck"),
            status="Status",
            pending_words=_GERMAN_PENDING,
            date_order="dmy",
            decimal_mark=",",
        ),
    ),
    Profile(
        "ing_de",
        "ING (Germany)",
        ("Buchung", "Auftraggeber/Empfänger", "Buchungstext", "Verwendungszweck", "Betrag"),
        Map(
            date="Buchung",
            amount="Betrag",
            merchant=("Auftraggeber/Empfänger",),
            description=("Auftraggeber/Empfänger", "Buchungstext", "Verwendungszweck"),
            date_order="dmy",
            decimal_mark=",",
            default_currency="EUR",
        ),
    ),
    Profile(
        "ing_nl",
        "ING (Netherlands)",
        ("Datum", "Naam / Omschrijving", "Rekening", "Tegenrekening", "Af Bij", "Bedrag (EUR)"),
        Map(
            date="Datum",
            amount="Bedrag (EUR)",
            sign="Af Bij",
            out_words=("af",),
            merchant=("Naam / Omschrijving",),
            description=("Naam / Omschrijving", "Mededelingen"),
            account="Rekening",
            decimal_mark=",",
        ),
    ),
    Profile(
        "sparkasse",
        "Sparkasse (CSV-CAMT)",
        ("Auftragskonto", "Buchungstag", "Valutadatum", "Verwendungszweck", "Betrag", "Waehrung"),
        Map(
            date="Buchungstag",
            value_date="Valutadatum",
            amount="Betrag",
            currency="Waehrung",
            merchant=("Beguenstigter/Zahlungspflichtiger",),
            description=(
                "Beguenstigter/Zahlungspflichtiger",
                "Buchungstext",
                "Verwendungszweck",
            ),
            account="Auftragskonto",
            status="Info",
            pending_words=_GERMAN_PENDING,
            date_order="dmy",
            decimal_mark=",",
        ),
    ),
    Profile(
        "commerzbank",
        "Commerzbank",
        ("Buchungstag", "Wertstellung", "Umsatzart", "Buchungstext", "Betrag", "Währung"),
        Map(
            date="Buchungstag",
            value_date="Wertstellung",
            amount="Betrag",
            currency="Währung",
            description=("Buchungstext",),
            date_order="dmy",
            decimal_mark=",",
        ),
    ),
    Profile(
        "barclays",
        "Barclays",
        ("Number", "Date", "Account", "Amount", "Subcategory", "Memo"),
        Map(
            date="Date",
            amount="Amount",
            description=("Memo",),
            account="Account",
            date_order="dmy",
            decimal_mark=".",
            default_currency="GBP",
        ),
    ),
)
