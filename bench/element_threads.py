"""A thread of 10,000 items beside one of 100 in the browser, and what chats leave behind.

    PYTHONPATH=scripts .venv/bin/python bench/element_threads.py

Both threads are in one showcase; each round opens both, in alternating order. Then the long one is
read up to its beginning, page by page, while the browser counts the tasks that take longer than 50
ms. Then, from the beginning, some screens down, one a frame, with the processor time of each task
of the page, which other work on the machine does not lengthen. Prints the tables for
bench/element-threads.md.
"""

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "e2e")]

from playwright.sync_api import CDPSession, Page, sync_playwright  # noqa: E402

from conftest import QUIET  # noqa: E402
from element_host import PLAIN, Host  # noqa: E402
from example_process import running  # noqa: E402
from setup import BROWSERS, find_browser  # noqa: E402
from test_element_leaks import TIMES, Kept, kept, use_and_remove  # noqa: E402

SHORT, LONG = 100, 10_000
ROUNDS = 15
FILL_LIMIT = 600_000  # ms
OPEN = """async (thread) => {
    await host.element.setThreadId(null);
    await new Promise(requestAnimationFrame);
    const started = performance.now();
    await host.element.setThreadId(thread);
    await host.element.updateComplete;
    await new Promise(requestAnimationFrame);
    return performance.now() - started;
}"""
# Up to the beginning, then down again in steps of a screen, one a frame.
READ = """async () => {
    const tasks = [];
    const observer = new PerformanceObserver((list) =>
        tasks.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ type: 'longtask' });
    const frame = () => new Promise(requestAnimationFrame);
    const list = host.element.shadowRoot.querySelector('.list');
    const started = performance.now();
    while (list.querySelector('.older')) {
        list.scrollTop = 0;
        await frame();
    }
    const up = { seconds: (performance.now() - started) / 1000, tasks: tasks.splice(0) };
    let worst = 0;
    let last = performance.now();
    for (list.scrollTop = 0; list.scrollTop + list.clientHeight < list.scrollHeight - 1;) {
        list.scrollTop += list.clientHeight;
        await frame();
        worst = Math.max(worst, performance.now() - last);
        last = performance.now();
    }
    const draws = [];
    for (let count = 0; count < 20; count += 1) {
        const before = performance.now();
        host.element.requestUpdate();
        await host.element.updateComplete;
        draws.push(performance.now() - before);
        await frame();
    }
    observer.disconnect();
    const turns = list.querySelectorAll('.turn').length;
    return { turns, up, down: { worst, tasks }, draw: draws.sort((a, b) => a - b)[10] };
}"""
SCREENS = 150
DOWN = """async (screens) => {
    const list = host.element.shadowRoot.querySelector('.list');
    list.scrollTop = 0;
    for (let count = 0; count <= screens; count += 1) {
        await new Promise(requestAnimationFrame);
        list.scrollTop += list.clientHeight;
    }
}"""
TASKS = ["devtools.timeline", "disabled-by-default-devtools.timeline"]


@contextmanager
def opened() -> Iterator[Host]:
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with (
        tempfile.TemporaryDirectory() as folder,
        running("showcase", Path(folder)) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*QUIET, *root])
        page = browser.new_page(base_url=url, viewport={"width": 1280, "height": 800})
        page.set_default_timeout(FILL_LIMIT)
        host = Host(page, PLAIN)
        host.open()
        yield host
        browser.close()


def fill(host: Host, count: int) -> str:
    """The id of a new thread with so many items."""
    before = len(host.events("response.end"))
    host.call("setThreadId", None)
    host.call("sendUserMessage", {"text": f"fill {count}"})
    host.page.wait_for_function(
        "(count) => host.events.filter(([name]) => name === 'response.end').length > count",
        arg=before,
    )
    return str(host.events("thread.change")[-1][1]["threadId"])


