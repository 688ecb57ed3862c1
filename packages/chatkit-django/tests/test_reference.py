"""The reference names what there is: all of it, and nothing else."""

import re
from pathlib import Path

from chatkit_django import checks, conf, server_checks
from tests import reference

WRITTEN = reference.PAGE.read_text()


def test_the_reference_is_what_the_code_says():
    assert reference.page() == WRITTEN, "Run python -m tests.reference in packages/chatkit-django."


def test_it_has_every_setting_check_command_and_metric():
    """Not by way of the writer, which could forget a kind."""
    source = "".join(Path(one.__file__).read_text() for one in (checks, server_checks))
    wanted = {
        *(setting.name for setting in conf.ALL_SETTINGS),
        *re.findall(r"chatkit_django\.[EW]\d{3}", source),
        *(f"manage.py {file.stem}" for file in reference.COMMANDS.glob("chatkit_*.py")),
        *re.findall(r'"(chatkit_[a-z_]+_seconds|chatkit_open_streams)"', metrics_source()),
        "chatkit_requests_total",
        "chatkit_django.server.ChatKitServer",
        "chatkit_django.testing.StoreContract",
    }
    assert len(wanted) > 30
    assert {name for name in wanted if f"`{name}`" not in WRITTEN} == set()


def test_every_name_the_readme_uses_is_public():
    readme = (reference.PACKAGE / "README.md").read_text()
    used = re.findall(r"from chatkit_django\.([\w.]+) import (.+)", readme)
    imported = {f"{module}.{name.strip()}" for module, some in used for name in some.split(",")}
    assert "server.ChatKitServer" in imported
    assert imported <= set(reference.PUBLIC)


def metrics_source():
    from chatkit_django import metrics

    return Path(metrics.__file__).read_text()
