"""How much words are like words that break a rule: a second reader beside the rules, for what no pattern names.

It is learned on demand from examples (`learned`), in well under a second, and ships as code and examples, never as
weights. Naive Bayes: each word, pair of neighbouring words and beginning of a long word (Chinese: each run of one to
three characters) weighs as much as it stands oftener in examples that break a rule than in lawful ones. The sum, over
the root of their number, is the likeness; beyond ``FLAGS`` the words are flagged, beyond ``BLOCKS`` stopped. Both were
set on texts that nothing was learned from.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from arrears.engine.checker.folding import fold
from arrears.engine.checker.report import Category

Example = tuple[str, Category | None, str]
"""Language, what is wrong (None: lawful), and the words."""

FLAGS: Final[Mapping[str, float]] = {"en": 1.2, "es": 1.2, "zh": 1.2}
BLOCKS: Final[Mapping[str, float]] = {"en": 3.0, "es": 3.0, "zh": 4.0}
_STEM: Final = 5
_DRAWN: Final = 20
"""As many examples of the usual share stand behind each count: what was seen once or twice says little."""
_FEWEST: Final = 4
"""Fewer tokens than these say too little to be like anything."""
_TOGETHER: Final = 2
_SENTENCE: Final = re.compile(r"(?:[^.!?;。\n]|[.](?=\d))+[.!?;。\n]*")
"""A point before a figure ends no sentence: "1.250,00"."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Words from ``start`` to ``until`` of the folded text that are like what breaks a rule of ``category``."""

    start: int
    until: int
    category: Category
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was learned: ``weights`` by language and token, and by category how much each token speaks for it."""

    weights: Mapping[str, Mapping[str, float]]
    kinds: Mapping[str, Mapping[Category, Mapping[str, float]]]

    def most_alike(self, text: str, language: str | None) -> Alike | None:
        """Return the two neighbouring sentences of folded ``text`` that are most like a breach, None if none is."""
        if language is None or language not in self.weights:
            return None
        scored = [(self._likeness(text[a:b], language), a, b) for a, b in _windows(text)]
        likeness, start, until = max(scored, default=(0.0, 0, 0))
        if likeness <= FLAGS[language]:
            return None
        said = _tokens(text[start:until], language)
        category = max(self.kinds[language].items(), key=lambda kind: sum(kind[1].get(one, 0.0) for one in said))[0]
        return Alike(start, until, category, likeness > BLOCKS[language])

    def _likeness(self, text: str, language: str) -> float:
        said, weights = _tokens(text, language), self.weights[language]
        if len(said) < _FEWEST:
            return 0.0
        return sum(weights.get(one, 0.0) for one in said) / math.sqrt(len(said))


def learned(examples: Iterable[Example]) -> Likeness:
    """Return what ``examples`` teach; the same for the same."""
    by_language: dict[str, list[tuple[Category | None, frozenset[str]]]] = defaultdict(list)
    for language, category, words in examples:
        by_language[language].append((category, _tokens(fold(words).text, language)))
    weights, kinds = {}, {}
    for language, read in by_language.items():
        wrong = [said for category, said in read if category is not None]
        weights[language] = _weighed(wrong, [said for category, said in read if category is None])
        of_kind: dict[Category, list[frozenset[str]]] = defaultdict(list)
        for category, said in read:
            if category is not None:
                of_kind[category].append(said)
        kinds[language] = {category: _weighed(said, wrong) for category, said in sorted(of_kind.items())}
    return Likeness(weights, kinds)


def _weighed(these: list[frozenset[str]], those: list[frozenset[str]]) -> dict[str, float]:
    """Return by token how much oftener it stands in ``these``: shares, drawn to that in all by ``_DRAWN`` examples."""
    ours, others = (Counter(one for said in texts for one in said) for texts in (these, those))
    weights = {}
    for one in ours.keys() | others.keys():
        share = (ours[one] + others[one]) / (len(these) + len(those))
        own, other = (
            (count + _DRAWN * share) / (size + _DRAWN)
            for count, size in ((ours[one], len(these)), (others[one], len(those)))
        )
        weights[one] = math.log(own) - math.log(other)
    return weights


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield each two neighbouring sentences; the whole where there are no more."""
    ends = [found.span() for found in _SENTENCE.finditer(text) if found.group().strip(" .!?;。\n")]
    if len(ends) <= _TOGETHER:
        yield 0, len(text)
        return
    for (start, _), (_, until) in pairwise(ends):
        yield start, until


def _tokens(text: str, language: str) -> frozenset[str]:
    if language == "zh":
        plain = re.sub(r"\W", "", text)
        return frozenset(plain[at : at + size] for size in (1, 2, 3) for at in range(len(plain) - size + 1))
    words = re.findall(r"[\w']+", text)
    pairs = (f"{one} {two}" for one, two in pairwise(words))
    return frozenset((*words, *pairs, *(f"^{word[:_STEM]}" for word in words if len(word) > _STEM)))
