"""The checker of words: what outgoing words, notes and transcripts must not say, and which parts they carry.

`Checker(rules).check(words, language=…, setting=…)` reads by the rules it is given; those that ship are in
``packs/checker``, where ``check`` reads by them.
"""

from arrears.engine.checker.reader import Checker
from arrears.engine.checker.report import KEPT, Category, Decided, Figure, Finding, Kind, Report, Setting
from arrears.engine.checker.rules import Rule
from arrears.engine.checker.voicemail import Limited, Part, limited

__all__ = [
    "KEPT",
    "Category",
    "Checker",
    "Decided",
    "Figure",
    "Finding",
    "Kind",
    "Limited",
    "Part",
    "Report",
    "Rule",
    "Setting",
    "limited",
]
