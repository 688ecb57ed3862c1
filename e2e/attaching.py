"""How a visitor gives files, and what is seen of them."""

import base64
import json
from pathlib import Path

from playwright.sync_api import Locator, expect

from element_host import Host

# A red dot on one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)

TABLE = b"month,spent\n2026-10,120\n"

NO_TABLE = b"<html><body>a page</body></html>"

LOADED = "image => image.complete && image.naturalWidth > 0"


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
