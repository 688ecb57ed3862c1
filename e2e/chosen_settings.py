"""Which of the settings beside this file a Spendo has."""

import os
from pathlib import Path


def settings(name: str) -> dict[str, str]:
    """The variables for the process."""
    here = str(Path(__file__).parent)
    path = os.pathsep.join([here, os.environ.get("PYTHONPATH", "")])
    return {"DJANGO_SETTINGS_MODULE": name, "PYTHONPATH": path}
