"""The groups of a total."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from spendo.ledger.periods.period import MONTHS
from spendo.ledger.rates import ExactTotal, Rates, plain_denominator
from spendo.ledger.selectors.cells import Cell
from spendo.ledger.selectors.trees import CategoryTree
from spendo.ledger.selectors.types import GroupBy, SumGroup
from spendo.users.models import User

TIMES: tuple[GroupBy, ...] = ("day", "week", "month")

Naming = Callable[[Cell], tuple[str, str]]
"""The key and the label of the group a cell is in."""


class GroupSum:
    """The sum of a group: of the rows that are in the user's currency or could be converted."""

    __slots__ = ("count", "label", "total")

    def __init__(self, label: str) -> None:
        self.label = label
        self.total = ExactTotal()
        self.count = 0

    def add(self, cell: Cell, rates: Rates, sign: int) -> None:
        if cell.day is None:
            self.total.add_parts(sign * cell.minor, 1)
        if cell.worth is not None:
            parts = plain_denominator(cell.currency, rates.quote)
            self.total.add_parts(sign * cell.worth, parts)
        elif cell.day is not None:
            rate = rates.on(cell.currency, cell.day)
            if rate is None:
                return
            self.total.add_converted(sign * cell.minor, rate)
        self.count += cell.number


Sums = dict[str, GroupSum]
"""By key."""


def sums_of_groups(
    user: User, cells: Iterable[Cell], rates: Rates, group_by: GroupBy, *, sign: int
) -> Sums:
    """The sum of each group, in the order of the keys."""
    naming = _naming(user, group_by)
    names: dict[tuple[Any, str], tuple[str, str]] = {}
    sums: Sums = {}
    for cell in cells:
        alike = cell.key, cell.label
        if alike not in names:
            names[alike] = naming(cell)
        key, label = names[alike]
        group = sums.get(key)
        if group is None:
            sums[key] = group = GroupSum(label)
        group.label = max(group.label, label)
        group.add(cell, rates, sign)
    return {key: sums[key] for key in sorted(sums)}


def groups_of(sums: Sums, currency: str, group_by: GroupBy) -> list[SumGroup]:
    """The groups, the largest first; days, weeks and months in order.

    Each is rounded by itself, so that a month among others has the figure that it has alone:
    where something was converted they may differ from the total by a unit each. A group of which
    nothing could be converted is not there.
    """
    groups = [
        SumGroup(key, each.label, each.total.money(currency), each.count)
        for key, each in sums.items()
        if each.count
    ]
    if group_by in TIMES:
        return groups
    return sorted(groups, key=lambda group: (-group.total.amount, group.label, group.key))


def _naming(user: User, group_by: GroupBy) -> Naming:
    match group_by:
        case "day":
            return lambda cell: (cell.key.isoformat(), _day_words(cell.key))
        case "week":
            return lambda cell: _week(cell.key)
        case "month":
            return lambda cell: (f"{cell.key:%Y-%m}", f"{MONTHS[cell.key.month - 1]} {cell.key:%Y}")
        case "category":
            return _by_category(CategoryTree.of(user), top=False)
        case "top_category":
            return _by_category(CategoryTree.of(user), top=True)
        case "merchant" | "tag" | "account":
            nameless = "No tag" if group_by == "tag" else "No merchant"
            return lambda cell: (str(cell.key or ""), cell.label or nameless)


def _by_category(tree: CategoryTree, *, top: bool) -> Naming:
    def name(cell: Cell) -> tuple[str, str]:
        if cell.key not in tree.nodes:
            return "", "Uncategorised"
        node = tree.root_of(cell.key) if top else tree.nodes[cell.key]
        return str(node.id), node.name

    return name


def _week(day: date) -> tuple[str, str]:
    monday = day - timedelta(days=day.weekday())
    return monday.isoformat(), f"Week of {_day_words(monday)}"


def _day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
