"""The little language in which rules name words, made into regular expressions over folded words.

A pattern is a row of items. In English and Spanish an item is a word, ``word*`` (a beginning), ``(one|two words)``,
``[optional]``, ``~`` or ``~5`` (a gap of up to three, or five, words within the sentence), ``{list}`` (words that many
rules share, by itself or as one of a choice), ``{amount}``. In Chinese items follow each other without space, and a
gap counts characters, eight where no number stands. A pattern that begins with ``!`` speaks even where it is denied.
Accents and capitals need not be written: words are folded first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from arrears.engine.checker.folding import fold

Lists = Mapping[str, tuple[str, ...]]
_ITEM: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|~(\d*)|\{(\w+)\}|([^\s()\[\]{}~]+)")
_BETWEEN: Final = r"[^\w.!?;\n]+"
_WORD: Final = r"[\w']+(?:[.,:]\d+)*"
_AMOUNT: Final = r"(?:(?:us|rmb|cny|usd|eur|gbp|mxn|cop)?\s?[$€£¥]?\s?)?\d[\d.,]*"
_GAPS: Final = {"en": 3, "es": 3, "zh": 8}
_HAN_INSIDE: Final = r"[^。!?;\n]"


class PatternError(ValueError):
    """A pattern that does not read."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to look for words: one of ``anchors`` stands in every text that it matches.

    ``expression`` is compiled when the first such text comes: most patterns of a process never meet one.
    """

    said: str
    language: str
    expression: str
    anchors: frozenset[str]
    is_denied_too: bool = False

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield each match, as narrow as it can be from its left."""
        place, regex = 0, _regex(self.expression)
        while (found := regex.search(text, place)) is not None:
            start, until = found.span()
            while (later := regex.search(text, start + 1, until)) is not None and later.end() == until:
                start = later.start()
            yield start, until
            place = max(until, place + 1)


def compiled(said: str, language: str, lists: Lists) -> Pattern:
    """Return the pattern; raises `PatternError` where it does not read or could match anything."""
    parts: list[str] = []
    anchors: list[frozenset[str]] = []
    for item in _items(said.lstrip("! ")):
        regex, literals, is_optional = _item(item, language, lists)
        parts.append(regex)
        if literals and not is_optional:
            anchors.append(literals)
    if not anchors:
        raise PatternError(f"{said!r} names no word that must be there")
    best = max(anchors, key=lambda literals: (min(map(len, literals)), -len(literals)))
    return Pattern(said, language, _joined(parts, language), best, said.startswith("!"))


_regex = cache(re.compile)


def words_of(said: str, lists: Lists) -> Iterator[str]:
    """Yield the words and beginnings of words that a pattern names, folded."""
    for item in _items(said.lstrip("! ")):
        for one in _alternatives(item, lists):
            yield from (re.sub(r"[*']", "", word) for word in _folded(one).split())


def _items(said: str) -> list[re.Match[str]]:
    if _ITEM.sub("", said).strip():
        raise PatternError(f"{said!r} does not read")
    return list(_ITEM.finditer(said))


def _alternatives(item: re.Match[str], lists: Lists) -> tuple[str, ...]:
    group, optional, gap, named, word = item.groups()
    if gap is not None:
        return ()
    if named is not None:
        if named == "amount":
            return ()
        return _list(named, lists)
    said = [one.strip() for one in (group or optional or word or "").split("|")]
    return tuple(one for own in said for one in (_list(own[1:-1], lists) if own.startswith("{") else (own,)))


def _list(name: str, lists: Lists) -> tuple[str, ...]:
    if name not in lists:
        raise PatternError(f"there is no list {name!r}")
    return lists[name]


def _item(item: re.Match[str], language: str, lists: Lists) -> tuple[str, frozenset[str], bool]:
    """Return the expression of an item (a gap or an optional one ends with a space), its literals, whether optional."""
    if item.group(3) is not None:
        size = int(item.group(3) or _GAPS[language])
        inside = f"{_HAN_INSIDE}{{0,{size}}}?" if language == "zh" else f"(?:{_WORD}{_BETWEEN}){{0,{size}}}?"
        return inside + " ", frozenset(), True
    if item.group(4) == "amount":
        return _AMOUNT, frozenset(), False
    words = _alternatives(item, lists)
    regex = "(?:" + "|".join(_literal(one, language) for one in sorted(words, key=len, reverse=True)) + ")"
    literals = frozenset(_longest(one, language) for one in words)
    if item.group(2) is not None:
        return (f"{regex}? " if language == "zh" else f"(?:{regex}{_BETWEEN})? "), literals, True
    return regex, literals, False


@lru_cache(maxsize=1 << 14)
def _folded(words: str) -> str:
    """Return words of a pattern as folded text has them; what many patterns name is folded once."""
    return fold(words.replace("*", "\x00")).text


def _literal(words: str, language: str) -> str:
    plain = _folded(words)
    if language == "zh":
        return re.escape(plain.replace(" ", ""))
    return _BETWEEN.join(_word(word) for word in plain.split())


def _word(word: str) -> str:
    whole = re.escape(word.replace("\x00", "")).replace("'", "'?")
    return whole + (r"\w*" if word.endswith("\x00") else r"(?!\w|'\w)")


def _longest(words: str, language: str) -> str:
    plain = _folded(words)
    if language == "zh":
        return plain.replace(" ", "")
    pieces = re.split(r"[\s\x00']+", plain)
    return max(pieces, key=len)


def _joined(parts: Iterable[str], language: str) -> str:
    """Return the items as one expression: words stand apart from each other, characters do not."""
    if language == "zh":
        return "".join(part.rstrip(" ") if part.endswith(" ") else part for part in parts)
    whole, needs_space = r"(?<!\w)(?<!\w')", False
    for part in parts:
        whole += (_BETWEEN if needs_space else "") + part.removesuffix(" ")
        needs_space = not part.endswith(" ")
    return whole
