"""The gate: may this contact be made, why, and when instead.

Every rule speaks in bars, half-open intervals of instants with a reason and a citation. What a page shows, what a
permit keeps, the week's picture and the night's mask are all read off the same bars. Start with `judging.ask`.
"""

from arrears.engine.gate.asking import (
    Address,
    Collector,
    CollectorKind,
    Debt,
    DebtStatus,
    FromNumber,
    Known,
    Proposal,
    Settings,
    Words,
)
from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.judging import ask
from arrears.engine.gate.verdict import Answer, Effect, Spoken, Standing, Verdict, Window

__all__ = [
    "Address",
    "Answer",
    "Collector",
    "CollectorKind",
    "Debt",
    "DebtStatus",
    "Effect",
    "FromNumber",
    "Known",
    "Proposal",
    "RuleBook",
    "Settings",
    "Spoken",
    "Standing",
    "Verdict",
    "Window",
    "Words",
    "ask",
]
