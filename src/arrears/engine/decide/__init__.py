"""Decisions: facts of accounts through a strategy's tables, and the fold of accounts by person."""

from arrears.engine.decide.accounts import decide, decide_one
from arrears.engine.decide.columns import fact_columns, facts_of
from arrears.engine.decide.decision import DECISION, PERSON
from arrears.engine.decide.people import fold, fold_one
from arrears.engine.decide.positions import decide_positions
from arrears.engine.decide.strategy import Heading, Strategy
from arrears.engine.decide.why import Asked, Step, why

__all__ = [
    "DECISION",
    "PERSON",
    "Asked",
    "Heading",
    "Step",
    "Strategy",
    "decide",
    "decide_one",
    "decide_positions",
    "fact_columns",
    "facts_of",
    "fold",
    "fold_one",
    "why",
]
