"""Which papers which debts need before anybody is contacted: read from the files beside this one."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final  # Any: a YAML document is of any shape until its reader has looked

from arrears.engine.readiness import Needs, Paper
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.law import wrong
from arrears.packs.sources import ROOT, Source, sources, text_of

UNDER: Final = "readiness"
OFF: Final = "none"


@cache
def all_needs() -> Mapping[str, Needs]:
    """Return what debts need, by id; raises ValueError where a file is not sound: ours to mend."""
    found, problems = read_readiness()
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    return {one.id: one for one in found}


def needs_of(debt_kind: str, *, is_transferred: bool, chosen: str = "") -> Needs | None:
    """Return what a debt needs: by the file that the organisation ``chosen``, else by the first that fits it.

    None where nothing fits, or the organisation chose ``none``.
    """
    if chosen:
        return all_needs().get(chosen)
    fitting = (one for one in all_needs().values() if one.are_of(debt_kind, is_transferred=is_transferred))
    return next(fitting, None)


def check_readiness(root: Path = ROOT) -> list[Problem]:
    """Return what is wrong with the files below ``root / readiness``."""
    return read_readiness(root)[1]


def read_readiness(root: Path = ROOT) -> tuple[tuple[Needs, ...], list[Problem]]:
    """Return what can be used of the files below ``root / readiness``, and what is wrong with the others."""
    found, form = sources(UNDER, root)
    problems = list(form)
    made = []
    for source in found:
        try:
            made.append(_needs(source, source.said))
        except (KeyError, ValueError, TypeError, AttributeError) as mistake:
            problems.append(wrong(source.file, "papers", _UNREADABLE.filled(what=mistake)))
    return tuple(made), problems


def _needs(source: Source, said: Mapping[str, Any]) -> Needs:
    scope = said.get("scope") or {}
    return Needs(
        id=source.id.removeprefix(f"{UNDER}/").replace("/", "."),
        title=text_of(said["title"]),
        words=text_of(said["words"]),
        papers=tuple(map(Paper, said["papers"])),
        transferred=scope.get("transferred"),
        debt_kinds=frozenset(map(str, scope.get("debt_kinds", ()))),
        own_customers_are_known=bool(said.get("own_customers_are_known", False)),
    )


_UNREADABLE = Text(
    "What papers are needed does not read: {what}.",
    "No se entiende qué documentos hacen falta: {what}.",
    "所需资料无法读取：{what}。",
)
