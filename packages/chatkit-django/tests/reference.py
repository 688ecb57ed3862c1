"""Write the reference from the code: ``python -m tests.reference``."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import django

PACKAGE = Path(__file__).parents[1]
PAGE = PACKAGE.parents[1] / "docs" / "reference" / "chatkit-django.md"
COMMANDS = PACKAGE / "src" / "chatkit_django" / "management" / "commands"

# What a project may import. Everything else can change without notice.
PUBLIC = (
    "views.ChatKitView",
    "views.csrf_failure",
    "session_view.ChatKitSessionView",
    "admission.admit",
    "server.ChatKitServer",
    "context.RequestContext",
    "store.ChatStore",
    "store.DatabaseStore",
    "memory_store.MemoryStore",
    "attachments.DjangoAttachmentStore",
    "text_answer.stream_text",
    "text_answer.text_of",
    "agent_run.stream_run",
    "limits.report_usage",
    "retention.archive_thread",
    "retention.unarchive_thread",
    "retention.delete_thread",
    "retention.prune",
    "retention.export",
    "retention.exported_files",
    "retention.erase",
    "asgi.get_chatkit_application",
    "serving.serve",
    "serving.bound",
    "serving.CannotServe",
    "operations.healthz",
    "operations.readyz",
    "operations.metrics",
    "observation.JsonFormatter",
    "database.run",
    "database.close",
    "exceptions.ChatKitError",
    "page_results.NotAPage",
    "checks.CHATKIT_HEADERS",
    "checks.CHATKIT_EXPOSED_HEADERS",
    "testing.ChatKitClient",
    "testing.StoreContract",
    "testing.message",
    "testing.parse_events",
    "testing.read_events",
)

# What those of them are that carry no docstring.
CONSTANTS = {
    "checks.CHATKIT_HEADERS": "the headers CORS has to allow",
    "checks.CHATKIT_EXPOSED_HEADERS": "the headers of an answer CORS has to expose",
}


def page() -> str:
    return "\n".join(
        [
            "# chatkit-django: reference",
            "",
            "Written from the code by `python -m tests.reference` in `packages/chatkit-django`; a",
            "test fails when it is out of date. How to use it all is in the",
            "[package's README](../../packages/chatkit-django/README.md).",
            *section("Settings", ("setting", "default", "meaning"), settings()),
            *section("Errors", ("status", "code", "message"), errors()),
            *section("Checks", ("id", "what was found"), checks()),
            *section("Commands", ("command", "what it does"), commands()),
            *section("Metrics", ("metric", "labels", "what"), metrics()),
            *section("Public names", ("name", "what"), names()),
            "",
        ]
    )


def section(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = [head, ("---",) * len(head), *rows]
    return ["", f"## {title}", "", *(f"| {' | '.join(cells)} |" for cells in lines)]


def settings() -> list[tuple[str, ...]]:
    from chatkit_django import conf

    return [(f"`{one.name}`", shown(one.default), one.meaning) for one in conf.ALL_SETTINGS]


def shown(value: object) -> str:
    return f"`{value}`" if value != "" else ""


def errors() -> list[tuple[str, ...]]:
    from chatkit_django import exceptions

    found = [
        one
        for one in vars(exceptions).values()
        if isinstance(one, type)
        and issubclass(one, exceptions.ChatKitError)
        and one is not exceptions.ChatKitError
    ]
    rows = {(str(one.status), f"`{one.code}`", one().message) for one in found}
    return sorted(rows)


def checks() -> list[tuple[str, ...]]:
    lines = (PACKAGE / "README.md").read_text().splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| `chatkit_django.")]
    return sorted((row[0].strip(), row[1].strip()) for row in rows if len(row) == 2)


def commands() -> list[tuple[str, ...]]:
    rows = []
    for file in sorted(COMMANDS.glob("[a-z]*.py")):
        module = import_module(f"chatkit_django.management.commands.{file.stem}")
        rows.append((f"`manage.py {file.stem}`", one_line(module.Command.help)))
    return rows


def metrics() -> list[tuple[str, ...]]:
    from chatkit_django.metrics import METRICS

    rows = []
    for one in vars(METRICS).values():
        (family,) = one.describe()
        name = family.name + ("_total" if family.type == "counter" else "")
        labels = ", ".join(f"`{label}`" for label in one._labelnames)
        rows.append((f"`{name}`", labels, family.documentation))
    return rows


def names() -> list[tuple[str, ...]]:
    rows = []
    for name in PUBLIC:
        module, _, attribute = f"chatkit_django.{name}".rpartition(".")
        value = getattr(import_module(module), attribute)
        about = CONSTANTS.get(name) or inspect.getdoc(value)
        rows.append((f"`{module}.{attribute}`", first_sentence(about or "")))
    return rows


def first_sentence(text: str) -> str:
    sentence = re.split(r"(?<=\.)\s", one_line(text), maxsplit=1)[0]
    return sentence.replace("``", "`").replace("|", "\\|")


def one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    PAGE.write_text(page())
