"""Browser profiles that are as if new for each test, without the cost of a new one.

A new profile has nothing compiled and nothing cached: it takes the browser five times as long to
show the first page as one that has shown it before. So a profile is kept for the next test, and all
that a visitor leaves in it is taken out: pages, cookies, what pages stored, permissions.
"""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Request

PATIENCE = 30_000  # ms; only a fault waits that long, a busy machine may need some of it
INNER = ("data:", "blob:", "about:")


@dataclass
class Profile:
    """One visitor's browser at the site of `url`."""

    context: BrowserContext
    url: str
    device: tuple[bool, bool] = (False, False)
    foreign: list[str] = field(default_factory=list)
    """Addresses of other sites that were asked for something."""
    errors: list[str] = field(default_factory=list)
    """Scripts that failed, and what was refused by the content security policy."""

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self._note_request)
        self.context.on("weberror", lambda failed: self.errors.append(str(failed.error)))
        self.context.on("console", lambda said: self._note_words(said.type, said.text))

    def _note_request(self, asked: Request) -> None:
        if not asked.url.startswith((self.url, *INNER)):
            self.foreign.append(asked.url)

    def _note_words(self, kind: str, words: str) -> None:
        if kind == "error" and "Content Security Policy" in words:
            self.errors.append(words)

    def open(self, size: tuple[int, int], **media: str) -> Page:
        self.foreign.clear()
        self.errors.clear()
        page = self.context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        # What moves is painted by the processor here, sixty times a second.
        page.emulate_media(**{"reduced_motion": "reduce", **media})  # type: ignore[arg-type]
        return page

    def leave(self) -> None:
        """Take out all that the visitor left."""
        self._forget_stored()
        for page in self.context.pages:
            page.close()
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.context.clear_cookies()

    def _forget_stored(self) -> None:
        if not self.context.pages:
            return
        session = self.context.new_cdp_session(self.context.pages[0])
        what = {"origin": self.url, "storageTypes": "all"}
        session.send("Storage.clearDataForOrigin", what)
        session.detach()


class Profiles:
    """Those of one browser. Who takes two at a time has two visitors."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Profile] = []

    def take(self, url: str, has_touch: bool = False, is_mobile: bool = False) -> Profile:
        """One that nobody uses: give it back."""
        device = (has_touch, is_mobile)
        fitting = [one for one in self._free if (one.url, one.device) == (url, device)]
        if fitting:
            self._free.remove(fitting[0])
            return fitting[0]
        context = self._browser.new_context(
            base_url=url,
            has_touch=has_touch,
            is_mobile=is_mobile,
            locale="en-US",
            timezone_id="UTC",
        )
        return Profile(context, url, device)

    def give_back(self, profile: Profile) -> None:
        profile.leave()
        self._free.append(profile)
