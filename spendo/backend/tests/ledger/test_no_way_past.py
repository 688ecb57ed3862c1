"""Nothing writes to the ledger's tables but an act: read from the code of every app."""

import ast
from collections.abc import Iterator
from pathlib import Path

import spendo

ROOT = Path(spendo.__file__).parent
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update",
    "delete", "_raw_delete", "acreate", "asave", "adelete", "aupdate",
}  # fmt: skip
MANAGERS = {"objects", "_base_manager", "_default_manager"}
NOT_THE_LEDGER = {
    "users": "users sign up by themselves; they are not rows of a ledger",
    "ledger/changes": "the one way, and the record of it",
    "ledger/demo/load.py": "the demo's user",
    "ledger/rollups": "sums that are made of the rows, and can be made again",
    "ledger/services/importing/headers.py": "how files are read, which is no part of a ledger",
    "ledger/services/importing/drafts.py": "files that wait for a confirmation, for a day",
}


def test_only_acts_write() -> None:
    past = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sorted(ROOT.rglob("*.py"))
        if "migrations" not in path.parts and not _is_excepted(path)
        for line, name in _writes(ast.parse(path.read_text()))
    ]
    assert past == []


def test_what_is_excepted_is_there() -> None:
    for name in NOT_THE_LEDGER:
        assert (ROOT / name).exists()


def _is_excepted(path: Path) -> bool:
    inside = path.relative_to(ROOT).as_posix()
    return any(inside == name or inside.startswith(f"{name}/") for name in NOT_THE_LEDGER)


def _writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            by_manager = name in WRITES and MANAGERS & set(_chain(node.func.value))
            if by_manager or (name in ("save", "asave") and not _is_super(node.func.value)):
                yield node.lineno, name


def _chain(node: ast.AST) -> Iterator[str]:
    """The attributes that a call is made on: `A.objects.filter(…).update` gives objects, filter."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            yield node.attr
        node = node.func if isinstance(node, ast.Call) else node.value


def _is_super(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
    )
