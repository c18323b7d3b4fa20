"""Sorting of inbound text: what a person's own words come to, with the words that show it and how sure that is.

Rules are phrases kept in packs (``packs/sorting``); a small trained model may stand beside them and never acts alone.
``packs.sorting.sort(text, language=None)`` is this engine with the shipped rules.
"""

from arrears.engine.sorting.model import Model, trained
from arrears.engine.sorting.phrases import PhraseError, Phrases
from arrears.engine.sorting.rules import SortingRule
from arrears.engine.sorting.sorting import DOUBTFUL_PPM, SURE_PPM, Found, Passage, Sorted, sort

__all__ = [
    "DOUBTFUL_PPM",
    "SURE_PPM",
    "Found",
    "Model",
    "Passage",
    "PhraseError",
    "Phrases",
    "Sorted",
    "SortingRule",
    "sort",
    "trained",
]
