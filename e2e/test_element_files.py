"""Files that are given: chosen, dropped, pasted, by the page."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from attaching import PIXEL, TABLE, choose, file, ready
from element_host import PLAIN, Host
from visitor import NewPage


@pytest.fixture
def host(new_page: NewPage, showcase: str) -> Host:
    host = Host(new_page(url=showcase), PLAIN)
    host.open()
    # What takes files comes after the chat itself.
    expect(host.chat.locator("input[type=file]")).to_be_attached()
    return host


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
