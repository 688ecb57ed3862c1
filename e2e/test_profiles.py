"""A browser profile that was used is as if new to the next visitor."""

from playwright.sync_api import Browser

from profiles import Profiles
from visitor import DESKTOP

KEEP = """async () => {
    document.cookie = 'who=someone; path=/';
    localStorage.setItem('who', 'someone');
    await (await caches.open('who')).put('/who', new Response('someone'));
    await new Promise((resolve) => { indexedDB.open('who').onsuccess = resolve; });
}"""
FIND = """async () => [
    document.cookie.includes('who='), localStorage.length, (await caches.keys()).length,
    (await indexedDB.databases()).length,
    (await navigator.permissions.query({ name: 'microphone' })).state,
    matchMedia('(prefers-color-scheme: dark)').matches, innerWidth,
]"""


def test_nothing_is_left_for_the_next_visitor(browser: Browser, showcase: str) -> None:
    profiles = Profiles(browser)
    first = profiles.take(showcase)
    page = first.open((400, 300), color_scheme="dark")
    page.context.grant_permissions(["microphone"])
    page.goto("/")
    page.evaluate(KEEP)
    assert page.evaluate(FIND) == [True, 1, 1, 1, "granted", True, 400]
    second = profiles.take(showcase)
    assert second is not first
    profiles.give_back(first)

    assert profiles.take(showcase) is first
    found = []
    for profile in (first, second):
        page = profile.open(DESKTOP)
        page.goto("/")
        found.append(page.evaluate(FIND))
    # As in one that nobody has used.
    assert found[0] == found[1] == [False, 0, 0, 0, "prompt", False, DESKTOP[0]]
