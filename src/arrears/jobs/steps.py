"""Long work says its steps: one line that changes on a terminal, a line a step in a file or a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

Say = Callable[[str], None]
Count = Callable[[str, int, int], None]

#: Counting of rows, where nobody sees a bar, is said at each of so many parts of the whole.
PARTS = 10


@contextmanager
def saying(console: "Console", opening: str) -> Iterator[Say]:
    """Say what is being done, each step as it begins; the words go to standard error where there is no terminal."""
    if not console.is_terminal:
        say = in_lines(sys.stderr)
        say(opening)
        yield say
        return
    with console.status(f"{opening} …") as status:
        yield lambda words: status.update(f"{words} …")


def in_lines(file: TextIO) -> Say:
    """Return what says each step as a line of its own, seen at once; the same words twice running are one line."""
    last = ""

    def say(words: str) -> None:
        nonlocal last
        if words != last:
            print(f"{words} …", file=file, flush=True)
        last = words

    return say


def counting(say: Say) -> Count:
    """Return what says how many rows of a file are done, each time another tenth of them is."""
    said: dict[str, int] = {}

    def count(name: str, done: int, of: int) -> None:
        part = done * PARTS // of if of else PARTS
        if said.get(name) != part:
            said[name] = part
            say(f"{name}: {done:,} / {of:,}")

    return count
