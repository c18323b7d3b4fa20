"""Sorting on labelled texts: what is found of what should be, on texts that the rules were not built on.

The floors stand a little below what was measured (bench/results/sorting.md), so that a change of a rule that costs
recall is seen. Our own texts are always there; the texts of others where ``ARREARS_DATA`` points to them.
"""

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from arrears.domain.replies import Category

BENCH = Path(__file__).parents[2] / "bench"
sys.path.insert(0, str(BENCH))
try:
    measured: Any = import_module("sort_replies")  # of bench/, which is no package
finally:
    sys.path.remove(str(BENCH))

RECALL = {
    Category.CEASE: 0.95,
    Category.BANKRUPTCY: 0.96,
    Category.ATTORNEY: 0.94,
    Category.IDENTITY_THEFT: 0.91,
    Category.WRONG_PERSON: 0.92,
    Category.STOP_CHANNEL: 0.92,
    Category.DISPUTE: 0.90,
    Category.HARDSHIP: 0.90,
    Category.VULNERABLE: 0.85,
    Category.ALREADY_PAID: 0.85,
    Category.PROMISE: 0.95,
    Category.COMPLAINT: 0.90,
}
PRECISION = {
    Category.CEASE: 0.75,
    Category.BANKRUPTCY: 0.90,
    Category.ATTORNEY: 0.86,
    Category.IDENTITY_THEFT: 0.72,
    Category.STOP_CHANNEL: 0.72,
    Category.WRONG_PERSON: 0.80,
    Category.DISPUTE: 0.73,
}
MAIN = (
    Category.DISPUTE,
    Category.CEASE,
    Category.BANKRUPTCY,
    Category.ATTORNEY,
    Category.WRONG_PERSON,
    Category.IDENTITY_THEFT,
    Category.HARDSHIP,
    Category.ALREADY_PAID,
    Category.PROMISE,
    Category.COMPLAINT,
    Category.STOP_CHANNEL,
    Category.VULNERABLE,
)


@cache
def everything() -> list[Any]:
    found: list[Any] = measured.own() + measured.real()
    return found


needs_data = pytest.mark.skipif(
    not (measured.DATA / "cfpb_complaints").is_dir(), reason=f"no real data: {measured.DATA} (set ARREARS_DATA)"
)


def test_our_own_held_out_replies_are_found_in_every_language():
    for language in ("en", "es", "zh"):
        texts = [one for one in measured.own() if one.part == "held_out" and one.source == f"own {language}"]
        counts = measured.counted(texts)
        right = sum(count.right for count in counts.values())
        assert len(texts) >= 50
        assert right / (right + sum(count.missed for count in counts.values())) >= 0.9


@needs_data
@pytest.mark.parametrize("category", RECALL)
def test_recall_on_texts_kept_apart_does_not_fall(category):
    count = held_out()[category]
    assert count.right / (count.right + count.missed) >= RECALL[category]


@needs_data
@pytest.mark.parametrize("category", PRECISION)
def test_precision_on_texts_kept_apart_does_not_fall(category):
    count = held_out()[category]
    assert count.right / (count.right + count.wrong) >= PRECISION[category]


@needs_data
@pytest.mark.parametrize("category", MAIN)
def test_each_main_category_has_fifty_examples(category):
    assert sum(category in one.labels for one in everything()) >= 50


@cache
def held_out() -> dict[Category, Any]:
    found: dict[Category, Any] = measured.counted(one for one in everything() if one.part == "held_out")
    return found
