"""Which deposits are pay, and not interest, dividends or what else came in."""

from __future__ import annotations

from collections.abc import Generator

from spendo.assistant.analyst.lookup import Filter
from spendo.assistant.analyst.plan import Call, ask, ask_all
from spendo.assistant.tools.envelope import AnyEnvelope, NamesEnvelope, RecurringEnvelope

PAY = (
    "salary/salaries/wage/wages/paycheck/paychecks/payslip/payslips/payroll",
    "my/our total? pay",
)
"""Words for what comes from work alone, not for all that comes in."""


def pay_of() -> Generator[list[Call], list[AnyEnvelope], Filter | None]:
    """The income categories for pay, else who pays regularly; None where nothing tells it."""
    found = yield from ask_all(
        NamesEnvelope, [Call("match_names", {"text": text}) for text in ("salary", "pay")]
    )
    categories = dict.fromkeys(
        each.name for match in found for each in match.categories if each.kind == "income"
    )
    if categories:
        return Filter(categories=tuple(categories))
    regular = yield from ask(
        RecurringEnvelope, Call("recurring", {"kind": "income", "status": "active"})
    )
    merchants = dict.fromkeys(each.merchant for each in regular.series)
    return Filter(merchants=tuple(merchants)) if merchants else None
