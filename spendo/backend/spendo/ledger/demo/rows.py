"""One line of the demo household's statements."""

from dataclasses import dataclass
from datetime import date

PREFIX = "demo:"


@dataclass(frozen=True, slots=True)
class DemoRow:
    """One side of a movement, in minor units of its account's currency.

    `twin` is the external id of the other side of a transfer, `needs` another account without
    which the row makes no sense. `pending_minor` is what it is as long as it is pending, where
    that is something else. `parts` (category, amount, description) stand in its place; the first
    one without a category is the principal that the row `twin` of the loan is the other side of.
    `refund_of` is the external id of a row with parts, of whose last one it is the refund.
    """

    account: str
    day: date
    minor: int
    place: str
    category: str | None
    external_id: str
    twin: str = ""
    description: str = ""
    needs: str = ""
    pending_minor: int | None = None
    parts: tuple[tuple[str | None, int, str], ...] = ()
    refund_of: str = ""
    tag: str = ""

    @property
    def settles_later(self) -> bool:
        """Card purchases are pending for some days; the bank's own bookings are not."""
        return self.account == "card" and self.minor < 0


def external_id(account: str, day: date, place: str, number: int = 1) -> str:
    """What knows a row again; it does not depend on the rows of other days."""
    return f"{PREFIX}{account}:{day}:{place.casefold().replace(' ', '-')}:{number}"
