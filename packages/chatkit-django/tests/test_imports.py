"""What a project pays for having the app installed."""

import subprocess
import sys

import pytest

CODE = """
import sys, django
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth",
                    "django.contrib.admin", "chatkit_django"],
    USE_TZ=True,
)
django.setup()
import chatkit_django.{module}
print(*(name for name in ("chatkit", "chatkit.server", "agents", "openai", "pydantic")
        if name in sys.modules))
"""


@pytest.mark.parametrize(
    "module",
    [
        "apps",
        "models",
        "checks",
        "views",
        "file_urls",
        "files.deletion",
        "context",
        "conf",
        "exceptions",
        "admin",
    ],
)
def test_installing_and_routing_the_app_does_not_load_the_sdk(module):
    code = CODE.format(module=module)
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.split() == []


def test_the_package_loads_the_agents_sdk_only_through_the_chatkit_sdk():
    from pathlib import Path

    import chatkit_django

    sources = Path(chatkit_django.__file__).parent.rglob("*.py")
    for source in sources:
        for line in source.read_text().splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]):
                assert words[1].split(".")[0] not in {"agents", "openai", "spendo"}, source
