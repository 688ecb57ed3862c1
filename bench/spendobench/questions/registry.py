"""The templates by name: each draws its slots from a world and says what the answer has to be."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.spendobench.questions.draw import Draw, Made

Make = Callable[[Draw], Made]


@dataclass(frozen=True, slots=True)
class Template:
    name: str
    kind: str
    make: Make


TEMPLATES: dict[str, Template] = {}


def template(kind: str, *names: str) -> Callable[[Make], Make]:
    """Registers the function under its own name, or under those given."""

    def register(make: Make) -> Make:
        for name in names or (make.__name__,):
            TEMPLATES[name] = Template(name, kind, make)
        return make

    return register
