"""Every scene by the words that ask for it."""

from examples.showcase.scenes import input as asking
from examples.showcase.scenes import text
from examples.showcase.stage import Scene

SCENES: dict[str, Scene] = {**text.SCENES, **asking.SCENES}
