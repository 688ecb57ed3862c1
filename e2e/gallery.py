"""Photograph the main states of the chat, to be looked at: ``make gallery``.

The pictures and an ``index.html`` land in ``test-results/gallery``, which is not tracked.
``python e2e/gallery.py start history`` takes those states only.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / folder) for folder in ("e2e", "tests", "scripts")]

from conftest import QUIET, chromium  # noqa: E402
from element_host import PLAIN, Host  # noqa: E402
from example_process import running  # noqa: E402
from gallery_states import STATES, State  # noqa: E402
from profiles import Profiles  # noqa: E402

FOLDER = ROOT / "test-results" / "gallery"
PATIENCE = 15_000  # ms
HEIGHTS = {320: 640, 390: 844, 768: 1024, 1280: 800}


@dataclass(frozen=True)
class Look:
    """One way a state is looked at."""

    scheme: Literal["light", "dark"]
    width: int
    density: str = "normal"

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}-{self.density}"


# Each state by day on a laptop and by night on a telephone; the main ones in all sizes.
ALWAYS = (Look("light", 1280), Look("dark", 390))
MORE = (
    Look("dark", 1280),
    Look("light", 390),
    Look("light", 320, "compact"),
    Look("dark", 320, "spacious"),
    Look("light", 768, "spacious"),
    Look("dark", 768, "compact"),
    Look("light", 1280, "compact"),
    Look("light", 1280, "spacious"),
)


@dataclass
class Gallery:
    profiles: Profiles
    url: str
    taken: list[tuple[State, Look, Path]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def take(self, state: State, look: Look) -> None:
        """A picture of the state; one that cannot be reached is named and left out."""
        file = FOLDER / f"{state.name.replace(' ', '-')}-{look}.png"
        with page_of(self.profiles, self.url, look) as page:
            host = Host(page, PLAIN)
            theme = {"colorScheme": look.scheme, "density": look.density}
            try:
                host.open(**{"theme": theme, **state.options})
                state.reach(host)
            except (Error, AssertionError) as error:
                self.missed.append(f"{state.name} {look}: {str(error).splitlines()[0]}")
                return
            page.screenshot(path=file)
        self.taken.append((state, look, file))


@contextmanager
def page_of(profiles: Profiles, url: str, look: Look) -> Iterator[Page]:
    profile = profiles.take(url)
    size = (look.width, HEIGHTS[look.width])
    page = profile.open(size, color_scheme=look.scheme)
    page.set_default_timeout(PATIENCE)
    yield page
    page.unroute_all(behavior="ignoreErrors")
    profiles.give_back(profile)


STYLE = (
    "body{font:14px system-ui;margin:2rem;background:#ddd}figure{margin:0}"
    "div{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}"
)


def index(gallery: Gallery) -> str:
    rows = []
    for state, taken in groupby(gallery.taken, key=lambda one: one[0]):
        shots = "".join(
            f'<figure><img src="{file.name}" loading="lazy" width="{min(look.width, 480)}">'
            f"<figcaption>{look}</figcaption></figure>"
            for _, look, file in taken
        )
        rows.append(f"<h2>{escape(state.name)}</h2><div>{shots}</div>")
    missed = "".join(f"<li>{escape(line)}</li>" for line in gallery.missed)
    head = f"<!doctype html><title>Gallery</title><style>{STYLE}</style>"
    return f"{head}{''.join(rows)}<ul>{missed}</ul>"


def shots(names: list[str]) -> Iterator[tuple[State, Look]]:
    for state in STATES:
        if not names or state.name in names:
            yield from ((state, look) for look in (*ALWAYS, *(MORE if state.main else ())))


def main(names: list[str]) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as data,
        running("showcase", Path(data)) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*QUIET, "--no-sandbox"]
        )
        gallery = Gallery(Profiles(browser), url)
        for state, look in shots(names):
            gallery.take(state, look)
        browser.close()
    (FOLDER / "index.html").write_text(index(gallery))
    for line in gallery.missed:
        sys.stderr.write(f"not reached: {line}\n")
    sys.stdout.write(f"{len(gallery.taken)} pictures: {FOLDER / 'index.html'}\n")
    return bool(gallery.missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