def measure_opening(page: Page, threads: dict[int, str]) -> None:
    times: dict[int, list[float]] = {SHORT: [], LONG: []}
    for number in range(ROUNDS + 2):
        for count in list(threads) if number % 2 == 0 else reversed(threads):
            taken = page.evaluate(OPEN, threads[count])
            if number > 1:  # the first ones warm up
                times[count].append(taken)
    ratios = [long / short for long, short in zip(times[LONG], times[SHORT], strict=True)]
    print("\n| items | opening, ms: median (least to most) | × that of the short one |")
    print("|---|---|---|")
    for count, taken in times.items():
        middle = statistics.median(taken)
        ratio = f"**{statistics.median(ratios):.2f}**" if count == LONG else "1"
        print(f"| {count:,} | {middle:.0f} ({min(taken):.0f} to {max(taken):.0f}) | {ratio} |")


def measure_reading(page: Page, session: CDPSession, threads: dict[int, str]) -> None:
    print(
        "\n| items | turns drawn | up to the beginning, s | tasks > 50 ms, longest | "
        "down again: tasks > 50 ms, longest frame | drawing anew, ms | nodes | MB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    empty = kept(session)
    for count, thread in threads.items():
        page.evaluate(OPEN, thread)
        found: dict[str, Any] = page.evaluate(READ)
        full = kept(session)
        up, down = found["up"], found["down"]
        row = [
            f"{count:,}",
            f"{found['turns']:,}",
            f"{up['seconds']:.1f}",
            f"{len(up['tasks'])}, {max(up['tasks'], default=0):.0f} ms",
            f"{len(down['tasks'])}, {down['worst']:.0f} ms",
            f"{found['draw']:.1f}",
            f"{full.nodes:,}",
            f"{full.heap / 1e6:.1f}",
        ]
        print("| " + " | ".join(row) + " |", flush=True)
    print("\n" + measure_screens(page))
    page.evaluate("host.element.setThreadId(null)")
    page.evaluate("new Promise(requestAnimationFrame)")
    after = kept(session)
    print(f"\nBefore any of them {in_words(empty)}; after a new chat {in_words(after)}.")


def tasks_of(trace: bytes) -> list[float]:
    """The processor time of each task of the page's main thread, ms, the longest last."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    return sorted(
        event.get("tdur", 0) / 1000
        for event in events
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) in mains
    )


def measure_screens(page: Page) -> str:
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, categories=TASKS)
    page.evaluate(DOWN, SCREENS)
    tasks = tasks_of(browser.stop_tracing())
    over = sum(task > 50 for task in tasks)
    return (
        f"Processor time of {SCREENS} screens down from the beginning of the long one: "
        f"{sum(tasks) / SCREENS:.0f} ms a screen, "
        f"the longest task {tasks[-1]:.0f} ms, {over} over 50."
    )


def measure_leaks(host: Host, session: CDPSession) -> None:
    host.show(False)
    for number in range(10):
        use_and_remove(host, number)
    before = kept(session)
    for number in range(TIMES):
        use_and_remove(host, number)
    print(f"\nBefore {TIMES} chats that came, answered and went {in_words(before)};", end=" ")
    print(f"after them {in_words(kept(session))}.")


def in_words(found: Kept) -> str:
    return f"{found.nodes:,} nodes, {found.listeners} listeners, {found.heap / 1e6:.2f} MB of heap"


def main() -> int:
    if not find_browser():
        names = ", ".join(BROWSERS)
        print(f"A browser is needed: one of {names}.", file=sys.stderr)
        return 1
    with opened() as host:
        session = host.page.context.new_cdp_session(host.page)
        session.send("Performance.enable")
        threads = {count: fill(host, count) for count in (SHORT, LONG)}
        measure_opening(host.page, threads)
        measure_reading(host.page, session, threads)
        measure_leaks(host, session)
    return 0


if __name__ == "__main__":
    sys.exit(main())
