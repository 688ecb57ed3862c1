"""The user's categories as the tree they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from spendo.ledger.models import Category
from spendo.ledger.prepared import ask
from spendo.users.models import User


@dataclass(frozen=True, slots=True)
class Node:
    id: int
    name: str
    kind: str
    parent_id: int | None


def _nodes(where: Q) -> Any:
    return Category.objects.filter(where).values_list("id", "name", "kind", "parent_id")


class CategoryTree:
    """Every category of a user, read once."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self._children: dict[int, list[int]] = defaultdict(list)
        for node in self.nodes.values():
            if node.parent_id is not None:
                self._children[node.parent_id].append(node.id)

    @classmethod
    def of(cls, user: User) -> "CategoryTree":
        return cls(Node(*row) for row in ask(_nodes, where=Q(user_id=user.pk)))

    def with_descendants(self, ids: Iterable[int]) -> set[int]:
        """The categories and all below them; an id that is not the user's is left out."""
        found: set[int] = set()
        waiting = [number for number in ids if number in self.nodes]
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += self._children[number]
        return found

    def path(self, number: int) -> list[int]:
        """The category and what is above it, up to its root."""
        path = [number]
        while (parent := self.nodes[path[-1]].parent_id) is not None and parent not in path:
            path.append(parent)
        return path

    def root_of(self, number: int) -> Node:
        """The top category that it is under; itself where it has no parent."""
        node, seen = self.nodes[number], {number}
        while node.parent_id is not None and node.parent_id not in seen:
            node = self.nodes[node.parent_id]
            seen.add(node.id)
        return node
