"""One answer of 5,000 deltas in a browser: the element beside React with react-markdown.

    PYTHONPATH=scripts .venv/bin/python bench/element.py [--rounds 3] [--pace 10]

Both pages read the same events of one server at the same pace, in turn; what is compared is the
time that the main thread of the browser was busy, from the question to the last word.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from setup import find_browser
from tables import print_table

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "bench" / "element_pages"
DIST = ROOT / "packages" / "chatkit-element" / "dist"
DOCUMENTS = ROOT / "examples" / "showcase" / "scenes" / "documents"
DELTAS, CHARACTERS = 5_000, 4
LAST_WORDS = "These are the last words."
PATIENCE = 300_000  # ms
MEASURES = {
    "main thread": "TaskDuration",
    "of it script": "ScriptDuration",
    "of it style and layout": "LayoutDuration",
}
LONG_TASKS = """() => {
    window.long = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.long += entry.duration / 1000;
    }).observe({ entryTypes: ['longtask'] });
}"""


def answer() -> str:
    """Headings, tables, lists, code and quotes, over and over."""
    text = "\n\n".join((DOCUMENTS / f"{name}.txt").read_text() for name in ("everything", "code"))
    whole = "\n\n".join([text] * (DELTAS * CHARACTERS // len(text) + 1))
    return f"{whole[: DELTAS * CHARACTERS - 500]}\n\n{LAST_WORDS}"


def events() -> Iterator[dict[str, Any]]:
    """An answer on the wire, with its deltas one by one."""
    base = {"id": "m2", "thread_id": "t1", "created_at": "2026-11-22T06:41:16"}
    part = {"type": "output_text", "text": "", "annotations": []}
    thread = {"id": "t1", "created_at": base["created_at"], "status": {"type": "active"}}
    yield {"type": "thread.created", "thread": thread}
    yield {
        "type": "thread.item.added",
        "item": base | {"type": "assistant_message", "content": [part]},
    }
    text = answer()
    size = -(-len(text) // DELTAS)
    for at in range(0, len(text), size):
        change = {
            "type": "assistant_message.content_part.text_delta",
            "content_index": 0,
            "delta": text[at : at + size],
        }
        yield {"type": "thread.item.updated", "item_id": "m2", "update": change}
    done = base | {"type": "assistant_message", "content": [part | {"text": text}]}
    yield {"type": "thread.item.done", "item": done}


class Handler(SimpleHTTPRequestHandler):
    """Pages, what they load, and the answer, a frame each `pace` seconds."""

    def __init__(self, *args: Any, pace: float, built: Path, **more: Any) -> None:
        self._pace = pace
        self._built = built
        super().__init__(*args, **more)

    def translate_path(self, path: str) -> str:
        folder, _, name = path.removeprefix("/").partition("/")
        places = {"dist": DIST, "built": self._built}
        return str(places[folder] / name if folder in places else PAGES / folder)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        began = time.monotonic()
        for number, event in enumerate(events()):
            time.sleep(max(0.0, began + number * self._pace - time.monotonic()))
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Nothing: the bench has its own words."""


@contextmanager
def serving(pace: float, built: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, pace=pace, built=built))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def measure(browser: Browser, url: str) -> dict[str, float]:
    """Seconds of one answer in a page of its own."""
    page = browser.new_page()
    page.add_init_script(f"({LONG_TASKS})()")
    page.goto(url)
    page.wait_for_function("() => window.begin", timeout=PATIENCE)
    client = page.context.new_cdp_session(page)
    # The thread's own clock: what else the machine does is not in it.
    client.send("Performance.enable", {"timeDomain": "threadTicks"})

    def metrics() -> dict[str, float]:
        found = client.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: metric["value"] for metric in found}

    before = metrics()
    page.evaluate("() => void window.begin()")
    page.wait_for_function("() => window.over", timeout=PATIENCE, polling=250)
    page.get_by_text(LAST_WORDS).first.wait_for(timeout=PATIENCE)
    after = metrics()
    result = {name: after[metric] - before[metric] for name, metric in MEASURES.items()}
    result["of it style and layout"] += after["RecalcStyleDuration"] - before["RecalcStyleDuration"]
    result["tasks over 50 ms"] = page.evaluate("() => window.long")
    page.close()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Stream one answer into two pages.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pace", type=float, default=10, help="milliseconds for each delta")
    options = parser.parse_args()
    results: dict[str, list[dict[str, float]]] = {"ours": [], "react": []}
    with tempfile.TemporaryDirectory() as folder:
        build = ["node", str(PAGES / "build.mjs"), folder]
        subprocess.run(build, check=True, cwd=ROOT / "packages" / "chatkit-element")
        with serving(options.pace / 1000, Path(folder)) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
            )
            for number in range(options.rounds):
                for name in ("ours", "react") if number % 2 == 0 else ("react", "ours"):
                    results[name].append(measure(browser, f"{url}/{name}.html"))
            browser.close()
    print_results(results["ours"], results["react"])


def print_results(ours: list[dict[str, float]], react: list[dict[str, float]]) -> None:
    def row(name: str) -> list[str]:
        mine, theirs = [one[name] for one in ours], [one[name] for one in react]
        rounds = [one / other for one, other in zip(mine, theirs, strict=True) if other]
        middle, base = statistics.median(mine), statistics.median(theirs)
        ratio = f"**{middle / base:.2f}** ({min(rounds):.2f}–{max(rounds):.2f})" if rounds else ""
        return [f"{name}, s", f"{middle:.2f}", f"{base:.2f}", ratio]

    heads = ["5,000 deltas", "element", "React + react-markdown", "element / React"]
    print_table(heads, [row(name) for name in ours[0]])


if __name__ == "__main__":
    main()
