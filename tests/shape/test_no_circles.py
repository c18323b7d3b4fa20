"""Rooms within a room import each other in one direction only, imports that only a type check needs included."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "arrears"


def imports(room: str) -> dict[str, set[str]]:
    """By part of a room: the other parts of the same room from which it imports."""
    found: dict[str, set[str]] = {}
    for path in sorted((PACKAGE / room).rglob("*.py")):
        own = path.relative_to(PACKAGE / room).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"arrears.{room}."):
                part = (node.module or "").split(".")[2]
                if own not in {part, "__init__"}:
                    found.setdefault(own, set()).add(part)
    return found


def below(graph: dict[str, set[str]], part: str) -> set[str]:
    """All that a part stands on, however far down."""
    found: set[str] = set()
    left = {part}
    while left:
        left = {other for one in left for other in graph.get(one, set())} - found
        found |= left
    return found


@pytest.mark.parametrize("part", ["checker", "gate", "limitation", "notices", "sorting"])
def test_what_reads_law_and_words_stands_on_nothing_that_stands_on_it(part):
    assert part not in below(imports("engine"), part)


def test_the_gate_stands_on_limitation():
    assert "limitation" in imports("engine")["gate"]
