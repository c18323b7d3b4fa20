"""What a step of the night is, and how the steps are found."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from arrears.kernel.texts import Text

if TYPE_CHECKING:
    from arrears.jobs.night.night import Night

Figures = Mapping[str, int | str | Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its place in the order, its name in the book, its words, and what it does.

    ``run`` returns the step's figures. ``at_once`` says that all of it happens in one transaction together with the
    mark that it is done; a step that works in batches is safe to do again instead.
    """

    number: int
    name: str
    words: Text
    run: "Callable[[Night], Figures]"
    at_once: bool = True


@cache
def steps() -> tuple[Step, ...]:
    """Return the steps in order: each file in ``steps`` declares one as ``STEP``."""
    from arrears.jobs.night import steps as folder

    found = [import_module(f"{folder.__name__}.{module.name}").STEP for module in pkgutil.iter_modules(folder.__path__)]
    return tuple(sorted(found, key=lambda step: step.number))
