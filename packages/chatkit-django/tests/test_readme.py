"""The README says what there is, all of it, and as it is."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chatkit_django import checks, conf, exceptions, server_checks
from chatkit_django.incoming import KNOWN_TYPES

README = (Path(__file__).parents[1] / "README.md").read_text()
ROWS = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")]
    for line in README.splitlines()
    if line.startswith("|")
]
ERRORS = [
    one
    for one in vars(exceptions).values()
    if isinstance(one, type)
    and issubclass(one, exceptions.ChatKitError)
    and one is not exceptions.ChatKitError
]


def test_every_setting_is_there_with_its_default():
    rows = {row[0]: row[1] for row in ROWS if row[0].startswith("CHATKIT_")}
    assert rows == {setting.name: str(setting.default) for setting in conf.ALL_SETTINGS}


def test_every_setting_of_the_module_is_listed():
    kinds = conf.Setting | conf.TextSetting | conf.Switch | conf.MappingSetting
    settings = [one for one in vars(conf).values() if isinstance(one, kinds)]
    assert sorted(one.name for one in settings) == sorted(one.name for one in conf.ALL_SETTINGS)


def test_every_error_is_there_with_its_status():
    rows = [(row[0], row[1]) for row in ROWS if row[0].isdigit()]
    assert sorted(rows) == sorted((str(error.status), error.code) for error in ERRORS)


def test_every_check_is_there():
    source = "".join(Path(one.__file__).read_text() for one in (checks, server_checks))
    ids = set(re.findall(r"chatkit_django\.[EW]\d{3}", source))
    assert {row[0] for row in ROWS if row[0].startswith("chatkit_django.")} == ids


def test_every_served_request_is_there():
    served = README.split("## Requests")[1].split("\n## ")[0]
    assert set(re.findall(r"`([a-z]+\.[a-z._]+)`", served)) == KNOWN_TYPES


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_code_is_python_and_imports_what_exists(code):
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] != "shop":
            module = __import__(node.module, fromlist=[name.name for name in node.names])
            assert all(hasattr(module, name.name) for name in node.names)


@pytest.mark.parametrize("error", ERRORS)
def test_every_message_says_what_happened_in_full_sentences(error):
    assert error().message.endswith(".")
    assert "\n" not in error().message


QUICK_START = {
    code.splitlines()[0].removeprefix("# "): code
    for code in re.findall(
        r"```python\n(.*?)```",
        README.split("## Quick start")[1].split("\n## ")[0],
        re.DOTALL,
    )
}


def test_the_quick_start_is_short():
    lines = "\n".join(QUICK_START.values()).splitlines()
    code = [line for line in lines if line.strip() and not line.startswith("#")]
    assert 10 < len(code) < 30


def test_the_quick_start_makes_a_project_whose_chat_is_in_order(tmp_path):
    """As written, in the project Django makes; and ``chatkit_check`` talks to it."""
    manage = tmp_path / "manage.py"
    in_project(tmp_path, "-m", "django", "startproject", "shop", ".")
    for name, code in QUICK_START.items():
        with (tmp_path / name).open("a" if name.endswith("settings.py") else "w") as file:
            file.write(f"\n{code}")
    in_project(tmp_path, str(manage), "migrate", "-v0")
    output = in_project(tmp_path, str(manage), "chatkit_check")
    assert "threads.create is answered." in output
    assert "The chat is in order." in output


def in_project(folder, *arguments):
    kept = ("PATH", "PYTHONPATH", "HOME", "LANG")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout
