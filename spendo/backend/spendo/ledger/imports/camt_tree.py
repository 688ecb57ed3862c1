"""A small part of an XML document, held while it is looked at."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """Paths are names with slashes, from below this node; the first that fits is meant."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    def add(self, name: str, line: int, attributes: dict[str, str]) -> "Node":
        child = Node(name, line, dict(attributes), parent=self)
        self.children.append(child)
        return child

    def all(self, path: str) -> "list[Node]":
        found = [self]
        for name in path.split("/"):
            found = [child for node in found for child in node.children if child.name == name]
        return found

    def find(self, path: str) -> str:
        """The text there, or ""."""
        return next((text for node in self.all(path) if (text := node.text.strip())), "")

    def attribute(self, path: str, name: str) -> str:
        return next((node.attributes.get(name, "") for node in self.all(path)), "")
