"""Bring a fresh clone to the point where `run` or `test` can start. Standard library only.

    python3 scripts/setup.py run|test [--then SCRIPT ARGUMENT…]

Each step names itself and its time. A step whose inputs have not changed since it last succeeded
(by their SHA-256, kept in `.tools/stamps/`) is skipped. With `--then`, the process goes on as that
script under the project's own Python.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
STAMPS = TOOLS / "stamps"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = TOOLS / "uv" / "bin" / "uv"
ELEMENT = ROOT / "packages" / "chatkit-element"
FRONTEND = ROOT / "spendo" / "frontend"
BACKEND = ROOT / "spendo" / "backend"
SHOWCASE = ROOT / "examples" / "showcase"
# The first is the same engine without the windows of a desktop, in half the processor time.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


class SetupError(Exception):
    """What is missing and how to get it."""


def run(*command: str | Path, **variables: str) -> None:
    """Run a command silently; when it fails, show the end of what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        words = " ".join(str(part) for part in command)
        raise SetupError(f"`{words}` failed with {done.returncode}:\n{done.stdout[-4000:]}")


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for text in more:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def sources(folder: Path) -> list[Path]:
    left_out = {"node_modules", "dist", "__pycache__"}
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not left_out.intersection(path.relative_to(folder).parts)
    )


def step(name: str, stamp: str, inputs: str, made: Path, work: Callable[[], None]) -> None:
    """Do `work` unless `made` exists and `inputs` is what the last success had."""
    kept = STAMPS / stamp
    if made.exists() and kept.exists() and kept.read_text() == inputs:
        say(name, "unchanged")
        return
    started = time.monotonic()
    try:
        work()
    except BaseException:
        say(name, "failed")
        raise
    STAMPS.mkdir(parents=True, exist_ok=True)
    kept.write_text(inputs)
    say(name, f"{time.monotonic() - started:.1f} s")


def say(name: str, outcome: str) -> None:
    """In one piece: two steps may end at once."""
    sys.stdout.write(f"  {name:<44}{outcome}\n")
    sys.stdout.flush()


