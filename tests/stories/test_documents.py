"""Every example in the documents is typed into a shell as a reader would, and must say what the document says.

A ``console`` block holds commands after ``$ `` and what they print; ``...`` stands for words that differ from day to day.
A block that cannot run in a test is preceded by ``<!-- not run: why -->``. ``file NAME`` in the fence's first line makes
the block a file that the reader is told to write.
"""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from arrears.config.postgres import remove

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"(?P<before>[^\n]*)\n+```(?P<kind>[^\n]*)\n(?P<words>.*?)^```", re.DOTALL | re.MULTILINE)
DOCUMENTS = sorted(
    [ROOT / "README.md", *(ROOT / "docs" / "tutorial").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")]
)


def blocks(document: Path) -> list[re.Match[str]]:
    """Return the fenced blocks that a reader is to follow: those not marked as not run."""
    return [block for block in FENCE.finditer(document.read_text()) if "<!-- not run:" not in block["before"]]


RUNNABLE = [path for path in DOCUMENTS if any(block["kind"].strip() == "console" for block in blocks(path))]


class Example(NamedTuple):
    """One command and what it should print."""

    command: str
    expected: str


def examples(words: str) -> list[Example]:
    found: list[Example] = []
    for line in words.splitlines():
        if line.startswith("$ "):
            found.append(Example(line[2:], ""))
        elif found:
            found[-1] = Example(found[-1].command, f"{found[-1].expected}{line}\n")
    return found


def shell(command: str, folder: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARREARS_")}
    path = f"{Path(sys.executable).parent}:{kept['PATH']}"
    surroundings = {**kept, "PATH": path, "ARREARS_HOME": str(home), "COLUMNS": "100", "LANG": "en_US.UTF-8"}
    command = command.replace("./arrears", "arrears")
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=surroundings, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.mark.parametrize("document", RUNNABLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_reader_who_types_the_examples_sees_what_the_document_says(document, tmp_path):
    folder, home = tmp_path / "reader", tmp_path / "home"
    folder.mkdir()
    compare = doctest.OutputChecker()
    ran = 0
    for block in blocks(document):
        if named := re.match(r"\w+ file (\S+)", block["kind"]):
            (folder / named[1]).parent.mkdir(parents=True, exist_ok=True)
            (folder / named[1]).write_text(block["words"], encoding="utf-8")
        elif block["kind"].strip() == "console":
            for example in examples(block["words"]):
                done = shell(example.command, folder, home)
                assert done.returncode == 0, f"$ {example.command}\n{done.stdout}{done.stderr}"
                flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
                if example.expected:
                    assert compare.check_output(example.expected, done.stdout, flags), (
                        f"$ {example.command}\nexpected:\n{example.expected}\nprinted:\n{done.stdout}{done.stderr}"
                    )
                ran += 1
    if home.exists():
        remove(home / "postgres-18")
    assert ran
