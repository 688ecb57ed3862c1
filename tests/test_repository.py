"""What may never be in a tracked file, whoever commits it."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Written in parts so that this file does not contain what it forbids.
HOSTS = [
    r"registry\.npm" + r"js\.org",
    r"registry\.yarn" + r"pkg\.com",
    r"files\.python" + r"hosted\.org",
    r"pypi\." + r"org/(?:simple|packages)",
    r"(?:deb|security)\.debian" + r"\.org",
]
FORBIDDEN = {
    "a registry host": re.compile("|".join(HOSTS)),
    "a download address": re.compile(r"https?://[^\s)\"']+\.(?:whl|tgz|tar\.gz)\b"),
    "an index address": re.compile(r"--(?:extra-)?index" + r"-url[ =]"),
    "a resolved address": re.compile(r"\"resolved\"\s*:\s*\"http"),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:" + r"work|root|home/\w+|Users/\w+)/"),
}
NEVER_TRACKED = re.compile(
    r"(^|/)(node_modules|dist|__pycache__|\.venv|var)(/|$)|\.(sqlite3|pyc|pem|key)$|(^|/)\.env$"
)


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [name for name in names if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for name in tracked_files():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found.append((name, content.decode("utf-8", errors="replace")))
    return found


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_names(what: str) -> None:
    pattern = FORBIDDEN[what]
    hits = [
        f"{name}:{text[: hit.start()].count(chr(10)) + 1}: {hit.group()}"
        for name, text in texts()
        for hit in pattern.finditer(text)
    ]
    assert not hits, f"{what} in a tracked file:\n" + "\n".join(hits[:20])


def test_the_guard_recognises_what_it_forbids() -> None:
    examples = {
        "a registry host": "https://registry.npm" + "js.org/lit",
        "a download address": "https://example.com/a" + ".whl",
        "an index address": "--index" + "-url https://example.com",
        "a resolved address": '"resolved"' + ': "https://example.com"',
        "a path of one machine": "cd /" + "work/main",
    }
    for what, example in examples.items():
        assert FORBIDDEN[what].search(example), what


def test_nothing_built_or_secret_is_tracked() -> None:
    assert [name for name in tracked_files() if NEVER_TRACKED.search(name)] == []


def test_python_locks_are_hashed() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"^[\w\[\],.-]+==", lock.read_text(), flags=re.MULTILINE)
        entries = re.split(r"^(?=[\w\[\],.-]+==)", lock.read_text(), flags=re.MULTILINE)[1:]
        assert len(entries) == len(pins) > 0
        assert all("--hash=sha256:" in entry for entry in entries), lock.name


def pins(name: str) -> set[str]:
    """What the lock holds, as ``name==version``."""
    text = (ROOT / "requirements" / name).read_text()
    return set(re.findall(r"^([\w\[\],.-]+==[^\s;\\]+)", text, flags=re.MULTILINE))


def test_the_running_set_is_part_of_the_testing_set() -> None:
    """`make run` after `make test` must not change the packages."""
    assert pins("run.txt") - pins("dev.txt") == set()


def test_the_oldest_sdk_that_is_locked_is_the_oldest_that_is_supported() -> None:
    package = (ROOT / "packages" / "chatkit-django" / "pyproject.toml").read_text()
    locked = (ROOT / "requirements" / "oldest-sdk.txt").read_text()
    (supported,) = re.findall(r'"openai-chatkit>=([\d.]+),<2"', package)
    assert re.findall(r"^[\w-]+==([\d.]+)", locked, flags=re.MULTILINE) == [supported]


def test_the_running_set_can_count_what_prometheus_asks_for() -> None:
    assert any(pin.startswith("prometheus-client==") for pin in pins("run.txt"))
