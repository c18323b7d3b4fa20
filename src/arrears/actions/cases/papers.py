"""Papers of case files: added by whoever works the case, opened by named roles with each look on record, forgotten.

A paper is checked by its own bytes, kept sealed, and its SHA-256 stands in the step that added it: a paper that is
shown later is the one that came.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Final

from arrears.actions import history, people
from arrears.actions.cases.answering import MOST_WORDS, sure, wrong_paper
from arrears.actions.cases.mistakes import mistake
from arrears.actions.cases.stepping import keep_step, taken_up
from arrears.domain.case_files import CaseKind, StepKind
from arrears.domain.case_papers import MOST_BYTES, media_type_of
from arrears.kernel.problems import Problem
from arrears.store.doors import case_papers as rows
from arrears.store.doors.case_files import Kept
from arrears.store.doors.case_papers import NotAsFiled, Paper

FOR_CARERS: Final = frozenset({CaseKind.VULNERABILITY, CaseKind.CRISIS_MORATORIUM})
"""Kinds of case whose papers tell of somebody's health or life: only those who may see why care is needed open them."""
ERASERS: Final = frozenset({"compliance", "legal"})
LONGEST_NAME: Final = 200


def add_paper(
    case: int,
    content: bytes,
    *,
    now: datetime,
    paper: Mapping[str, str],
    words: str = "",
    using: str = "default",
) -> Kept | Problem:
    """Add a file to a case that is not closed: PDF, PNG, JPEG, TIFF or plain text, by what its bytes say it is.

    ``paper`` names it as for a step: ``name``, ``sent_on`` (ISO), ``reference``. Anybody who works with the person may.
    The name of a paper for carers is not kept: it would tell everybody what the paper tells.
    """
    found = taken_up(case, now, using)
    if isinstance(found, Problem):
        return found
    matter, record = found
    kind = media_type_of(content)
    wrong = _wrong(content, kind, words) or wrong_paper(paper, record.owner.timezone, now)
    if wrong is not None or kind is None:
        return wrong or mistake("paper_unreadable", "file")
    is_private = matter.kind in FOR_CARERS
    name = "" if is_private else _plain_name(paper["name"])
    added = rows.add(matter, content, name=name, media_type=kind, is_for_carers=is_private, at=now, using=using)
    if added is None:
        return mistake("paper_there", "file")
    said = {**paper, "name": name, "sha256": hashlib.sha256(content).hexdigest(), "paper": added}
    keep_step(matter, StepKind.PAPER, words, {"paper": said}, now=now, using=using)
    return sure(case, using)


def _wrong(content: bytes, kind: str | None, words: str) -> Problem | None:
    if len(content) > MOST_BYTES:
        return mistake("paper_too_large", "file", most=MOST_BYTES // 1_000_000)
    if kind is None:
        return mistake("paper_unreadable", "file")
    return mistake("words_too_long", "words") if len(words) > MOST_WORDS else None


def _plain_name(said: str) -> str:
    """Return a name without a path or a character that is not shown."""
    return "".join(each for each in PurePath(said.replace("\\", "/")).name if each.isprintable()).strip()[:LONGEST_NAME]


def open_paper(number: int, *, now: datetime, using: str = "default") -> tuple[Paper, bytes] | Problem:
    """Return a paper with what is in it, and keep who looked; a Problem for whom the database does not let see it.

    One that is not what was filed is given to nobody, and that it is not stands in history.
    """
    found = rows.paper(number, using=using)
    content = None if found is None else rows.content(found, using=using)
    if found is None or content is None:
        return mistake("paper_not_shown")
    if isinstance(content, NotAsFiled):
        _tell("case_paper_not_as_filed", found, now, using)
        return mistake("paper_not_as_filed")
    _tell("case_paper_shown", found, now, using)
    return found, content


def erase_paper(number: int, because: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Forget what is in a paper, for a reason, by compliance or legal. Its name and its SHA-256 stay."""
    if ERASERS.isdisjoint(people.own_roles(using=using)):
        return mistake("may_not_answer")
    if not because.strip():
        return mistake("reason_missing", "because")
    found = rows.paper(number, using=using)
    if found is None or not rows.erase(number, at=now, using=using):
        return mistake("paper_not_shown")
    matter = sure(found.case, using)
    keep_step(matter, StepKind.NOTED, because, {"erased_paper": number}, now=now, using=using)
    _tell("case_paper_erased", found, now, using)
    return None


def _tell(kind: str, found: Paper, now: datetime, using: str) -> None:
    history.append(
        kind,
        owner=found.owner,
        person=found.person,
        now=now,
        using=using,
        paper=found.id,
        case=found.case,
        sha256=found.digest,
    )
