"""Reads how case files are answered, and what each answer does to the hold."""

from collections.abc import Iterable, Mapping
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
    ``not_in`` are the places in which it does not end the hold, by kind: there the law waits for something else.
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
    not_in: Mapping[CaseKind, frozenset[str]]

    def lets_go(self, kind: CaseKind, places: Iterable[str]) -> bool:
        """Return whether it ends the hold of a case of ``kind`` about somebody who may be in any of ``places``."""
        barred = self.not_in.get(kind, frozenset())
        return self.ends_hold and not any(f"{place}-".startswith(f"{law}-") for place in places for law in barred)


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
        not_in={CaseKind(kind): frozenset(places) for kind, places in row.get("not_in", {}).items()},
    )
