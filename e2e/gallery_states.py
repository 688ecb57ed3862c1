"""The states of the chat that are worth a look."""

from dataclasses import dataclass, field
from typing import Any

import gallery_ways as ways
from gallery_ways import Reach


@dataclass(frozen=True)
class State:
    name: str
    reach: Reach
    options: dict[str, Any] = field(default_factory=dict)
    # Looked at in every size and density.
    main: bool = False


MANAGED = {"history": {"enabled": True, "showRename": True, "showDelete": True}}
DISCLAIMER = {"disclaimer": {"text": "Answers can be wrong. See [how they are made](/about)."}}
ARABIC = {"locale": "ar"}
LONG_NAMES = {
    "composer": {
        "attachments": {"enabled": True},
        "dictation": {"enabled": True},
        "tools": [
            {"id": label, "label": label, "icon": "lab", "pinned": True}
            for label in ("Run code", "Deep research with many sources", "Translate")
        ],
        "models": [
            {"id": "long", "label": "Quick and thorough, with the longest name", "default": True},
            {"id": "short", "label": "Quick"},
        ],
    }
}

STATES: list[State] = [
    State("start", ways.nothing, DISCLAIMER, main=True),
    State("start in Arabic", ways.nothing, ARABIC),
    State("conversation in Arabic", ways.in_arabic("sources"), ARABIC),
    State("questions in Arabic", ways.in_arabic("ask much"), ARABIC),
    State("history in Arabic", ways.history_in_arabic, ARABIC),
    State("menu in Arabic", ways.in_arabic("hello", "إضافة ملفات وأدوات"), ARABIC),
    State("conversation", ways.read_through, main=True),
    State("markdown", ways.asked("markdown"), main=True),
    State("maths", ways.asked("maths")),
    State("code", ways.asked("code")),
    State("pictures", ways.asked("pictures")),
    State("sources", ways.asked("sources"), main=True),
    State("reasoning", ways.asked("reasoning")),
    State("search", ways.asked("search")),
    State("tasks", ways.asked("tasks")),
    State("image", ways.asked("image")),
    State("notices", ways.asked("notices")),
    State("error", ways.asked("error at last")),
    State("error to try again", ways.asked("error")),
    State("turns", ways.asked("turns")),
    State("days", ways.other_days),
    State("widget in words", ways.asked("widget in words")),
    State("mentions sent", ways.mentioned),
    State("streaming", ways.streaming),
    State("a question", ways.a_question, main=True),
    State("a question in words", ways.a_question_in_words),
    State("many choices", ways.many_choices),
    State("questions answered", ways.questions_answered),
    State("tool menu", ways.menu_of("Add files and tools")),
    State("model menu", ways.menu_of("Model: Thorough")),
    State("long names", ways.menu_of("Model: Quick and thorough"), LONG_NAMES, main=True),
    State("mentions", ways.typed("Compare @")),
    State("commands", ways.typed("/")),
    State("files", ways.with_files),
    State("quote and tool", ways.with_reply),
    State("writing", ways.write_more),
    State("reading back", ways.read_back),
    State("history", ways.past_chats, MANAGED, main=True),
    State("renaming", ways.rename, MANAGED),
    State("deleting", ways.delete, MANAGED),
    State("no chats", ways.no_chats),
    State("loading", ways.loading),
    State("not found", ways.not_found),
    State("offline", ways.offline),
    State("locked", ways.asked("lock")),
    State("closed", ways.closed),
    State("client tool at work", ways.at_work),
    State("client tool that waits", ways.a_call_that_waits),
]
