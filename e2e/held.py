"""A request that a test holds back until it has looked at the page without its answer."""

import time

from playwright.sync_api import Page, Route

from profiles import PATIENCE


class Held:
    """Holds back what is asked of `url` from now on."""

    def __init__(self, page: Page, url: str) -> None:
        self._page = page
        self._url = url
        self._routes: list[Route] = []
        page.route(url, lambda route: self._routes.append(route))

    def let_go(self) -> None:
        """Waits until it is asked for: what shows that may be drawn before."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self._routes:
            assert time.monotonic() < deadline, f"nothing asks for {self._url}"
            self._page.wait_for_timeout(20)
        for route in self._routes:
            route.continue_()
        self._page.unroute(self._url)
