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
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
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
class Counted:
    """In how many of ``size`` examples each token stands."""

    tokens: Mapping[str, int]
    size: int

    @classmethod
    def of(cls, texts: Collection[frozenset[str]]) -> "Counted":
        return cls(Counter(chain.from_iterable(texts)), len(texts))

    def weight(self, token: str, other: "Counted") -> float:
        """Return how much oftener ``token`` stands here than in ``other``: shares, drawn to that of both together."""
        ours, others = self.tokens.get(token, 0), other.tokens.get(token, 0)
        drawn = _DRAWN * (ours + others) / (self.size + other.size)
        if not drawn:
            return 0.0
        return math.log((ours + drawn) / (self.size + _DRAWN)) - math.log((others + drawn) / (other.size + _DRAWN))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was learned: ``weights`` by language and token; of what breaks a rule, all and by category, the counts.

    What a token says for a category is reckoned when something was found: to keep it for each takes long and much room.
    """

    weights: Mapping[str, Mapping[str, float]]
    wrong: Mapping[str, Counted]
    kinds: Mapping[str, Mapping[Category, Counted]]

    def most_alike(self, text: str, language: str | None) -> Alike | None:
        """Return the two neighbouring sentences of folded ``text`` that are most like a breach, None if none is."""
        if language is None or language not in self.weights:
            return None
        scored = [(self._likeness(text[a:b], language), a, b) for a, b in _windows(text)]
        likeness, start, until = max(scored, default=(0.0, 0, 0))
        if likeness <= FLAGS[language]:
            return None
        category = self._category(_tokens(text[start:until], language), language)
        return Alike(start, until, category, likeness > BLOCKS[language])

    def _category(self, said: frozenset[str], language: str) -> Category:
        kinds, wrong = self.kinds[language], self.wrong[language]
        return max(kinds, key=lambda kind: math.fsum(kinds[kind].weight(one, wrong) for one in said))

    def _likeness(self, text: str, language: str) -> float:
        said, weights = _tokens(text, language), self.weights[language]
        if len(said) < _FEWEST:
            return 0.0
        return math.fsum(weights.get(one, 0.0) for one in said) / math.sqrt(len(said))  # in any order the same


def learned(examples: Iterable[Example]) -> Likeness:
    """Return what ``examples`` teach; the same for the same."""
    by_language: dict[str, list[tuple[Category | None, frozenset[str]]]] = defaultdict(list)
    for language, category, words in examples:
        by_language[language].append((category, _tokens(fold(words).text, language)))
    weights: dict[str, Mapping[str, float]] = {}
    all_wrong: dict[str, Counted] = {}
    kinds: dict[str, Mapping[Category, Counted]] = {}
    for language, read in by_language.items():
        of_kind: dict[Category | None, list[frozenset[str]]] = defaultdict(list)
        for category, said in read:
            of_kind[category].append(said)
        lawful = Counted.of(of_kind.pop(None, []))
        wrong = Counted.of([said for category, said in read if category is not None])
        weights[language] = {one: wrong.weight(one, lawful) for one in wrong.tokens.keys() | lawful.tokens.keys()}
        all_wrong[language] = wrong
        kinds[language] = {kind: Counted.of(said) for kind, said in sorted(of_kind.items()) if kind is not None}
    return Likeness(weights, all_wrong, kinds)


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
