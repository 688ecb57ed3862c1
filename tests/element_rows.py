"""What a chat element must do to take the original's place, and where our tests say that it does.

A test names what it is about by ``[row 47]`` or ``[rows 47, 48]``: in its title (TypeScript) or in
its docstring (Python).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = (
    *sorted((ROOT / "packages" / "chatkit-element" / "src").rglob("*.test.ts*")),
    *sorted((ROOT / "e2e").glob("test_*.py")),
)
NAMED = re.compile(r"\[rows? ([\d, ]+)\]")

ROWS: dict[str, dict[int, str]] = {
    "A. The element and its life": {
        1: "one script of your own defines the tag; no other host",
        2: "options before, after or between the document and the tag",
        3: "a script that comes after React",
        4: "`setOptions` replaces all, may be called again, changes what is on screen",
        5: "`ready` comes when listeners are there",
        6: "13 events with their details",
        7: "all methods",
        8: "a busy chat refuses with a clear error",
        9: "calls before `ready` wait their turn",
        10: "taken out and put back without a leak",
        11: "never takes the focus by itself",
        12: "fills its box, from 320 px on",
        13: "`domainKey` is accepted and ignored",
        14: "every request and upload goes through `api.fetch`",
        15: "relative addresses",
        16: "the hosted API is refused in words",
        17: "several chats on one page",
        18: "errors are an event and a notice, in the server's words",
        19: "log events, `composer.submit` among them",
        20: "no telemetry",
    },
    "B. Header, history, threads": {
        21: "header on and off",
        22: "title: the thread's, a fixed one, none",
        23: "the page's own buttons left and right",
        24: "buttons for a new chat and the history, where they make sense",
        25: "history: newest first, titles, untitled chats",
        26: "history by the page",
        27: "rename",
        28: "delete, after asking; the open thread makes room for a new one",
        29: "history by method, with its events",
        30: "`initialThread`",
        31: "`setThreadId`, also to none",
        32: "a long thread opens at its newest end",
        33: "scrolling up loads more and keeps the place",
        34: "a thread that is not found",
        35: "`fetchUpdates`",
        36: "title and status change while the thread is open",
        37: "locked threads",
        38: "closed threads",
        39: "without history there is one thread",
    },
    "C. Start screen": {
        40: "greeting",
        41: "prompts with icons, sent by a click",
        42: "prompts with tags",
        43: "disclaimer in markdown, also in high contrast",
    },
    "D. Composer": {
        44: "grows with its lines; Enter sends, Shift+Enter does not, input methods are respected",
        45: "a message shows at once and becomes the server's",
        46: "placeholder: the option's, the tool's, the reason of a lock",
        47: "tool menu with icons and short labels",
        48: "pinned tools",
        49: "tools for one message or for all, with their event",
        50: "model menu: default, disabled, described",
        51: "no “+” with nothing behind it",
        52: "a quoted reply",
        53: "quote by selecting words of an answer",
        54: "`setComposerValue` with text, content, reply, attachments",
        55: "`setComposerValue` with files, checked and uploaded",
        56: "tool and model by method; null takes the tool away",
        57: "`sendUserMessage` with a new thread, a tool, a model",
        58: "`focusComposer`",
        59: "stop, where the server allows it",
        60: "“/” menu: groups, search, submenus, entities",
        61: "the composer's own actions in the “/” menu",
    },
    "E. Attachments": {
        62: "picker with types and a limit of files",
        63: "size limits: one, by type, and for the rest",
        64: "two phases, by POST",
        65: "two phases, by PUT with the server's headers",
        66: "direct upload",
        67: "progress, failure, removal",
        68: "image previews in composer and message",
        69: "dropped files, pasted images",
        70: "nothing is sent while a file is on its way",
        71: "previews take the thread's current address",
    },
    "F. Entities": {
        72: "“@” search: groups, icons, keyboard",
        73: "“@” button",
        74: "a chosen entity is a chip, and a tag for the server",
        75: "tags in sent messages",
        76: "clicks on entities",
        77: "previews on hover and tap",
        78: "pasted text is no mention",
    },
    "G. What the assistant says": {
        79: "words stream, finished blocks stay as they are",
        80: "GFM, highlighted code to copy, tables that scroll",
        81: "LaTeX",
        82: "safe links and markup; images of allowed hosts only",
        83: "deeplinks",
        84: "annotations in their place, grouped",
        85: "list of sources: addresses, files, entities, groups",
        86: "entities as sources: label, icon, click",
        87: "progress line",
        88: "workflows: tasks, states, summary, unfold",
        89: "reasoning: the thought while it is had, how long it took",
        90: "tasks: web search, file, image, thought, custom",
        91: "tasks that stand alone",
        92: "generated images from first sketch to last",
        93: "notices of three levels",
        94: "errors with and without a second try",
        95: "what a guardrail takes back goes",
        96: "replaced items keep their place",
        97: "client effects",
        98: "one response from start to end, client tools included",
        99: "turns; their buttons come when they are over",
        100: "copy",
        101: "feedback",
        102: "answer again",
        103: "follows a reader who is at the end, and nobody else",
        104: "times without a zone",
    },
    "H. Client tools, structured input, dictation": {
        105: "a client tool is called, its result sent, the composer waits",
        106: "a tool that fails is told to the model",
        107: "a call that was left open blocks nothing",
        108: "questions with one or several choices, or words of one's own",
        109: "free questions; skip one or all",
        110: "answers in the conversation; open questions come back after a reload",
        111: "dictation: formats, Safari, cancel, longest length",
    },
    "J. Looks, language, people, policy": {
        128: "light and dark, radius, density",
        129: "accent, greys, surface",
        130: "typeface, its files and its size",
        131: "every icon of the original, without a network",
        132: "locale, English for the rest, right to left",
        133: "headings, names, one live region, all by keyboard",
        134: "on-screen keyboards, focus, no jumping page",
        135: "a strict content security policy, Trusted Types",
    },
}


def files_by_row() -> dict[int, list[Path]]:
    """The files whose tests name a row, each once."""
    found: dict[int, list[Path]] = defaultdict(list)
    for file in TESTS:
        for row in sorted(set(_rows_named(file.read_text()))):
            found[row].append(file)
    return found


def _rows_named(text: str) -> Iterator[int]:
    for numbers in NAMED.findall(text):
        yield from (int(number) for number in re.findall(r"\d+", numbers))
