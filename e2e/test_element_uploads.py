"""Files on their way to a real server."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from attaching import NO_TABLE, PIXEL, TABLE, chip, choose, file, ready, requests
from element_host import PLAIN, Host
from visitor import NewPage


@pytest.fixture
def host(new_page: NewPage, showcase: str) -> Host:
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    # What takes files comes after the chat itself.
    expect(host.chat.locator("input[type=file]")).to_be_attached()
    return host


def test_directly_in_one_request(new_page: NewPage, showcase: str, tmp_path: Path) -> None:
    """[row 66]"""
    host = Host(new_page(url=showcase), "/")
    host.page.goto("/?upload=direct")
    host.wait_for("ready")
    kinds = requests(host)
    choose(host, file(tmp_path, "dot.png", PIXEL))
    ready(host, "dot.png")
    host.ask("hello")
    expect(host.questions.last.get_by_role("button", name="Enlarge dot.png")).to_be_visible()
    assert kinds == ["threads.create"]


def test_with_put_the_bytes_go_alone(host: Host, tmp_path: Path) -> None:
    """[row 65]"""
    methods: list[tuple[str, str | None]] = []

    def as_put(route: Route) -> None:
        reply = route.fetch()
        body = reply.json()
        if "upload_descriptor" in body:
            body["upload_descriptor"]["method"] = "PUT"
        route.fulfill(response=reply, json=body)

    host.page.route("**/chatkit/", as_put)
    host.page.on(
        "request",
        lambda asked: (
            methods.append((asked.method, asked.headers.get("content-type")))
            if "/upload/" in asked.url
            else None
        ),
    )
    choose(host, file(tmp_path, "table.csv", TABLE))
    ready(host, "table.csv")
    assert methods == [("PUT", "text/csv")]


def test_progress_is_seen_where_the_page_brings_no_fetch_of_its_own(
    new_page: NewPage, showcase: str, tmp_path: Path
) -> None:
    """[row 67]"""
    host = Host(new_page(url=showcase), "/")
    host.page.goto("/?fetch=global")
    host.wait_for("ready")
    host.chat.evaluate(
        """chat => {
            window.shares = [];
            new MutationObserver(() => {
                const bar = chat.shadowRoot.querySelector('progress');
                if (bar?.hasAttribute('value')) window.shares.push(bar.value);
            }).observe(chat.shadowRoot, { subtree: true, childList: true, attributes: true });
        }"""
    )
    choose(host, file(tmp_path, "long.txt", b"word " * 150_000))
    ready(host, "long.txt")
    shares = host.page.evaluate("window.shares")
    assert shares
    assert shares == sorted(shares)
    assert shares[-1] > 0
    assert host.events("error") == []


def test_what_the_server_refuses_says_why_and_can_be_taken_away(host: Host, tmp_path: Path) -> None:
    """[row 67] [row 70]"""
    kinds = requests(host)
    choose(host, file(tmp_path, "page.txt", NO_TABLE))
    failed = chip(host, "page.txt")
    expect(failed).to_have_attribute("data-status", "failed")
    expect(failed).to_contain_text("Files of this kind are not taken.")
    assert [name for name, _ in host.events()].count("error") == 1
    host.composer.fill("hello")
    expect(host.chat.get_by_role("button", name="Send message")).to_be_disabled()
    host.page.keyboard.press("Enter")
    notice = host.chat.locator("[part=upload-notice]")
    expect(notice).to_have_text("“page.txt” was not uploaded. Try it again or remove it.")
    expect(host.chat.get_by_role("status").last).to_have_text(notice.inner_text())
    host.chat.get_by_role("button", name="Remove page.txt").click()
    expect(notice).to_have_count(0)
    expect(host.composer).to_be_focused()
    host.page.keyboard.press("Enter")
    host.wait_until_answered()
    assert kinds == ["attachments.create", "attachments.delete", "threads.create"]


def test_an_upload_is_given_up(host: Host, tmp_path: Path) -> None:
    """[row 67] [row 70]"""
    kinds = requests(host)
    held: list[Route] = []
    host.page.route("**/upload/**", lambda route: held.append(route))
    with host.page.expect_request("**/upload/**"):
        choose(host, file(tmp_path, "dot.png", PIXEL))
    expect(host.chat.get_by_role("progressbar", name="Uploading dot.png")).to_be_visible()
    expect(host.chat.get_by_role("button", name="Send message")).to_be_disabled()
    with host.page.expect_response("**/chatkit/"), host.page.expect_event("requestfailed"):
        host.chat.get_by_role("button", name="Remove dot.png").click()
    expect(chip(host, "dot.png")).to_have_count(0)
    assert kinds == ["attachments.create", "attachments.delete"]


def test_after_a_file_is_taken_away_the_focus_is_where_one_goes_on(
    host: Host, tmp_path: Path
) -> None:
    """[row 67]"""
    choose(host, *(file(tmp_path, f"{n}.csv", TABLE) for n in range(4)))
    host.chat.get_by_role("button", name="Remove 1.csv").focus()
    host.page.keyboard.press("Enter")
    expect(host.chat.get_by_role("button", name="Remove 2.csv")).to_be_focused()
    host.chat.get_by_role("button", name="Remove 3.csv").focus()
    host.page.keyboard.press("Enter")
    expect(host.chat.get_by_role("button", name="Remove 2.csv")).to_be_focused()
    # With the mouse: the next Enter sends, and takes nothing away.
    host.chat.get_by_role("button", name="Remove 2.csv").click()
    expect(host.composer).to_be_focused()
    expect(host.chat.locator("[part=attachment]")).to_have_count(1)
