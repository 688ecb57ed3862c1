"""A thread of 10,000 items beside one of 100 in the browser, and what chats leave behind.

    PYTHONPATH=scripts .venv/bin/python bench/element_threads.py

Both threads are in one showcase; each round opens both, in alternating order. Then both are read up
to their beginning, page by page, down again by screens, one a frame, and by leaps as one drags the
scroll bar. Counted is the processor time of each task of the page, which other work on the machine
does not lengthen; the short thread, in the same run, is what the browser itself needs for it.
Prints the tables for bench/element-threads.md.
"""

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "e2e")]

from playwright.sync_api import CDPSession, Page, sync_playwright  # noqa: E402

from conftest import QUIET  # noqa: E402
from element_host import PLAIN, Host  # noqa: E402
from example_process import running  # noqa: E402
from setup import BROWSERS, find_browser  # noqa: E402
from test_element_leaks import TIMES, Kept, kept, use_and_remove  # noqa: E402

SHORT, LONG = 100, 10_000
LONG_TASK = 50  # ms
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
SCREENS = 150
LEAPS = 20
WAYS = {
    "up, page by page": """async (list, frame) => {
        while (list.querySelector('.older')) {
            list.scrollTop = 0;
            await frame();
        }
    }""",
    "down, a screen a frame": f"""async (list, frame) => {{
        list.scrollTop = 0;
        for (let count = 0; count <= {SCREENS}; count += 1) {{
            await frame();
            list.scrollTop += list.clientHeight;
            if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) list.scrollTop = 0;
        }}
    }}""",
    "leaps over the whole": f"""async (list, frame) => {{
        for (let count = 0; count < {LEAPS}; count += 1) {{
            list.scrollTop = list.scrollHeight * ((count * 37) % 100) / 100;
            for (let frames = 0; frames < 20; frames += 1) await frame();
        }}
    }}""",
}
GO = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await (%s)(host.element.shadowRoot.querySelector('.list'), frame);
}"""
DRAWN = "host.element.shadowRoot.querySelectorAll('.turn').length"
DRAW = """async () => {
    const draws = [];
    for (let count = 0; count < 20; count += 1) {
        const before = performance.now();
        host.element.requestUpdate();
        await host.element.updateComplete;
        draws.push(performance.now() - before);
        await new Promise(requestAnimationFrame);
    }
    return draws.sort((a, b) => a - b)[10];
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
        "\n| items | way | tasks > 50 ms | longest task, ms | all tasks, s "
        "| turns drawn | drawing anew, ms | nodes | MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    empty = kept(session)
    for count, thread in threads.items():
        page.evaluate(OPEN, thread)
        for way, script in WAYS.items():
            tasks = traced(page, GO % script)
            row = [
                f"{count:,}",
                way,
                f"{sum(task > LONG_TASK for task in tasks)}",
                f"{tasks[-1]:.0f}",
                f"{sum(tasks) / 1000:.1f}",
            ]
            print("| " + " | ".join(row) + " | " + end_of_row(page, session), flush=True)
    page.evaluate("host.element.setThreadId(null)")
    page.evaluate("new Promise(requestAnimationFrame)")
    after = kept(session)
    print(f"\nBefore any of them {in_words(empty)}; after a new chat {in_words(after)}.")


def end_of_row(page: Page, session: CDPSession) -> str:
    full = kept(session)
    draw = page.evaluate(DRAW)
    return f"{page.evaluate(DRAWN)} | {draw:.1f} | {full.nodes:,} | {full.heap / 1e6:.1f} |"


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


def traced(page: Page, script: str) -> list[float]:
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, categories=TASKS)
    page.evaluate(script)
    return tasks_of(browser.stop_tracing())


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
