"""Write what the code knows into docs/reference/element.md: ``python tests/element_reference.py``.

The page's words are written by hand; between ``<!-- name -->`` and ``<!-- end -->`` stands what is
read from the code.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from element_parts import PARTS, PROPERTIES
from element_rows import ROOT, ROWS, files_by_row

PAGE = ROOT / "docs" / "reference" / "element.md"
SOURCE = ROOT / "packages" / "chatkit-element" / "src"
MARKED = re.compile(r"(<!-- (parts|properties|rows) -->\n).*?(<!-- end -->)", re.DOTALL)
PROPERTY = re.compile(r"var\(\s*(--chatkit-[\w-]+)(?:,\s*([^;]+?))?\s*\)[;\s]")


def sources() -> Iterator[str]:
    for file in sorted(SOURCE.rglob("*.ts")):
        if ".test." not in file.name and file.parent.name != "testing":
            yield file.read_text()


def parts_in_code() -> set[str]:
    """The names that `::part()` can reach."""
    names: set[str] = set()
    for text in sources():
        for written in re.findall(r"\bpart(?:=|: | \?\? )[\"']([\w -]+)[\"']", text):
            names.update(written.split())
    # Put together from pieces in the header.
    return names | {"header-action", "header-left-action", "header-right-action"}


def properties_in_code() -> dict[str, str]:
    """The CSS properties a page can set, with what holds when it does not."""
    found: dict[str, str] = {}
    for text in sources():
        for name, value in PROPERTY.findall(text):
            found.setdefault(name, " ".join(value.split()))
    return found


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---" for _ in head], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def parts() -> str:
    return table(
        ["part", "what"], ([f"`{name}`", PARTS.get(name, "")] for name in sorted(parts_in_code()))
    )


def properties() -> str:
    found = properties_in_code()
    return table(
        ["property", "what", "default (light)"],
        ([f"`{name}`", PROPERTIES.get(name, ""), f"`{found[name]}`"] for name in sorted(found)),
    )


def rows() -> str:
    tested = files_by_row()
    texts = []
    for section, titles in ROWS.items():
        lines = (
            [
                str(row),
                title,
                "stands" if row in tested else "**open**",
                ", ".join(_link(file) for file in tested.get(row, [])),
            ]
            for row, title in titles.items()
        )
        texts.append(f"### {section}\n\n{table(['row', 'what', 'state', 'tests'], lines)}")
    done = sum(row in tested for titles in ROWS.values() for row in titles)
    count = sum(map(len, ROWS.values()))
    return f"{done} of {count} rows stand.\n\n" + "\n".join(texts)


def _link(file: Path) -> str:
    return f"[{file.name}](../../{file.relative_to(ROOT).as_posix()})"


PIECES: dict[str, Callable[[], str]] = {"parts": parts, "properties": properties, "rows": rows}


def page() -> str:
    """The page as it should be."""
    return MARKED.sub(lambda mark: f"{mark[1]}\n{PIECES[mark[2]]()}\n{mark[3]}", PAGE.read_text())


if __name__ == "__main__":
    PAGE.write_text(page())
