"""Words folded to one plain form, so that spelling tricks do not hide them; each character knows where it came from.

Folded are: capitals, accents, full-width and traditional characters, letters of other alphabets that look Latin,
digits and signs for letters (p0lice), letters apart (a r r e s t), marks inside words (ar.rest, 逮-捕), and masked
ones (p*lice).
Marks and digits are only undone where that gives a word that a rule looks for: "co-worker" and "B12" stay.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from arrears.kernel.chinese import SIMPLIFIED

_LOOKALIKE: Final = str.maketrans("аеорсухіјѕԁһкмнтвαορνιτκυ", "aeopcyxijsdhkmhtbaopvitku")
_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_PLAIN: Final[Mapping[str, str]] = {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"'}
_SHORTENED: Final = re.compile(r"\b(?:mr|mrs|ms|dr|dra|sr|sra|srta|lic|inc|ltd|attn)(\.)")
_APART: Final = re.compile(r"(?<![a-z0-9])[a-z](?:([ .\-_*·,/])[a-z](?:\1[a-z])+)(?![a-z0-9])")
_MARKED: Final = re.compile(r"(?<![a-z])[a-z]++(?:[*_.\-·|/~+][a-z]++)+")
_MASKED: Final = re.compile(r"(?<![a-z*#])(?:[a-z]*+[*#][a-z*#]*[a-z]|[a-z]++[*#]++)")
_SIGN: Final = r"(?:[a-z0-9@$]|[!|](?=[a-z0-9]))"
_DIGITS: Final = re.compile(
    rf"(?<![\w.@$]){_SIGN}{{0,40}}(?:[a-z](?:[0-9@$]|[!|](?=[a-z0-9]))|[0-9@$!|][a-z]){_SIGN}{{0,40}}(?![\w@]|\.[a-z])"
)
_ORDINAL: Final = re.compile(r"\$?\d+[a-z]{1,5}")
_READS_AS: Final = str.maketrans("013457@$!|", "oieastasii")
_HAN: Final = "㐀-鿿"
_HAN_MARKED: Final = re.compile(f"(?<=[{_HAN}])[ *·.\\-_|/~+^]+(?=[{_HAN}])")
_PLACE: Final = re.compile(r"\{\w+\}")
_LEAST, _LONGEST = 4, 40
_MOST_FROM_ONE: Final = 4
"""Letters that one character is taken apart into; signs that stand for whole sentences stay as they are."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded words; ``at[i]`` is where the i-th folded character stands in the words as given."""

    text: str
    at: tuple[int, ...]
    given: str

    def span(self, start: int, until: int) -> tuple[int, int]:
        """Return the span of the words as given that was folded into ``start`` to ``until``."""
        return self.at[start], self.at[until - 1] + 1

    def with_places(self) -> "Folded":
        """Return the same with the places of a template (``{amount}``) as words that mean nothing."""
        return Folded(_PLACE.sub(lambda found: "_" * len(found.group()), self.text), self.at, self.given)

    def without(self, spans: Iterable[tuple[int, int]]) -> "Folded":
        """Return the same with ``spans`` of the folded text blanked out, each an end of a sentence."""
        text = self.text
        for start, until in spans:
            text = text[:start] + "\n" * (until - start) + text[until:]
        return Folded(text, self.at, self.given)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    if character in _PLAIN:
        return _PLAIN[character]
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character))
    if len(folded) > _MOST_FROM_ONE:
        return character
    kept = "".join(one for one in folded if unicodedata.category(one) != "Mn").lower()
    return kept.translate(_LOOKALIKE).translate(SIMPLIFIED)


def fold(words: str, known: frozenset[str] = frozenset()) -> Folded:
    """Return ``words`` folded; ``known`` are the words and beginnings of words that rules look for."""
    if words.isascii():
        text, at = words.lower(), list(range(len(words)))
    else:
        pieces = [_plain(character) for character in words]
        text = "".join(pieces)
        at = [place for place, piece in enumerate(pieces) for _ in piece]
    text = _SHORTENED.sub(lambda found: found.group()[:-1] + " ", text)
    text, at = _dropped(text, at, _APART, lambda piece: re.sub(r"[^a-z]", "", piece))
    if not words.isascii():
        text, at = _dropped(text, at, _HAN_MARKED, lambda _: "")
    text, at = _dropped(text, at, _MARKED, lambda piece: _if_known(re.sub(r"[^a-z]", "", piece), piece, known))
    text = _MASKED.sub(lambda found: _unmasked(found.group(), known), text)
    text = _DIGITS.sub(lambda found: _letters(found.group(), known), text)
    return Folded(text, tuple(at), words)


def _dropped(text: str, at: list[int], where: re.Pattern[str], into: Callable[[str], str]) -> tuple[str, list[int]]:
    """Return the text with what matches made shorter by leaving characters out, and the places that remain."""
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for found in where.finditer(text):
        kept = into(found.group())
        pieces += [text[last : found.start()], kept]
        places += at[last : found.start()]
        places += _places_of(kept, found, at)
        last = found.end()
    return ("".join(pieces) + text[last:], places + at[last:]) if pieces else (text, at)


def _places_of(kept: str, found: re.Match[str], at: list[int]) -> list[int]:
    """Return where the kept characters stood: each the next of its kind in what was found."""
    places, place = [], found.start()
    for character in kept:
        while found.string[place] != character:
            place += 1
        places.append(at[place])
        place += 1
    return places


def _if_known(joined: str, piece: str, known: frozenset[str]) -> str:
    first = re.match(r"[a-z]*", piece)
    whole = len(first.group()) if first else 0
    is_hidden = _begins_known(joined, known, whole + 1) and not piece.endswith((".com", ".org", ".net", ".gov"))
    return joined if is_hidden else piece


def _begins_known(word: str, known: frozenset[str], least: int = _LEAST) -> bool:
    """Return whether ``word`` begins with a known one of ``least`` letters or more: marks inside it were a trick."""
    return any(word[:size] in known for size in range(max(_LEAST, least), min(len(word), _LONGEST) + 1))


@lru_cache(maxsize=4096)
def _unmasked(piece: str, known: frozenset[str]) -> str:
    """Return a masked word as the known word of the same length that it fits, else as it is."""
    if sum(one.isalpha() for one in piece) < 2:  # noqa: PLR2004 - one letter and stars fits anything
        return piece
    shape = re.sub(r"[*#]", ".", piece)
    for size, words in _by_length(known):
        if size <= len(piece) and "." in shape[:size] and "." not in shape[size:]:
            found = re.search(f"(?m)^{shape[:size]}$", words)
            if found is not None:
                return found.group() + piece[size:]
    return piece


@lru_cache(maxsize=4)
def _by_length(known: frozenset[str]) -> tuple[tuple[int, str], ...]:
    """Return the words that rules look for by their length, the longest first, each on a line of its own."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(known):
        by_length[len(word)].append(word)
    return tuple((size, "\n".join(by_length[size])) for size in sorted(by_length, reverse=True))


def _letters(piece: str, known: frozenset[str]) -> str:
    """Return a word with digits for letters as letters where that gives a known word; the length stays."""
    if _ORDINAL.fullmatch(piece):
        return piece
    for one in (piece.translate(_READS_AS), piece.replace("1", "l").replace("!", "l").translate(_READS_AS)):
        if _begins_known(one, known):
            return one
    return piece
