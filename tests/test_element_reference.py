"""The reference of the element says what the code is."""

import re

import pytest

import element_reference as reference
from element_parts import PARTS, PROPERTIES
from element_rows import ROOT, ROWS, TESTS, files_by_row

PAGE = reference.PAGE.read_text()
TYPES = ROOT / "node_modules" / "@openai" / "chatkit" / "types" / "index.d.ts"
ANEW = "run: .venv/bin/python tests/element_reference.py"


def test_the_page_is_what_the_code_says() -> None:
    assert reference.page() == PAGE, ANEW


def test_every_part_and_property_has_words_and_exists() -> None:
    assert set(PARTS) == reference.parts_in_code(), "say it in tests/element_parts.py"
    assert set(PROPERTIES) == set(reference.properties_in_code())


def test_a_test_names_rows_that_there_are() -> None:
    rows = {row for titles in ROWS.values() for row in titles}
    assert set(range(1, 112)) <= rows
    assert set(files_by_row()) <= rows
    assert len(TESTS) > 20, "the search finds nothing"


def names_in_type(name: str) -> set[str]:
    """What `name` of the published types has, on its first level."""
    found = re.search(
        rf"export (?:type|interface) {name}\b.*?{{\n(.*?)\n}}", TYPES.read_text(), re.S
    )
    assert found, name
    return set(re.findall(r"^  '?([a-zA-Z.]+)'?\??[:(<]", found[1], re.MULTILINE))


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("ChatKitOptions", ""),
        ("CustomApiConfig", "api."),
        ("HostedApiConfig", "api."),
        ("ThemeOption", "theme."),
        ("HeaderOption", "header."),
        ("HistoryOption", "history."),
        ("StartScreenOption", "startScreen."),
        ("ThreadItemActionsOption", "threadItemActions."),
        ("ThreadOption", "thread."),
        ("ComposerOption", "composer."),
        ("EntitiesOption", "entities."),
        ("WidgetsOption", "widgets."),
    ],
)
def test_every_option_is_there(name: str, prefix: str) -> None:
    options = names_in_type(name)
    assert options
    assert {option for option in options if f"`{prefix}{option}" not in section("Options")} == set()


def test_every_method_and_event_is_there() -> None:
    methods = names_in_type("OpenAIChatKit") - {"addEventListener", "removeEventListener"}
    assert "setThreadId" in methods
    assert {method for method in methods if f"`{method}(" not in section("Methods")} == set()
    events = names_in_type("ChatKitEvents")
    assert len(events) == 13
    assert {event for event in events if f"`{event}`" not in section("Events")} == set()


def test_no_row_is_open() -> None:
    assert "**open**" not in PAGE
