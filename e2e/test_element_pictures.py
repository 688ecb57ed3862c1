"""Files that were given, looked at by everybody."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from accessibility import accessibility_faults
from attaching import LOADED, NO_TABLE, PIXEL, TABLE, chip, choose, file, ready, thread_of
from element_host import PLAIN, Host
from faults import CUT_OFF, TOO_SMALL, TOO_WIDE, UNREACHABLE
from visitor import DESKTOP, PHONE, NewPage


@pytest.fixture
def host(new_page: NewPage, showcase: str) -> Host:
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    # What takes files comes after the chat itself.
    expect(host.chat.locator("input[type=file]")).to_be_attached()
    return host


def test_files_are_chosen_sent_and_seen_after_a_reload(host: Host, tmp_path: Path) -> None:
    """[row 62] [row 64] [row 68] [row 71]"""
    choose(host, file(tmp_path, "dot.png", PIXEL), file(tmp_path, "table.csv", TABLE))
    ready(host, "dot.png")
    ready(host, "table.csv")
    expect(host.composer).to_be_focused()
    assert chip(host, "dot.png").locator("img").evaluate(LOADED)
    host.ask("hello")
    picture = host.questions.last.get_by_role("button", name="Enlarge dot.png")
    picture.locator("img").evaluate("image => image.decode()")
    expect(host.questions.last.locator("[part~=sent-file]")).to_have_text("table.csv CSV")
    expect(host.chat.locator("[part=attachments]")).to_have_count(0)
    thread = thread_of(host)
    host.open(initialThread=thread)
    expect(picture).to_be_visible()
    picture.locator("img").evaluate("image => image.decode()")


def test_pictures_are_looked_at_with_the_keyboard(host: Host, tmp_path: Path) -> None:
    """[row 68]"""
    choose(host, file(tmp_path, "one.png", PIXEL), file(tmp_path, "two.png", PIXEL))
    ready(host, "one.png")
    ready(host, "two.png")
    host.page.keyboard.press("Enter")
    host.wait_until_answered()
    picture = host.chat.get_by_role("button", name="Enlarge one.png")
    picture.focus()
    host.page.keyboard.press("Enter")
    viewer = host.chat.get_by_role("dialog")
    expect(viewer.get_by_role("img", name="one.png")).to_be_visible()
    expect(viewer).to_contain_text("1 of 2")
    host.page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("img", name="two.png")).to_be_visible()
    host.page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("img", name="one.png")).to_be_visible()
    host.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(picture).to_be_focused()


def test_a_picture_whose_address_is_too_old_gets_another(host: Host, tmp_path: Path) -> None:
    """[row 71]"""
    choose(host, file(tmp_path, "dot.png", PIXEL))
    ready(host, "dot.png")
    host.ask("hello")
    thread = thread_of(host)
    asked: list[Route] = []

    def first_is_held(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    host.page.route("**/preview/**", first_is_held)
    with host.page.expect_request("**/preview/**"):
        host.open(initialThread=thread)
    # The server signs by the second: before the next one the new address is the old one.
    host.page.wait_for_timeout(1100)
    asked[0].fulfill(status=403, json={"error": {"code": "invalid_link", "message": ""}})
    image = host.questions.last.get_by_role("button", name="Enlarge dot.png").locator("img")
    host.page.wait_for_function(
        "image => image.complete && image.naturalWidth > 0", arg=image.element_handle()
    )
    assert len(asked) == 2


def test_on_a_phone_the_row_of_files_scrolls_and_the_page_does_not(
    new_page: NewPage, showcase: str, tmp_path: Path
) -> None:
    """[row 12] [row 62]"""
    host = Host(new_page(url=showcase, size=PHONE), PLAIN)
    host.open()
    choose(host, *(file(tmp_path, f"a long name of a table {n}.csv", TABLE) for n in range(4)))
    ready(host, "a long name of a table 3.csv")
    # What came last is in sight.
    expect(chip(host, "a long name of a table 3.csv")).to_be_in_viewport(ratio=0.9)
    expect(chip(host, "a long name of a table 0.csv")).not_to_be_in_viewport()
    assert host.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, (320, 640)])
def test_everybody_can_use_files_and_menus(
    new_page: NewPage, showcase: str, tmp_path: Path, scheme: str, size: tuple[int, int]
) -> None:
    """[row 133] In every state: the menus, the row of files, what was sent, a picture enlarged."""
    host = Host(
        new_page(url=showcase, size=size, color_scheme=scheme, reduced_motion="reduce"), PLAIN
    )
    host.open(theme=scheme)
    found: list[str] = []

    def look(state: str, *more: str) -> None:
        faults = accessibility_faults(host.page, "openai-chatkit")
        for script in (TOO_SMALL, TOO_WIDE, *more):
            faults += host.page.evaluate(script)
        found.extend(f"{state}: {fault}" for fault in faults)

    for button in ("Add files and tools", "Model: Thorough"):
        host.chat.get_by_role("button", name=button).click()
        expect(host.chat.get_by_role("menu")).to_be_visible()
        look(button)
        host.page.keyboard.press("Escape")
    refused = [file(tmp_path, "page.txt", NO_TABLE), file(tmp_path, "run.exe", b"MZ")]
    choose(host, file(tmp_path, "dot.png", PIXEL), file(tmp_path, "table.csv", TABLE), *refused)
    expect(chip(host, "page.txt")).to_have_attribute("data-status", "failed")
    ready(host, "dot.png")
    ready(host, "table.csv")
    look("files", CUT_OFF, UNREACHABLE)
    host.chat.get_by_role("button", name="Remove page.txt").click()
    host.composer.focus()
    host.page.keyboard.press("Enter")
    host.wait_until_answered()
    picture = host.chat.get_by_role("button", name="Enlarge dot.png")
    expect(picture).to_be_visible()
    look("sent", CUT_OFF, UNREACHABLE)
    picture.click()
    expect(host.chat.get_by_role("dialog")).to_be_visible()
    look("picture")
    assert found == []
