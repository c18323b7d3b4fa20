"""Case files: opening one, adding to it, answering, putting off, closing, reopening; the round of their clocks."""

from arrears.actions.cases.answering import answer, may_answer
from arrears.actions.cases.closing import close, reopen
from arrears.actions.cases.opening import open_case
from arrears.actions.cases.papers import add_paper, erase_paper, open_paper
from arrears.actions.cases.rounds import go_round
from arrears.actions.cases.stepping import add_step, end_treatment, excuse_attorney, extend, settle_task

__all__ = [
    "add_paper",
    "add_step",
    "answer",
    "close",
    "end_treatment",
    "erase_paper",
    "excuse_attorney",
    "extend",
    "go_round",
    "may_answer",
    "open_case",
    "open_paper",
    "reopen",
    "settle_task",
]
