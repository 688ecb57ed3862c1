"""A real Spendo, a real headless Chromium, and a page that watches what it asks for."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from chosen_settings import settings
from element_host import PLAIN, REACT, Host
from example_process import running
from guest import Guest
from profiles import PATIENCE, Profile, Profiles
from reader import Reader
from setup import find_browser
from spendo_process import SpendoProcess, prepare
from visitor import DESKTOP, NewPage, Visitor
from writing import Open

expect.set_options(timeout=PATIENCE)
IN_A_BROWSER = settings("browser_settings")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A microphone that beeps, for every page that may use one.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Call it for a folder whose database is made and has the demo's data."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    untouched = shared / "untouched"
    prepare(untouched, tmp_path_factory.mktemp("making"), **IN_A_BROWSER)
    return lambda: shutil.copytree(untouched, tmp_path_factory.mktemp("spendo") / "data")


@pytest.fixture(scope="session")
def spendo(prepared: Callable[[], Path]) -> Iterator[SpendoProcess]:
    """Answers at a reader's pace, so that a browser can see them arrive and stop them."""
    with SpendoProcess(prepared(), None, SPENDO_ANALYST_PACE_MS="8", **IN_A_BROWSER) as process:
        yield process


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page on which the element shows everything it can."""
    with running("showcase", tmp_path_factory.mktemp("showcase")) as url:
        yield url


def chromium() -> str:
    found = find_browser()
    assert found, "Chromium is missing: run the browser tests through make e2e or make test"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*QUIET, *root])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Profiles:
    return Profiles(browser)


@pytest.fixture
def new_page(profiles: Profiles, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """`new_page(size=PHONE, color_scheme="dark")`: a page in a browser profile of its own, at `url`
    (the session's Spendo). `page.context.new_page()` is another tab of the same visitor.

    At the end of the test nothing may have been asked of another origin, no script may have
    failed, and nothing may have been refused by the content security policy.
    """
    used: list[Profile] = []

    def make(
        size: tuple[int, int] = DESKTOP,
        url: str = "",
        has_touch: bool = False,
        is_mobile: bool = False,
        **media: str,
    ) -> Page:
        url = url or request.getfixturevalue("spendo").url
        profile = profiles.take(url, has_touch=has_touch, is_mobile=is_mobile)
        used.append(profile)
        return profile.open(size, **media)

    yield make
    for profile in used:
        profiles.give_back(profile)
    assert [address for profile in used for address in profile.foreign] == []
    assert [error for profile in used for error in profile.errors] == []


@pytest.fixture(params=[PLAIN, REACT], ids=["plain", "react"])
def host(request: pytest.FixtureRequest, new_page: NewPage, showcase: str) -> Host:
    """The element in each of the two pages: what holds in one holds in the other."""
    return Host(new_page(url=showcase), request.param)


@pytest.fixture
def reader(new_page: NewPage, showcase: str) -> Reader:
    return Reader(new_page(url=showcase)).come()


@pytest.fixture
def guest(new_page: NewPage, showcase: str) -> Guest:
    return Guest(new_page(url=showcase)).come()


@pytest.fixture
def writer(new_page: NewPage, showcase: str) -> Open:
    """`writer(size=PHONE)`: a visitor of the showcase with the caret in the composer, `without` the
    files of that pattern, and with a `script` that comes before all others."""

    def make(without: str = "", script: str = "", **options: object) -> Visitor:
        visitor = Visitor(new_page(url=showcase, **options))
        if without:
            visitor.page.route(without, lambda route: route.abort())
        if script:
            visitor.page.add_init_script(script)
        if without:
            visitor.page.goto("/")
            visitor.composer.click()
            return visitor
        # Whoever types before the part is there gets what the browser does by itself.
        with visitor.page.expect_response("**/parts/writing-*.mjs") as part:
            visitor.page.goto("/")
            visitor.composer.click()
        # Once more, and behind who asked first: then it is not only here but in use.
        visitor.page.evaluate("(address) => import(address).then(() => null)", part.value.url)
        return visitor

    return make


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where a test leaves a picture to be looked at; not tracked."""
    folder = Path(__file__).resolve().parents[1] / "test-results"
    folder.mkdir(exist_ok=True)
    return folder
