"""From words to categories: rules first, the model beside them, and doubt said as doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from arrears.domain.replies import Category
from arrears.engine.sorting.details import details_of
from arrears.engine.sorting.languages import may_be, spoken
from arrears.engine.sorting.model import Model
from arrears.engine.sorting.reading import Reading, read
from arrears.engine.sorting.rules import SortingRule, ends_of_sentences
from arrears.kernel.texts import Language

SURE_PPM: Final = 800_000
"""At least this certain, in parts per million: acted on at once."""
DOUBTFUL_PPM: Final = 300_000
"""At least this certain, yet not sure: shown to a human."""
_RULE_SURE, _RULE_MAYBE = 950_000, 600_000
_MODEL_ALONE_AT_MOST = 700_000
_MODEL_AGREES = 750_000
_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of the text that show a category: their place in it, and the rule that reads them so."""

    start: int
    until: int
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Found:
    """A category that holds: how sure that is, the words that show it (none where the model alone says so).

    ``details`` are what was said beside it: ``medium`` (of a stop), ``name`` and ``telephone`` (of an attorney),
    ``chapter`` and ``case`` (of a bankruptcy), ``amount``, ``currency`` and ``when`` (of a promise), as said.
    """

    category: Category
    certainty_ppm: int
    words: tuple[Passage, ...]
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_sure(self) -> bool:
        return self.certainty_ppm >= SURE_PPM


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a text comes to. ``is_sure`` says that something was found and nothing that was found is in doubt."""

    found: tuple[Found, ...]
    language: Language
    is_sure: bool

    def has(self, category: Category) -> bool:
        return any(found.category is category for found in self.found)

    def one(self, category: Category) -> Found | None:
        """Return what was found of ``category``."""
        return next((found for found in self.found if found.category is category), None)


def sort(
    text: str,
    rules: Sequence[SortingRule],
    slips: Mapping[str, str],
    *,
    model: Model | None = None,
    language: Language | None = None,
) -> Sorted:
    """Return what ``text`` says. The rules of every language of which it shows a sign read it: people mix them.

    A ``sure`` phrase counts 95 %, a ``maybe`` phrase 60 %. A model lifts a ``maybe`` to sure where it agrees (75 %
    and more), and alone makes a doubt of at most 70 %, which a human decides.
    """
    reading = read(text, slips)
    shown = _shown(text, reading, rules)
    chances = model.chances(text) if model is not None else {}
    found = []
    for category in Category:
        passages, by_rule = shown.get(category, ((), 0))
        certainty = _together(by_rule, chances.get(category, 0))
        if certainty >= DOUBTFUL_PPM and category is not Category.OTHER:
            found.append(Found(category, certainty, passages, details_of(category, text, reading)))
    if not found:
        found.append(Found(Category.OTHER, _WHOLE // 2, ()))
        return Sorted(tuple(found), language or spoken(text, reading), is_sure=False)
    return Sorted(tuple(found), language or spoken(text, reading), all(one.is_sure for one in found))


def _together(by_rule: int, by_model: int) -> int:
    if by_rule >= SURE_PPM:
        return by_rule
    if by_rule:
        return SURE_PPM if by_model >= _MODEL_AGREES else by_rule
    return min(by_model, _MODEL_ALONE_AT_MOST) if by_model >= _WHOLE // 2 else 0


def _shown(
    text: str, reading: Reading, rules: Sequence[SortingRule]
) -> dict[Category, tuple[tuple[Passage, ...], int]]:
    sentences = ends_of_sentences(reading)
    languages = may_be(text, reading)
    shown: dict[Category, tuple[tuple[Passage, ...], int]] = {}
    for rule in rules:
        if rule.language not in languages:
            continue
        places, is_sure = rule.found_in(reading, sentences)
        if not places:
            continue
        passages = tuple(_passage(text, reading, place, rule.id) for place in places)
        before, certainty = shown.get(rule.category, ((), 0))
        shown[rule.category] = (before + passages, max(certainty, _RULE_SURE if is_sure else _RULE_MAYBE))
    return shown


def _passage(text: str, reading: Reading, place: tuple[int, int], rule: str) -> Passage:
    start, until = reading.places[place[0]][0], reading.places[place[1]][1]
    return Passage(start, until, text[start:until], rule)
