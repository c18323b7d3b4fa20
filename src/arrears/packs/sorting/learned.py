"""The model that ships: learned when it is first asked for, from texts of our own that stand beside the rules.

``<language>/examples.csv`` holds replies written for this (``labels``: categories separated by blanks, none where the
text says nothing of the kind; ``text``). No weights are shipped: whoever asks what the model knows reads the examples.
"""

import csv
from functools import lru_cache
from pathlib import Path

from arrears.domain.replies import Category
from arrears.engine.sorting import Model, trained
from arrears.engine.sorting.model import read_labels
from arrears.kernel.texts import LANGUAGES
from arrears.packs.sources import ROOT

Examples = tuple[tuple[str, frozenset[Category]], ...]
_FILE = "examples.csv"


def examples(root: Path = ROOT) -> Examples:
    """Return the texts from which the shipped model learns, each with what it says. Raises ``ValueError`` on others."""
    found: list[tuple[str, frozenset[Category]]] = []
    for language in LANGUAGES:
        with (root / "sorting" / language / _FILE).open(encoding="utf-8", newline="") as file:
            found += [(row["text"], read_labels(row)) for row in csv.DictReader(file)]
    return tuple(found)


@lru_cache(maxsize=1)
def model() -> Model:
    """Return the model learned from the shipped examples; the same for the same examples."""
    return trained_with(())


def trained_with(more: Examples) -> Model:
    """Return a model learned from the shipped examples and ``more``. Raises ``ValueError`` where they teach nothing."""
    from arrears.packs.sorting import load  # the package itself imports this module

    texts, labels = zip(*(examples() + more), strict=True)
    return trained(texts, labels, load().slips)
