"""docs/reference/tools.md: every tool as its own schemas have it, with an example.

A test writes it anew and compares: `SPENDO_WRITE_DOCS=1 python -m pytest
tests/assistant/test_tools_reference.py` writes the page.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from spendo.assistant.tools.api import ToolInfo, envelope_schema, list_tools
from spendo.assistant.tools.envelope import ENVELOPES, Envelope, LedgerEnvelope

EXAMPLES: dict[str, dict[str, Any]] = {
    "not_about_finances": {"reason": "off_topic"},
    "account_balance": {"accounts": ["Everyday Checking"], "as_of": "30 September 2026"},
    "balance_history": {
        "period": "October 2026",
        "accounts": ["Everyday Checking"],
        "step": "month",
    },
    "net_worth": {"period": "since September 2026", "step": "month"},
    "match_names": {"text": "supermarket"},
    "sum_transactions": {
        "measure": "spending",
        "period": "last month",
        "categories": ["Groceries"],
        "group_by": "merchant",
        "also": ["largest"],
    },
    "search_transactions": {"period": "last month", "min_amount": "100", "sort": "largest"},
    "count_transactions": {"period": "last month", "categories": ["Coffee"]},
    "resolve_period": {"text": "last quarter", "move": -1, "unit": "year"},
    "income_statement": {"period": "last month"},
    "debt_plan": {"strategy": "avalanche"},
    "calc": {"expression": "round(100 / 3, 2)"},
}
"""Arguments by tool; a tool that is not here is called without any, if it can be."""

WIDTH = 110
_ID = re.compile(r"(?:^|_)ids?$")
_IDS = re.compile(r"(?:(?<=category)|(?<=account))=[0-9][0-9%C]*")

_HEAD = """\
# The assistant's tools

What a model may ask of a user's ledger. The same tools are there for programs: in Python
(`spendo.assistant.tools.api`), and over HTTP with the session:

```python
from spendo.assistant.tools import api

envelope = api.call_tool_now(user, "sum_transactions", measure="spending", period="last month")
envelope.total.amount
```

```
GET  /api/tools/                    every tool with its JSON schemas
POST /api/tools/sum_transactions/   {"measure": "spending", "period": "last month"}
```

The user is the one of the chat, of the call or of the session: no tool has an argument for it.
`call_tool_now` works in the caller's thread and transaction, `await api.call_tool(…)` beside an
event loop. Both raise `UnknownTool`, `InvalidArguments` (with `fields`) or `ToolRefused` (with a
`problem`: `code`, `message`, and `choices` that would do); over HTTP these are a 404, a 400
`invalid` with `fields`, and a 400 with the problem's own code. Calls count as requests of the chat
do (`CHATKIT_LIMITS`), and a body is at most 64 KiB. `explain_number` looks at the figures of a
thread: over HTTP it is named by `?thread=`. The whole API is described in `/api/openapi.json`.

Amounts are decimal strings beside their currency: `{"amount": "12.30", "currency": "USD"}`. A
period is half-open: `to` is the first day after it. Examples are of a ledger made for them, on 22
November 2026, without the fields that are at their default and with at most two entries of each
list.

## What every result has

