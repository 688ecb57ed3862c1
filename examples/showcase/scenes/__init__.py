"""Every scene by the words that ask for it."""

from examples.showcase.scenes import answers, composer, prose, sources, steps, text, threads
from examples.showcase.scenes import input as asking
from examples.showcase.stage import Scene

SCENES: dict[str, Scene] = {
    **answers.SCENES,
    **asking.SCENES,
    **composer.SCENES,
    **prose.SCENES,
    **sources.SCENES,
    **steps.SCENES,
    **text.SCENES,
    **threads.SCENES,
}
