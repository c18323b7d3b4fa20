"""Reads how case files are answered, and what each answer does to the hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any  # a YAML document is of any shape until its reader has looked

from arrears.domain.case_files import CaseKind
from arrears.kernel.texts import Text
from arrears.packs.clocks.reading import ANSWERS
from arrears.packs.sources import sources, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One way to answer: the kinds it fits, whether it ends the hold, and what must be shown with it.

    ``needs_paper``: what was sent, with its day, is named. ``only_again``: it answers a matter that was raised and
    answered before. ``is_final`` False leaves the case open, as an acknowledgement does.
    """

    code: str
    title: Text
    words: Text
    citation: str
    kinds: frozenset[CaseKind]
    ends_hold: bool
    needs_paper: bool
    only_again: bool
    is_final: bool


@cache
def answers() -> Mapping[str, Answer]:
    """Return every answer by its code. Raises ValueError where the file is not as it must be."""
    found, problems = sources(f"{ANSWERS}.yaml")
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    return {row["code"]: _answer(row) for row in found[0].said["answers"]}


def answers_for(kind: CaseKind) -> tuple[Answer, ...]:
    """Return the answers that a case of ``kind`` can have, in the order of the file."""
    return tuple(answer for answer in answers().values() if kind in answer.kinds)


def _answer(row: Mapping[str, Any]) -> Answer:
    return Answer(
        code=str(row["code"]),
        title=text_of(row["title"]),
        words=text_of(row["words"]),
        citation=str(row.get("citation", "")),
        kinds=frozenset(map(CaseKind, row["kinds"])),
        ends_hold=bool(row["ends_hold"]),
        needs_paper=bool(row.get("needs_paper", False)),
        only_again=bool(row.get("only_again", False)),
        is_final=bool(row.get("is_final", True)),
    )
