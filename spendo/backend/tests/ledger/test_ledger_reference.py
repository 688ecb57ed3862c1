"""docs/reference/ledger.md names what is there, and all addresses that there are."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern

from spendo.ledger.api.urls import urlpatterns

PAGE = (Path(__file__).parents[4] / "docs/reference/ledger.md").read_text()
RULES, HTTP = PAGE.split("## Changing it from Python")
NAMES = sorted(set(re.findall(r"`(spendo\.ledger\.[\w.]+)`", PAGE)))
TESTS = sorted(set(re.findall(r"`((?:\w+\.)*test_\w+\.test_\w+)`", RULES)))
ADDRESSES = dict(re.findall(r"^\| `([^`]+/)` \| ([A-Z ]+) \|", HTTP, re.MULTILINE))
ELSEWHERE = ("customuser/", "imports/", "export/")


def found(name: str) -> Any:
    """The object of a dotted name: as much of it as is a module, then attributes."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            place: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            place = getattr(place, part)
        return place
    raise AssertionError(name)


@pytest.mark.parametrize("name", [*NAMES, *(f"tests.ledger.{test}" for test in TESTS)])
def test_what_the_page_names_is_there(name: str) -> None:
    assert found(name) is not None


def test_each_of_the_ten_rules_has_its_place_and_its_test() -> None:
    rows = re.findall(r"^\| (\d+)\. .+$", RULES, re.MULTILINE)
    assert rows == [str(number) for number in range(1, 11)]
    for row in re.findall(r"^\| \d+\. .+$", RULES, re.MULTILINE):
        _, _, kept, held, _ = row.split("|")
        assert "spendo.ledger." in kept
        assert "test_" in held


def test_every_address_is_on_the_page_with_its_methods() -> None:
    there = {
        re.sub(r"<\w+:\w+>", "<id>", str(route.pattern)): _methods(route)
        for route in urlpatterns
        if not str(route.pattern).startswith(ELSEWHERE)
    }
    assert {path: set(methods.split()) for path, methods in ADDRESSES.items()} == there


def _methods(route: URLPattern) -> set[str]:
    view = route.callback.view_class  # type: ignore[attr-defined]
    return {name.upper() for name in ("get", "post", "patch", "delete") if hasattr(view, name)}