def check_versions() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (this file must say so itself on an old Python)
        raise SetupError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise SetupError(f"`{program}` was not found. Install Node.js 20 or newer.")
    version = subprocess.run(
        ["node", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < 20:
        raise SetupError(f"Node.js 20 or newer is needed; this is {version}.")


def install_uv() -> None:
    arguments = ("install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    target = ("--upgrade", "--target", TOOLS / "uv", "-r", ROOT / "requirements/bootstrap.txt")
    try:
        run(sys.executable, "-m", "pip", *arguments, *target)
    except SetupError:
        # Some systems ship Python without pip but with venv, which brings one.
        try:
            run(sys.executable, "-m", "venv", TOOLS / "pip")
        except SetupError as error:
            raise SetupError(
                f"Neither pip nor venv works for {sys.executable}. Install one of them "
                f"(on Debian: apt-get install python3-venv).\n{error}"
            ) from None
        run(TOOLS / "pip/bin/python", "-m", "pip", *arguments, *target)


def install_python(kind: str) -> None:
    if not PYTHON.exists():
        run(UV, "venv", "--quiet", "--python", sys.executable, VENV)
    variables = {"VIRTUAL_ENV": str(VENV)}
    lock = ROOT / "requirements" / f"{kind}.txt"
    run(UV, "pip", "sync", "--quiet", "--require-hashes", lock, **variables)
    package = ROOT / "packages/chatkit-django"
    run(UV, "pip", "install", "--quiet", "--offline", "--no-deps", "-e", package, **variables)


def python_packages(kind: str) -> None:
    kept = STAMPS / "python"
    # The packages for tests contain those for running, at the same versions: who has them keeps
    # them, for `make run` must not take away what a test beside it is using.
    if kept.exists() and kept.read_text().startswith("dev "):
        kind = "dev"
    lock = ROOT / "requirements" / f"{kind}.txt"
    ours = ROOT / "packages/chatkit-django/pyproject.toml"
    inputs = f"{kind} {fingerprint([lock, ours], sys.executable)}"
    step("Python packages", "python", inputs, PYTHON, lambda: install_python(kind))


def node_packages() -> None:
    manifests = [ROOT / "package-lock.json", ELEMENT / "package.json", FRONTEND / "package.json"]
    step(
        "Node packages",
        "node",
        fingerprint(manifests),
        ROOT / "node_modules",
        lambda: run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
    )


def build(name: str, folder: Path, workspace: str, made: str, *more: str) -> None:
    def work() -> None:
        run("npm", "run", "build", "-w", workspace)
        run(PYTHON, "-m", "blacknoise.compress", folder / "dist")

    shared = [ROOT / "package-lock.json", ROOT / "tsconfig.base.json"]
    inputs = fingerprint([*shared, *sources(folder)], *more)
    step(name, workspace, inputs, folder / "dist" / made, work)


def build_react_page() -> None:
    """The showcase's page that uses the official React wrapper; the plain one needs no building."""
    folder = SHOWCASE / "react"
    parts = [ROOT / "package-lock.json", *sources(folder), *sources(SHOWCASE / "page")]
    made = folder / "dist" / "page.js"
    name = "React page of the showcase"
    step(name, "react-page", fingerprint(parts), made, lambda: run("node", folder / "build.mjs"))


def build_all() -> None:
    build("Chat element", ELEMENT, "chatkit-element", "chatkit.js")
    build_react_page()
    chosen = [
        f"{name}={os.environ[name]}" for name in sorted(os.environ) if name.startswith("VITE_")
    ]
    build("Web app", FRONTEND, "spendo-frontend", "index.html", *chosen)


def learn_wordings() -> None:
    """What the analyst makes of words that no cue has: learned from its wordings."""
    analyst = BACKEND / "spendo/assistant/analyst"
    material = [*(analyst / "wordings").glob("*.txt"), *(analyst / "understanding").glob("*.py")]
    made = analyst / "wordings" / "weights.json"
    module = "spendo.assistant.analyst.understanding.fitting"
    step(
        "Analyst's wordings",
        "wordings",
        fingerprint(sorted(material)),
        made,
        lambda: run(PYTHON, "-m", module, PYTHONPATH=str(BACKEND)),
    )


def find_browser() -> str | None:
    chosen = os.environ.get("CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, BROWSERS)), None)


def install_browser() -> None:
    apt = ["apt-get"] if os.geteuid() == 0 else ["sudo", "-n", "apt-get"]
    if shutil.which(apt[0]) is None or shutil.which("apt-get") is None:
        raise SetupError(
            "The browser tests need Chromium. Install it, or set CHROMIUM to its path."
        )
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    wait = ("-qq", "-o", "DPkg::Lock::Timeout=300")
    run(*apt, "update", *wait, **quiet)
    packages = (BROWSERS[0], "fonts-dejavu-core")
    run(*apt, "install", "-y", "--no-install-recommends", *wait, *packages, **quiet)


def browser() -> None:
    if found := find_browser():
        say("Chromium", found)
        return
    step("Chromium", "chromium", "installed", Path("/usr/bin", BROWSERS[0]), install_browser)


def prepare_python(purpose: str) -> None:
    lock = ROOT / "requirements" / "bootstrap.txt"
    step("Tools", "uv", fingerprint([lock], sys.executable), UV, install_uv)
    python_packages("dev" if purpose == "test" else "run")
    learn_wordings()


def prepare(purpose: str) -> None:
    check_versions()
    print(f"Setting up for `{purpose}`:", flush=True)
    with ThreadPoolExecutor() as beside:
        node = beside.submit(node_packages)  # mostly unpacking; the other side mostly reckons
        prepare_python(purpose)
        node.result()
    build_all()
    if purpose == "test":
        browser()


def main() -> int:
    purpose = sys.argv[1] if len(sys.argv) > 1 else ""
    if purpose not in {"run", "test"}:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        prepare(purpose)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    if "--then" in sys.argv:
        command = [str(PYTHON), *sys.argv[sys.argv.index("--then") + 1 :]]
        os.execv(command[0], command)  # so that signals reach the script itself
    return 0


if __name__ == "__main__":
    sys.exit(main())
