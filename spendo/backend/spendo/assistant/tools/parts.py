"""Values of the selectors as parts of envelopes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from spendo.assistant.tools.envelope import (
    SAMPLE_ROWS,
    AccountPart,
    Amount,
    BankText,
    Converted,
    Excluded,
    LeftOut,
    RatePart,
    Row,
    bank_text,
)
from spendo.ledger import selectors
from spendo.ledger.money import Money


def amount(money: Money) -> Amount:
    return Amount(amount=str(money), currency=money.currency)


def account_part(account: selectors.AccountBalance, *, today: date | None = None) -> AccountPart:
    """What is pending now says nothing of another day than `today`."""
    is_now = today is None or account.as_of == today
    return AccountPart(
        id=account.id,
        name=bank_text(account.name),
        institution=bank_text(account.institution),
        kind=account.kind,
        group=account.group,
        balance=amount(account.balance),
        pending=amount(account.pending if is_now else Money.zero(account.currency)),
        as_of=account.as_of,
        converted=amount(account.converted) if account.converted and account.rate else None,
        rate=rate_part(account.rate) if account.rate else None,
    )


def left_out(currencies: Iterable[selectors.LeftOutCurrency]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(total=amount(each.total), accounts=each.accounts, transactions=each.transactions)
        for each in currencies
    )


def row_part(row: selectors.TransactionRow) -> Row:
    return Row(
        id=row.id,
        date=row.date,
        amount=amount(row.amount),
        category=bank_text(row.category) if row.category else None,
        account=bank_text(row.account),
        pending=row.pending,
        transfer=row.transfer,
        bank_text=BankText(
            merchant=bank_text(row.merchant), description=bank_text(row.description)
        ),
    )


def excluded_part(excluded: selectors.Excluded) -> Excluded:
    return Excluded(
        transfers=excluded.transfers,
        hidden=excluded.hidden,
        pending=excluded.pending.count + excluded.pending.unconverted,
        pending_total=amount(excluded.pending.total),
        suspected_transfers=tuple(
            row_part(row) for row in excluded.suspected_transfers[:SAMPLE_ROWS]
        ),
        suspected_count=excluded.suspected_count,
        left_out=left_out(excluded.left_out),
    )


def converted_part(currency: selectors.ConvertedCurrency) -> Converted:
    return Converted(
        total=amount(currency.total),
        converted=amount(currency.converted),
        count=currency.count,
        first_rate=rate_part(currency.first_rate),
        last_rate=rate_part(currency.last_rate),
    )


def rate_part(rate: selectors.Rate) -> RatePart:
    return RatePart(
        base=rate.base, quote=rate.quote, rate=format(rate.decimal, "f"), date=rate.date
    )
