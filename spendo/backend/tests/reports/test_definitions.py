"""The page of definitions names functions that exist, and forgets none."""

import re
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

from spendo.budgets import selectors as budgets
from spendo.reports import selectors as reports

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "definitions.md"
NAMES = sorted(set(re.findall(r"`(spendo\.[a-z_.]+)`", PAGE.read_text())))
NOT_FIGURES = {"list_budgets", "budgets_in_force", "goal_names"}


@pytest.mark.parametrize("name", NAMES)
def test_a_function_that_is_named_exists(name: str) -> None:
    module, _, function = name.rpartition(".")
    found = getattr(import_module(module), function)
    assert callable(found)
    assert found.__doc__


@pytest.mark.parametrize("module", [budgets, reports], ids=["budgets", "reports"])
def test_no_function_is_forgotten(module: object) -> None:
    functions = {
        name
        for name in module.__all__  # type: ignore[attr-defined]
        if isinstance(getattr(module, name), FunctionType)
    }
    named = {name.rpartition(".")[2] for name in NAMES}
    assert functions - NOT_FIGURES <= named
