"""Files in a real browser: chosen, dropped, pasted, uploaded to a real server, looked at."""

import base64
import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route, expect

from accessibility import accessibility_faults
from element_host import PLAIN, Host
from faults import CUT_OFF, TOO_SMALL, TOO_WIDE, UNREACHABLE
from visitor import DESKTOP, PHONE, NewPage

# A red dot on one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
TABLE = b"month,spent\n2026-10,120\n"
NO_TABLE = b"<html><body>a page</body></html>"
LOADED = "image => image.complete && image.naturalWidth > 0"


@pytest.fixture
def host(new_page: NewPage, showcase: str) -> Host:
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    # What takes files comes after the chat itself.
    expect(host.chat.locator("input[type=file]")).to_be_attached()
    return host


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def choose(host: Host, *files: Path) -> None:
    """With the browser's own dialog, opened from the menu."""
    host.chat.get_by_role("button", name="Add files and tools").click()
    with host.page.expect_file_chooser() as opened:
        host.chat.get_by_role("menuitem", name="Add files").click()
    opened.value.set_files(files)


def chip(host: Host, name: str) -> Locator:
    return host.chat.locator(f"[part=attachment][title='{name}']")


def ready(host: Host, name: str) -> None:
    expect(chip(host, name)).to_have_attribute("data-status", "ready")


def thread_of(host: Host) -> str:
    return str(host.events("thread.change")[-1][1]["threadId"])


def requests(host: Host) -> list[str]:
    """Kinds of the requests that carry JSON, from now on."""
    seen: list[str] = []

    def note(body: str | None) -> None:
        if body and body.startswith("{"):
            seen.append(json.loads(body)["type"])

    def watch(kind: str | None, body: object) -> None:
        if kind == "application/json" and isinstance(body, bytes):
            note(body.decode())

    host.page.on(
        "request",
        lambda asked: watch(asked.headers.get("content-type"), asked.post_data_buffer),
    )
    return seen


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


def test_limits_are_told_with_the_name(host: Host, tmp_path: Path) -> None:
    """[row 62] [row 63]"""
    big = file(tmp_path, "big.csv", b"x" * (1024 * 1024 + 1))
    program = file(tmp_path, "run.exe", b"MZ")
    choose(host, big, program, *(file(tmp_path, f"{n}.csv", TABLE) for n in range(5)))
    notice = host.chat.locator("[part=upload-notice]")
    expect(notice.locator("p")).to_have_text(
        [
            "“big.csv” is larger than 1 MB.",
            "“run.exe” cannot be attached. Allowed: images, .pdf, .txt, .csv, and .md.",
            "“4.csv” was not added: a message takes at most 4 files.",
        ]
    )
    expect(host.chat.locator("[part=attachment]")).to_have_count(4)
    notice.get_by_role("button", name="Dismiss").click()
    expect(notice).to_have_count(0)


def transfer(host: Host, *names: str) -> object:
    return host.page.evaluate_handle(
        """names => {
            const transfer = new DataTransfer();
            for (const name of names) {
                transfer.items.add(new File(['a,b'], name, { type: 'text/csv' }));
            }
            return transfer;
        }""",
        list(names),
    )


def test_files_are_dropped_anywhere_on_the_chat(host: Host) -> None:
    """[row 69]"""
    carried = {"dataTransfer": transfer(host, "a.csv", "b.csv")}
    veil = host.chat.locator("[part=drop-area]")
    greeting = host.chat.locator("[part=greeting]")
    greeting.dispatch_event("dragenter", carried)
    expect(veil).to_contain_text("Drop files here to attach them")
    over, chat = veil.bounding_box(), host.chat.bounding_box()
    assert over == chat
    veil.dispatch_event("dragleave", carried)
    expect(veil).to_have_count(0)
    greeting.dispatch_event("dragenter", carried)
    veil.dispatch_event("drop", carried)
    expect(veil).to_have_count(0)
    ready(host, "a.csv")
    ready(host, "b.csv")


def test_words_that_are_dragged_are_no_files(host: Host) -> None:
    """[row 69]"""
    words = host.page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.setData('text/plain', 'words');
            return transfer;
        }"""
    )
    host.chat.locator("[part=greeting]").dispatch_event("dragenter", {"dataTransfer": words})
    expect(host.chat.locator("[part=drop-area]")).to_have_count(0)


def test_a_picture_is_pasted(host: Host) -> None:
    """[row 69]"""
    host.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    host.page.evaluate(
        """async (pixel) => {
            const bytes = Uint8Array.from(atob(pixel), (letter) => letter.charCodeAt(0));
            const blob = new Blob([bytes], { type: 'image/png' });
            await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
        }""",
        base64.b64encode(PIXEL).decode(),
    )
    host.composer.fill("before ")
    host.page.keyboard.press("ControlOrMeta+v")
    ready(host, "image.png")
    expect(host.composer).to_have_text("before ")


def test_of_copied_cells_the_words_are_pasted_not_their_picture(host: Host) -> None:
    """[row 69]"""
    host.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    host.page.evaluate(
        """async (pixel) => {
            const bytes = Uint8Array.from(atob(pixel), (letter) => letter.charCodeAt(0));
            const part = (type, content) => new Blob([content], { type });
            await navigator.clipboard.write([
                new ClipboardItem({
                    'image/png': part('image/png', bytes),
                    'text/plain': part('text/plain', 'a cell'),
                    'text/html': part('text/html', '<table><tr><td>a cell</td></tr></table>'),
                }),
            ]);
        }""",
        base64.b64encode(PIXEL).decode(),
    )
    host.composer.focus()
    host.page.keyboard.press("ControlOrMeta+v")
    expect(host.composer).to_have_text("a cell")
    expect(host.chat.locator("[part=attachment]")).to_have_count(0)


def test_the_page_gives_files(host: Host) -> None:
    """[row 55]"""
    host.page.evaluate(
        """() => host.call('setComposerValue', {
            text: 'hello',
            files: [
                new File(['a,b'], 'given.csv', { type: 'text/csv' }),
                new File(['MZ'], 'run.exe', { type: 'application/x-msdownload' }),
            ],
        })"""
    )
    ready(host, "given.csv")
    expect(host.composer).to_have_text("hello")
    expect(host.chat.locator("[part=upload-notice]")).to_contain_text("“run.exe”")


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