`tool` and `as_of`, the moment of the answer. One that rests on records of the ledger also has:
"""


def reference(answers: Mapping[str, Envelope]) -> str:
    """The page, with these answers to the EXAMPLES."""
    tools = list_tools()
    lines = [_HEAD, *_fields(LedgerEnvelope.model_json_schema(mode="serialization")), ""]
    for tool in tools:
        lines.extend(_tool(tool, answers.get(tool.name)))
    lines.extend(_parts(tools))
    return "\n".join(lines).rstrip() + "\n"


def _tool(tool: ToolInfo, answer: Envelope | None) -> Iterator[str]:
    access, _, description = tool.description.partition(" ")
    yield f"## `{tool.name}`\n"
    yield f"{access} {' '.join(description.split())}\n"
    if tool.arguments["properties"]:
        yield "| argument | type | without it | meaning |\n|---|---|---|---|"
        for name, schema in tool.arguments["properties"].items():
            needed = name in tool.arguments.get("required", ())
            default = "needed" if needed else f"`{json.dumps(schema.get('default'))}`"
            yield f"| `{name}` | {_type(schema)} | {default} | {_cell(schema)} |"
    else:
        yield "It has no arguments."
    schema = envelope_schema(tool.name)
    kind = ENVELOPES[tool.name]
    yield f"\nReturns `{tool.envelope}`. {_doc(kind)}".rstrip() + "\n"
    common = set(LedgerEnvelope.model_fields if issubclass(kind, LedgerEnvelope) else ())
    common |= {"tool", "as_of", "from", "to"}
    yield from _fields(schema, without=common)
    if answer is not None:
        yield "\n```json"
        yield json.dumps(EXAMPLES.get(tool.name, {}))
        yield "```\n\n```json"
        yield _json(_shown(answer))
        yield "```"
    yield ""


def _parts(tools: tuple[ToolInfo, ...]) -> Iterator[str]:
    yield "## The parts of results\n"
    found: dict[str, Any] = {}
    for tool in tools:
        found |= envelope_schema(tool.name).get("$defs", {})
    for name in sorted(found):
        yield f"### {name}\n"
        if text := found[name].get("description"):
            yield f"{' '.join(text.split())}\n"
        yield from _fields(found[name])
        yield ""


def _fields(schema: dict[str, Any], without: set[str] | None = None) -> Iterator[str]:
    rows = [
        f"| `{name}` | {_type(field)} |"
        for name, field in schema["properties"].items()
        if name not in (without if without is not None else {"tool", "as_of"})
    ]
    if rows:
        yield "| field | type |\n|---|---|"
        yield from rows


_PLAIN = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}
_FORMATS = {"date": "day", "date-time": "moment"}


def _type(schema: dict[str, Any]) -> str:
    match schema:
        case {"anyOf": [*options]}:
            return " or ".join(_type(option) for option in options)
        case {"enum": [*values]}:
            return ", ".join(f"`{value}`" for value in values)
        case {"const": value}:
            return f"`{json.dumps(value)}`"
        case {"$ref": target}:
            return str(target).rsplit("/", 1)[-1]
        case {"type": "array", "items": items}:
            return f"list of {_type(items)}"
        case {"type": "null"}:
            return "null"
        case {"format": str(form)} if form in _FORMATS:
            return _FORMATS[form]
        case {"type": str(kind)}:
            return _PLAIN.get(kind, kind)
    return "any"


def _cell(schema: dict[str, Any]) -> str:
    text = " ".join(str(schema.get("description", "")).split()).replace("|", "\\|")
    bounds = [
        f"{word} {schema[key]}"
        for key, word in (("minimum", "at least"), ("maximum", "at most"))
        if key in schema
    ]
    return " ".join(filter(None, (text, f"({', '.join(bounds)})" if bounds else "")))


def _json(value: Any, indent: str = "") -> str:
    """JSON in which whatever fits into a line is one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    deeper = indent + "  "
    if isinstance(value, list):
        inner = [_json(each, deeper) for each in value]
    else:
        inner = [f"{json.dumps(name)}: {_json(each, deeper)}" for name, each in value.items()]
    left, right = "[]" if isinstance(value, list) else "{}"
    return f"{left}\n{deeper}" + f",\n{deeper}".join(inner) + f"\n{indent}{right}"


def _doc(kind: type[Envelope]) -> str:
    own = kind.__doc__ if kind.__doc__ and "__doc__" in vars(kind) else ""
    return " ".join(inspect.cleandoc(own).split()) if own != LedgerEnvelope.__doc__ else ""


def _shown(answer: Envelope) -> Any:
    """The answer without defaults, with at most two of each list, and ids of no database."""
    ids: dict[int, int] = {}

    def shown(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: shown(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [shown(each, name) for each in value[:2]]
        if isinstance(value, int) and _ID.search(name):
            return ids.setdefault(value, len(ids) + 1)
        if name == "link":
            return _IDS.sub("=…", value)
        return value

    dumped = answer.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"tool": answer.tool, **shown(dumped)}
