"""The groups of a total."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from spendo.ledger.periods.period import MONTHS
from spendo.ledger.rates import Rates
from spendo.ledger.selectors.cells import Cell
from spendo.ledger.selectors.conversion import Converted
from spendo.ledger.selectors.trees import CategoryTree
from spendo.ledger.selectors.types import GroupBy, SumGroup
from spendo.users.models import User

TIMES: tuple[GroupBy, ...] = ("day", "week", "month")

Naming = Callable[[Cell], tuple[str, str]]
"""The key and the label of the group a cell is in."""


Sums = dict[str, tuple[str, Converted]]
"""By key: the label of a group and its sum."""


def sums_of_groups(
    user: User, cells: Iterable[Cell], rates: Rates, group_by: GroupBy, *, sign: int
) -> Sums:
    """The sum of each group, in the order of the keys."""
    naming = _naming(user, group_by)
    alike: dict[tuple[Any, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        alike[cell.key, cell.label].append(cell)
    members: dict[str, list[Cell]] = defaultdict(list)
    labels: dict[str, str] = {}
    for together in alike.values():
        key, label = naming(together[0])
        members[key] += together
        labels[key] = max(labels.get(key, ""), label)
    return {
        key: (labels[key], Converted(members[key], rates, sign=sign)) for key in sorted(members)
    }


def groups_of(sums: Sums, currency: str, group_by: GroupBy) -> list[SumGroup]:
    """The groups, the largest first; days, weeks and months in order.

    Each is rounded by itself, so that a month among others has the figure that it has alone:
    where something was converted they may differ from the total by a unit each. A group of which
    nothing could be converted is not there.
    """
    groups = [
        SumGroup(key, label, each.total.money(currency), each.count)
        for key, (label, each) in sums.items()
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
