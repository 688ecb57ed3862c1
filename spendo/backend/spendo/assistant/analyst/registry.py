"""All kinds of question, found in kinds/."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from spendo.assistant.analyst import kinds
from spendo.assistant.analyst.kind import Kind
from spendo.assistant.analyst.understanding.choose import Chooser


@cache
def all_kinds() -> dict[str, Kind]:
    """By name. ValueError when two have the same."""
    found: dict[str, Kind] = {}
    for module in iter_modules(kinds.__path__):
        for kind in import_module(f"{kinds.__name__}.{module.name}").KINDS:
            if kind.name in found:
                raise ValueError(f"Two kinds are called {kind.name}.")
            found[kind.name] = kind
    return found


@cache
def chooser() -> Chooser:
    return Chooser(tuple(all_kinds().values()))
