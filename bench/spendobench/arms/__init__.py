"""Who answers: each arm takes the questions about a loaded world and returns what it said."""

from typing import Protocol

from bench.spendobench.events import World
from bench.spendobench.expected import Answer, Question
from bench.spendobench.loader import Loaded


class Arm(Protocol):
    def knows(self, question: Question) -> bool:
        """Whether it can be asked this at all."""
        ...

    def answer_all(self, questions: list[Question]) -> list[Answer]: ...


def make_arm(name: str, world: World, loaded: Loaded | None) -> Arm:
    from bench.spendobench.arms.origin import OriginArm
    from bench.spendobench.arms.scripted import ScriptedArm
    from bench.spendobench.arms.spendo import SpendoArm

    if loaded is None:
        return OriginArm(world)
    match name:
        case "analyst":
            return SpendoArm(loaded)
        case "scripted":
            return ScriptedArm(loaded, misstates=False)
        case "misstating":
            return ScriptedArm(loaded, misstates=True)
    raise ValueError(name)
