"""What the second reader of words learns from: the cases of the rules, the words that ship, and further examples.

``examples/<language>.csv`` holds sentences of our own (``label``: what is wrong, or ``lawful``; ``words``).
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from arrears.engine.checker import Kind, Rule
from arrears.engine.checker.likeness import Example, Likeness, learned
from arrears.engine.checker.report import Category
from arrears.kernel.texts import LANGUAGES
from arrears.packs.checker.cases import read_case
from arrears.packs.checker.others import words_of_packs
from arrears.packs.sources import ROOT

SPEAKING: Final[Mapping[Category, str]] = {
    Category.ARREST: "core.arrest",
    Category.VIOLENCE: "core.violence",
    Category.LEGAL_THREAT: "core.fake_suit",
    Category.CREDIT_THREAT: "core.credit_threat",
    Category.IMPERSONATION: "core.impersonate",
    Category.FALSE_STATEMENT: "core.false_consequence",
    Category.DISCLOSURE: "core.tell_others",
    Category.INSULT: "core.insult",
    Category.PRETEXT: "core.pretext",
    Category.COERCION: "core.coerce_borrow",
    Category.HARDSHIP_STORY: "core.hardship_story",
    Category.CALL_THREAT: "core.more_calls",
    Category.SHAMING: "core.shame",
    Category.PAY_TO_AVOID_RECORD: "core.pay_to_avoid_record",
}
"""The rule in whose name words that are like a breach are flagged."""
_TAUGHT_BY: Final = frozenset({*SPEAKING.values(), "core.false_urgency", "core.simulated_process"})


def likeness(rules: Sequence[Rule], root: Path = ROOT) -> Likeness:
    """Return the second reader, learned from ``rules`` and from what ships below ``root``."""
    return learned((*_cases(rules), *_shipped(root), *_examples(root)))


def _cases(rules: Sequence[Rule]) -> Iterator[Example]:
    for rule in (one for one in rules if one.id in _TAUGHT_BY):
        for language, sides in rule.cases.items():
            for side, category in (("fires", rule.category), ("silent", None)):
                for case in sides[side]:
                    words, setting = read_case(case, rule)
                    if setting.kind is Kind.MESSAGE and not setting.decided:
                        yield language, category, words


def _shipped(root: Path) -> Iterator[Example]:
    for _, language, words, _ in words_of_packs(root):
        yield language, None, words


def _examples(root: Path) -> Iterator[Example]:
    for language in LANGUAGES:
        with (root / "checker" / "examples" / f"{language}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield language, None if row["label"] == "lawful" else Category(row["label"]), row["words"]
