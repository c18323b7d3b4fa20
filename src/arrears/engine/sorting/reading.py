"""A text as the sorting reads it: words one by one, in one spelling, each with its place in what was written.

Capitals, accents, apostrophes, full-width and traditional characters make no difference, nor do drawn-out letters
("stoppp"); a word that is one slip away from a word we look for is read as that word.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from arrears.kernel.chinese import SIMPLIFIED

BREAK: Final = "."
"""The token that stands for the end of a sentence."""

_TOKEN: Final = re.compile(  # the point of "ch. 13" and "Mr. Lee" ends no sentence
    r"[0-9a-z]+|[\u3400-\u9fff]|(?:(?<!\bch)(?<!\bchap)(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bdr)(?<!\bsr)(?<!\bsra)\.|[!?;\n。！？；])"
    r"[.!?;\n。！？；]*"
)
_PAUSE: Final = re.compile(r"[,:()，、：]| [-–—]+ |[–—]")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘`´"), None)
_DRAWN_OUT: Final = re.compile(r"([a-z])\1{2,}")
_SHORTEST_SLIP, _SHORTEST_TWO = 5, 9


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text joined by single spaces, each followed by one, and where each stood in the original.

    ``starts[i]`` is the place in ``joined`` of token ``i``; ``places[i]`` its ``(start, until)`` in the original.
    ``pauses`` are those starts before which a comma, a colon, a bracket or a dash stood.
    """

    joined: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    pauses: tuple[int, ...] = ()

    def tokens(self) -> list[str]:
        return self.joined.split()


def read(text: str, known: Mapping[str, str] | None = None) -> Reading:
    """Return ``text`` as read; ``known`` gives for each slip of the pen the word that was meant (:func:`slips`)."""
    folded, origin = _folded(text)
    joined: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    pauses: list[int] = []
    at = before = 0
    for match in _TOKEN.finditer(folded):
        word = match.group()
        if not (word[0].isalnum()):
            word = BREAK
        elif word.isalpha():
            word = _DRAWN_OUT.sub(r"\1", word)
            word = (known or {}).get(word, word)
        if _PAUSE.search(folded, before, match.start()):
            pauses.append(at)
        before = match.end()
        joined.append(word)
        starts.append(at)
        places.append((origin[match.start()], origin[match.end() - 1] + 1))
        at += len(word) + 1
    return Reading("".join(f"{word} " for word in joined), tuple(starts), tuple(places), tuple(pauses))


def _folded(text: str) -> tuple[str, list[int]]:
    """Return ``text`` in small plain letters, and for each of them the place it came from."""
    letters: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        for plain in _plain(letter):
            letters.append(plain)
            origin.append(at)
    return "".join(letters), origin


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str:
    if letter == "#":
        return " number "
    taken_apart = unicodedata.normalize("NFKD", letter.translate(_APOSTROPHES))
    bare = "".join(part for part in taken_apart if not unicodedata.combining(part))
    return bare.lower().translate(SIMPLIFIED)


def slips(words: Iterable[str], never: Iterable[str] = ()) -> dict[str, str]:
    """Return every spelling one slip away from ``words`` (a letter left out, doubled up, swapped or hit beside).

    Words of less than five letters are left alone; those of nine and more may lack two letters. ``never`` are true
    words that are no slip ("contract" is not "contact").
    """
    wanted = [word for word in dict.fromkeys(words) if len(word) >= _SHORTEST_SLIP]
    right = set(wanted) | set(never)
    found: dict[str, str] = {}
    for word in wanted:
        for spelling in _one_slip(word):
            if spelling not in right:
                found.setdefault(spelling, word)
        if len(word) >= _SHORTEST_TWO:
            for spelling in _one_left_out(word):
                for shorter in _one_left_out(spelling) | _one_swapped(spelling):
                    if shorter not in right:
                        found.setdefault(shorter, word)
    return found


def _one_slip(word: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    beside = {f"{word[:at]}{new}{word[at + 1 :]}" for at in range(1, len(word)) for new in letters}
    put_in = {f"{word[:at]}{new}{word[at:]}" for at in range(1, len(word) + 1) for new in letters}
    return (beside | put_in | _one_left_out(word) | _one_swapped(word)) - {word}


def _one_left_out(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def _one_swapped(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}
