"""Every scene by the words that ask for it."""

from examples.showcase.scenes import input as asking
from examples.showcase.scenes import text, threads
from examples.showcase.stage import Scene

SCENES: dict[str, Scene] = {
    **asking.SCENES,
    **text.SCENES,
    **threads.SCENES,
}
