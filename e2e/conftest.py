"""A real Spendo, a real headless Chromium, and a page that watches what it asks for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from element_host import PLAIN, REACT, Host
from example_process import running
from spendo_process import SpendoProcess
from visitor import DESKTOP, NewPage

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30_000  # ms; only a fault waits that long, a busy machine may need some of it
expect.set_options(timeout=PATIENCE)
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a microphone that beeps, for who is allowed to use it
]


@pytest.fixture(scope="session")
def spendo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpendoProcess]:
    """Answers at a reader's pace, so that a browser can see them arrive and stop them."""
    with SpendoProcess(tmp_path_factory.mktemp("spendo"), SPENDO_ANALYST_PACE_MS="8") as process:
        yield process


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page on which the element shows everything it can."""
    with running("showcase", tmp_path_factory.mktemp("showcase")) as url:
        yield url


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "Chromium is missing: run the browser tests through make e2e or make test"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*QUIET, *root])
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """`new_page(size=PHONE, color_scheme="dark")`: a page in a browser profile of its own, at `url`
    (the session's Spendo). `page.context.new_page()` is another tab of the same visitor.

    At the end of the test nothing may have been asked of another origin, no script may have
    failed, and nothing may have been refused by the content security policy.
    """
    contexts: list[BrowserContext] = []
    foreign: list[str] = []
    errors: list[str] = []

    def make(size: tuple[int, int] = DESKTOP, url: str = "", **options: object) -> Page:
        url = url or request.getfixturevalue("spendo").url

        def watch(asked: str) -> None:
            if not asked.startswith((url, "data:", "blob:", "about:")):
                foreign.append(asked)

        context = browser.new_context(
            base_url=url,
            viewport={"width": size[0], "height": size[1]},
            locale="en-US",
            timezone_id="UTC",
            # What moves is painted by the processor here, sixty times a second.
            **{"reduced_motion": "reduce", **options},  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda asked: watch(asked.url))
        context.on("weberror", lambda failed: errors.append(str(failed.error)))
        context.on(
            "console",
            lambda said: (
                errors.append(said.text)
                if said.type == "error" and "Content Security Policy" in said.text
                else None
            ),
        )
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert foreign == []
    assert errors == []


@pytest.fixture(params=[PLAIN, REACT], ids=["plain", "react"])
def host(request: pytest.FixtureRequest, new_page: NewPage, showcase: str) -> Host:
    """The element in each of the two pages: what holds in one holds in the other."""
    return Host(new_page(url=showcase), request.param)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where a test leaves a picture to be looked at; not tracked."""
    folder = Path(__file__).resolve().parents[1] / "test-results"
    folder.mkdir(exist_ok=True)
    return folder
