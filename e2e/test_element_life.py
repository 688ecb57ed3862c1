"""How the element starts, lives and ends, on a plain page and in React under StrictMode."""

from playwright.sync_api import expect

from element_host import Host


def test_it_is_ready_once_and_takes_no_focus(host: Host) -> None:
    """[row 1] [row 5] [row 11] [row 20]"""
    asked: list[str] = []
    host.page.on("request", lambda request: asked.append(request.url))
    host.open()
    expect(host.chat.get_by_text("What shall be shown?")).to_be_visible()
    host.ask("hello")
    assert host.events("ready") == [["ready", None]]
    assert host.page.evaluate("document.activeElement.tagName") == "BODY"
    own = host.page.evaluate("location.origin")
    assert [url for url in asked if not url.startswith((own, "data:"))] == []
