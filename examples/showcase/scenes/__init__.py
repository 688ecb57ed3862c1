"""Every scene by the words that ask for it."""

from examples.showcase.scenes import input as asking
from examples.showcase.scenes import prose, text, threads
from examples.showcase.stage import Scene

SCENES: dict[str, Scene] = {
    **asking.SCENES,
    **prose.SCENES,
    **text.SCENES,
    **threads.SCENES,
}
