"""The language in which a sorting rule says what it looks for.

::

    stop (calling|texting) [me]     words in a row; one of several; one that may be left out
    stop .. calling                 up to three words between; ``...`` up to eight; never across a sentence's end
    harass*                         a word that begins so
    <me>                            any of a named set (``sets.yaml`` of the language)
    ^ stop $                        the whole text and nothing else
    { remove me }                   a whole sentence
    别再打                           Chinese as it is written: character by character

Capitals, accents and apostrophes are not written (``dont``): texts are read without them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_PARTS: Final = re.compile(r"\.\.\.|\.\.|[()\[\]|^${}]|<\w+>|[^\s()\[\]|<>^${}.]+")
_GAPS: Final = {"..": r"(?:[^ .]+ ){0,3}?", "...": r"(?:[^ .]+ ){0,8}?"}
_EDGES: Final = {"^": r"\A(?:\. )*", "$": r"(?:\. )*\Z", "{": r"(?:(?<=\. )|\A(?:\. )*)", "}": r"(?=\. |\Z)"}
_CJK: Final = re.compile(r"[\u3400-\u9fff]")
_ANY: Final = "*"
"""In place of a word: whatever stands there."""
Sets = Mapping[str, Sequence[str]]


class PhraseError(ValueError):
    """A phrase that does not follow the language above; the message says where it stops being one."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Some phrases, each a search that is tried only where a word stands with which it can begin.

    ``beginning[word]`` are the places in ``searches`` of those that begin with ``word``, ``anywhere`` of those that may
    begin with any.
    """

    searches: tuple[re.Pattern[str], ...] = ()
    beginning: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    anywhere: tuple[int, ...] = ()

    @classmethod
    def of(cls, phrases: Sequence[str], sets: Sets) -> "Phrases":
        """Return the search for any of ``phrases``. Raises :class:`PhraseError`."""
        searches = tuple(re.compile(_search(phrase, sets)) for phrase in phrases)
        beginning: dict[str, list[int]] = {}
        anywhere: list[int] = []
        for at, phrase in enumerate(phrases):
            words, may_be_empty, _ = _first_words(_PARTS.findall(phrase), 0, sets)
            if may_be_empty or _ANY in words:
                anywhere.append(at)
                continue
            for word in words:
                beginning.setdefault(word, []).append(at)
        merged = {word: tuple(sorted(at + anywhere)) for word, at in beginning.items()}
        return cls(searches, merged, tuple(anywhere))

    def places(self, joined: str) -> list[tuple[int, int]]:
        """Return where it is found in the words of a reading, as ``(start, until)`` in the joined string."""
        found: list[tuple[int, int]] = []
        if not self.searches:
            return found
        start = until = 0
        for word in joined.split():
            if start >= until:
                for at in self.beginning.get(word, self.anywhere):
                    match = self.searches[at].match(joined, start)
                    if match is not None and match.end() > start:
                        found.append(match.span())
                        until = match.end()
                        break
            start += len(word) + 1
        return found


def _first_words(parts: list[str], at: int, sets: Sets) -> tuple[set[str], bool, int]:
    """Return the words with which what stands until the bracket closes may begin, whether it may be empty, its end."""
    words: set[str] = set()
    is_open, may_be_empty = True, False
    while at < len(parts) and parts[at] not in ")]":
        part = parts[at]
        begins, is_empty = {_ANY}, False
        if part == "|":
            may_be_empty, is_open = may_be_empty or is_open, True
            at += 1
            continue
        if part in "([":
            begins, is_empty, at = _first_words(parts, at + 1, sets)
            is_empty = is_empty or part == "["
        elif part.startswith("<"):
            inner = [_first_words(_PARTS.findall(phrase), 0, sets) for phrase in sets[part[1:-1]]]
            begins, is_empty = set().union(*(one for one, _, _ in inner)), any(empty for _, empty, _ in inner)
        elif part not in _GAPS and part not in _EDGES and not part.endswith("*"):
            begins = {part[0] if _CJK.search(part) else part}
        if is_open:
            words |= begins
            is_open = is_empty
        at += 1
    return words, may_be_empty or is_open, at


def words_of(phrases: Sequence[str], sets: Sets) -> set[str]:
    """Return the whole words that ``phrases`` name: what a slip of the pen may have been meant to be."""
    found: set[str] = set()
    for phrase in phrases:
        for part in _PARTS.findall(phrase):
            found |= words_of(sets[part[1:-1]], sets) if part.startswith("<") else {part} if part.isalpha() else set()
    return {word for word in found if word.isascii()}


def _search(phrase: str, sets: Sets) -> str:
    parts = _PARTS.findall(phrase)
    if "".join(parts) != re.sub(r"\s", "", phrase):
        raise PhraseError(f"{phrase!r} has a sign that no phrase knows")
    found, rest = _choices(parts, 0, sets, phrase)
    if rest != len(parts):
        raise PhraseError(f"{phrase!r} closes what it never opened")
    return f"(?:{found})"


def _choices(parts: list[str], at: int, sets: Sets, phrase: str) -> tuple[str, int]:
    """Return the search for what stands until the bracket closes, and the place of that bracket."""
    choices = [""]
    while at < len(parts) and parts[at] not in ")]":
        part = parts[at]
        if part in "([":
            inner, close = _choices(parts, at + 1, sets, phrase)
            if close >= len(parts) or parts[close] != {"(": ")", "[": "]"}[part]:
                raise PhraseError(f"{phrase!r} opens {part} and does not close it")
            choices[-1] += f"(?:{inner})" + ("?" if part == "[" else "")
            at = close
        elif part == "|":
            choices.append("")
        else:
            choices[-1] += _one(part, sets, phrase)
        at += 1
    return "|".join(choices), at


def _one(part: str, sets: Sets, phrase: str) -> str:
    if part in _GAPS or part in _EDGES:
        return _GAPS.get(part) or _EDGES[part]
    if part.startswith("<"):
        if part[1:-1] not in sets:
            raise PhraseError(f"{phrase!r} names the set {part}, which is not there")
        return f"(?:{'|'.join(_search(inner, sets) for inner in sets[part[1:-1]])})"
    return _word(part)


@lru_cache(maxsize=4096)
def _word(part: str) -> str:
    if _CJK.search(part):
        return "".join(f"{letter} " for letter in part)
    if not re.fullmatch(r"[a-z0-9]+\*?", part):
        raise PhraseError(f"{part!r}: write words in small letters without accents")
    return f"{re.escape(part[:-1])}[^ ]* " if part.endswith("*") else f"{re.escape(part)} "
