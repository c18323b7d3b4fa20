"""What happened in the demonstration's house lately: one file a scene, found by its ``SCENE`` and played in order."""

import pkgutil
from importlib import import_module

from arrears.jobs.demo.stage import Scene, Stage


def play(stage: Stage) -> None:
    """Play every scene for one creditor, by the verbs that the pages use."""
    found = [import_module(f"{__name__}.{module.name}").SCENE for module in pkgutil.iter_modules(__path__)]
    for scene in sorted(found, key=_number):
        scene.play(stage)


def _number(scene: Scene) -> int:
    return scene.number
