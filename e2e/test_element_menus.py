"""Tools and models of the composer, by mouse and by keyboard."""

import json

import pytest
from playwright.sync_api import Locator, expect

from element_host import PLAIN, Host
from visitor import PHONE, NewPage

NARROW = (320, 480)


@pytest.fixture
def host(new_page: NewPage, showcase: str) -> Host:
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    return host


def add(host: Host) -> Locator:
    return host.chat.get_by_role("button", name="Add files and tools")


def menu(host: Host) -> Locator:
    return host.chat.get_by_role("menu")


def test_a_tool_is_chosen_by_keyboard_and_taken_away_again(host: Host) -> None:
    """[row 47] [row 49]"""
    keyboard = host.page.keyboard
    add(host).focus()
    keyboard.press("Enter")
    expect(host.chat.get_by_role("menuitem", name="Add files")).to_be_focused()
    keyboard.type("se")
    expect(host.chat.get_by_role("menuitemradio", name="Search the web")).to_be_focused()
    keyboard.press("Enter")
    expect(menu(host)).to_have_count(0)
    expect(host.composer).to_be_focused()
    expect(host.composer).to_have_attribute("aria-placeholder", "Search for …")
    chip = host.chat.get_by_role("button", name="Remove Search")
    chip.focus()
    keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(host.composer).to_be_focused()
    assert host.events("tool.change") == [
        ["tool.change", {"toolId": "search"}],
        ["tool.change", {"toolId": None}],
    ]


def test_escape_gives_the_focus_back_and_tab_goes_on(host: Host) -> None:
    """[row 47]"""
    keyboard = host.page.keyboard
    add(host).focus()
    keyboard.press("ArrowDown")
    expect(menu(host)).to_be_visible()
    keyboard.press("Escape")
    expect(menu(host)).to_have_count(0)
    expect(add(host)).to_be_focused()
    keyboard.press("Space")
    expect(menu(host)).to_be_visible()
    keyboard.press("End")
    expect(host.chat.get_by_role("menuitemradio", name="Deep research")).to_be_focused()
    keyboard.press("Tab")
    expect(menu(host)).to_have_count(0)
    expect(host.chat.get_by_role("button", name="Run code")).to_be_focused()


def test_a_press_anywhere_else_closes_the_menu(host: Host) -> None:
    add(host).click()
    expect(menu(host)).to_be_visible()
    host.page.mouse.click(10, 10)
    expect(menu(host)).to_have_count(0)
    add(host).click()
    expect(menu(host)).to_be_visible()
    add(host).click()
    expect(menu(host)).to_have_count(0)
    add(host).click()
    host.chat.get_by_role("button", name="Model: Thorough").click()
    expect(menu(host)).to_have_count(1)
    expect(menu(host)).to_have_accessible_name("Model")


def test_what_was_chosen_goes_out_with_one_message(host: Host) -> None:
    """[row 48] [row 49] [row 50]"""
    sent: list[dict[str, object]] = []

    def remember(body: str | None) -> None:
        params = json.loads(body or "{}").get("params", {})
        if "input" in params:
            sent.append(params["input"]["inference_options"])

    host.page.on("request", lambda asked: remember(asked.post_data) if asked.post_data else None)
    host.chat.get_by_role("button", name="Run code").click()
    expect(host.chat.get_by_role("button", name="Run code")).to_have_attribute(
        "aria-pressed", "true"
    )
    host.chat.get_by_role("button", name="Model: Thorough").click()
    next_model = host.chat.get_by_role("menuitemradio", name="Next")
    next_model.click(force=True)
    expect(menu(host)).to_be_visible()
    host.chat.get_by_role("menuitemradio", name="Quick").click()
    host.ask("hello")
    host.ask("hello")
    assert sent == [{"tool_choice": {"id": "code"}, "model": "quick"}, {"model": "quick"}]


@pytest.mark.parametrize("size", [PHONE, NARROW])
def test_a_menu_stays_within_a_narrow_chat(
    new_page: NewPage, showcase: str, size: tuple[int, int]
) -> None:
    """[row 12]"""
    host = Host(new_page(url=showcase, size=size), PLAIN)
    many = [
        {"id": str(number), "label": f"Tool {number} with a name that is long", "icon": "star"}
        for number in range(30)
    ]
    host.open(composer={"tools": many, "models": [{"id": "m", "label": "Model", "default": True}]})
    for button in ("Tools", "Model: Model"):
        host.chat.get_by_role("button", name=button, exact=True).click()
        box = menu(host).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= size[0]
        host.page.keyboard.press("End")
        expect(host.chat.get_by_role("menuitemradio").last).to_be_in_viewport()
        host.page.keyboard.press("Escape")
    assert host.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_from_right_to_left_the_menus_change_sides(new_page: NewPage, showcase: str) -> None:
    host = Host(new_page(url=showcase), PLAIN)
    host.open(locale="ar")
    button = host.chat.locator("[part=add-button]")
    button.click()
    opened, over = menu(host).bounding_box(), host.chat.locator("form").bounding_box()
    assert opened
    assert over
    assert abs((opened["x"] + opened["width"]) - (over["x"] + over["width"])) <= 2
