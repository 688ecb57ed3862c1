"""What the words and the categories of two rows say about their being one transfer."""

from dataclasses import dataclass

from spendo.ledger.matching.names import AccountNames
from spendo.ledger.matching.sides import OwnAccount, Side, words_of

_TRANSFER = words_of(
    """
    transfer transfers xfer tfr trf transferred autopay sweep umbuchung überweisung
    virement traspaso
    """
)
_PAYMENT = words_of("payment payments pmt pymt paid epay principal zahlung")
"""Says a transfer only where a debt is paid with it."""

_CASH = words_of("atm cash withdrawal withdraw")
"""Says a transfer only where the other side is cash."""

_AGAINST = words_of(
    """
    refund refunded return returned reversal reversed chargeback cashback rebate
    reimbursement salary payroll wages pension interest dividend rent tax fee fees bonus
    invoice sale
    """
)
_BETWEEN_PEOPLE = words_of("zelle venmo paypal cashapp wise revolut bizum twint paym")
"""Ways to pay others: only the name of an own account says that it was not another person."""

_TOWARDS = words_of("to from an von nach para de vers")
_NO_NAME = (
    _TRANSFER
    | _PAYMENT
    | _CASH
    | _TOWARDS
    | words_of(
        """
    account acct ending end in on ref reference online internal mobile web bank the my own
    id no number date confirmation conf via by ach x xx xxx xxxx card credit thank you
    checking savings saving loan mortgage brokerage investment
    """
    )
)
_DEBTS = ("credit_card", "loan")
_REFERENCE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """`out`, `into` and `shared` (what both sides say) are sentences for the user.

    `contradicted`: it is something else. `doubtful`: it may be.
    """

    out: tuple[str, ...]
    into: tuple[str, ...]
    shared: tuple[str, ...]
    names_account: bool
    contradicted: bool
    doubtful: bool

    @property
    def on_both_sides(self) -> bool:
        return bool(self.shared) or (bool(self.out) and bool(self.into))

    @property
    def is_enough_to_suggest(self) -> bool:
        return not self.doubtful or self.on_both_sides or self.names_account

    @property
    def weight(self) -> int:
        """How much is said for it: both sides over one, a name or a number over none."""
        sides = 2 if self.on_both_sides else int(bool(self.out or self.into))
        return 4 * sides + 2 * self.names_account + (not self.doubtful)

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.shared, *self.out, *self.into)))


def read_evidence(
    outflow: Side, inflow: Side, source: OwnAccount, target: OwnAccount, names: AccountNames
) -> Evidence:
    """What speaks for two rows of the right amounts and days, and what against."""
    shared = _shared(outflow, inflow)
    if outflow.words == inflow.words and {source.id, target.id} & names.named_by(outflow.words):
        shared.append("Both have the same text, and it names one of the two accounts.")
    out = _said(outflow, target, target, names)
    into = _said(inflow, source, target, names)
    pairs = ((outflow, source, target, out), (inflow, target, source, into))
    named = any(other.id in names.named_by(side.words) for side, _, other, _ in pairs)
    return Evidence(
        out=tuple(out),
        into=tuple(into),
        shared=tuple(shared),
        names_account=named or bool(shared),
        contradicted=any(
            _speaks_against(side, here, other, names) for side, here, other, _ in pairs
        ),
        doubtful=any(
            side.category_kind in ("expense", "income")
            or (bool(side.merchant) and not said and not shared)
            for side, _, _, said in pairs
        ),
    )


def _said(side: Side, other: OwnAccount, target: OwnAccount, names: AccountNames) -> list[str]:
    said = []
    if other.id in names.named_by(side.words):
        said.append(f"It names the account {other.name}.")
    if side.category_kind == "transfer":
        said.append("Its category is one for transfers.")
    if side.words & _TRANSFER and not side.words & _BETWEEN_PEOPLE:
        said.append("Its text says transfer.")
    if side.words & _PAYMENT and target.kind in _DEBTS:
        said.append("Its text says payment, and a debt is paid with it.")
    if side.words & _CASH and target.kind == "cash":
        said.append("Its text says cash, and it went to cash.")
    return said


def _shared(outflow: Side, inflow: Side) -> list[str]:
    """A number that both texts have, long enough to be no amount and no day."""
    common = [
        word
        for word in outflow.words & inflow.words
        if len(word) >= _REFERENCE_LENGTH and word.isdecimal()
    ]
    return ["Both have the same reference."] if common else []


def _speaks_against(side: Side, here: OwnAccount, other: OwnAccount, names: AccountNames) -> bool:
    own_words = names.words(here.id) | names.words(other.id)
    if (side.words - own_words) & _AGAINST:
        return True
    named = names.named_by(side.words)
    if other.id in named:
        return False
    if named - {here.id}:
        return True
    return bool(side.words & _BETWEEN_PEOPLE) or _names_a_stranger(side, own_words)


def _names_a_stranger(side: Side, own_words: frozenset[str]) -> bool:
    """Whether the text goes on with a name after "to" or "from"."""
    if not side.words & _TOWARDS:
        return False
    start = max(place for place, word in enumerate(side.in_order) if word in _TOWARDS)
    return any(
        word not in _NO_NAME and word not in own_words and word.isalpha() and len(word) > 2
        for word in side.in_order[start + 1 :]
    )
