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
_MODEL_ALONE_FROM = 500_000
_MODEL_ALONE_FROM_OF_THE_DEAR = 400_000
_DEAR: Final = frozenset({Category.CEASE, Category.BANKRUPTCY, Category.ATTORNEY, Category.IDENTITY_THEFT})
"""What stops contact by law and is dearer to miss than to show a human in vain."""
_MODEL_AGREES = 650_000
_FEWEST_WORDS: Final = 3
"""Of fewer words than these the model knows nothing."""
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

    A ``sure`` phrase counts 95 %, a ``maybe`` phrase 60 %. A model lifts a ``maybe`` to sure where it agrees (65 %
    and more), and alone, from 50 % (of what stops contact by law, from 40 %), makes a doubt of at most 70 %, which a
    human decides; it is not heard where a phrase of the category was found and taken back.
    """
    reading = read(text, slips)
    shown = _by_rules(text, reading, rules)
    chances = model.chances(text, slips) if model is not None and len(reading.starts) >= _FEWEST_WORDS else {}
    found = []
    for category in Category:
        by_rules = shown.get(category, _ByRules())
        certainty = _together(category, by_rules, chances.get(category, 0))
        if certainty >= DOUBTFUL_PPM and category is not Category.OTHER:
            found.append(Found(category, certainty, by_rules.passages, details_of(category, text, reading)))
    if not found:
        found.append(Found(Category.OTHER, _WHOLE // 2, ()))
        return Sorted(tuple(found), language or spoken(text, reading), is_sure=False)
    return Sorted(tuple(found), language or spoken(text, reading), all(one.is_sure for one in found))


def _together(category: Category, by_rules: "_ByRules", by_model: int) -> int:
    if by_rules.certainty >= SURE_PPM:
        return by_rules.certainty
    if by_rules.certainty:
        return SURE_PPM if by_model >= _MODEL_AGREES else by_rules.certainty
    enough = _MODEL_ALONE_FROM_OF_THE_DEAR if category in _DEAR else _MODEL_ALONE_FROM
    return min(by_model, _MODEL_ALONE_AT_MOST) if by_model >= enough and not by_rules.is_taken_back else 0


@dataclass(frozen=True, slots=True)
class _ByRules:
    """What the rules of all languages say of one category."""

    passages: tuple[Passage, ...] = ()
    certainty: int = 0
    is_taken_back: bool = False


def _by_rules(text: str, reading: Reading, rules: Sequence[SortingRule]) -> dict[Category, _ByRules]:
    sentences = ends_of_sentences(reading)
    languages = may_be(text, reading)
    found: dict[Category, _ByRules] = {}
    for rule in rules:
        if rule.language not in languages:
            continue
        shown, before = rule.found_in(reading, sentences), found.get(rule.category, _ByRules())
        found[rule.category] = _ByRules(
            before.passages + tuple(_passage(text, reading, place, rule.id) for place in shown.places),
            max(before.certainty, (_RULE_SURE if shown.is_sure else _RULE_MAYBE) if shown.places else 0),
            before.is_taken_back or shown.is_taken_back,
        )
    return found


def _passage(text: str, reading: Reading, place: tuple[int, int], rule: str) -> Passage:
    start, until = reading.places[place[0]][0], reading.places[place[1]][1]
    return Passage(start, until, text[start:until], rule)
