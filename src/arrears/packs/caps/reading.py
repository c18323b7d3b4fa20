"""From a cap's file to a `CapRule`, and the check of all of them with their own cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from arrears.domain.laws import Law
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs.law import holds_on, is_on, read_law, wrong
from arrears.packs.sources import ROOT, Source, sources, text_of

FOLDER = "caps"
_SCOPE = {"place", "debt_kinds", "consumer", "for_another"}
_BOUND = {"rate_ppm", "sum_ppm", "needs_ground"}


@dataclass(frozen=True, slots=True)
class CapRule:
    """One cap.

    ``rate_ppm``: most a year of what runs for being late. ``sum_ppm``: most of all interest, fees and charges
    together, as a share of the principal. ``needs_ground``: a charge by hand rests on a clause of the contract or on
    law. None, or False: the cap does not bound that. Scope: ``place`` is a country, empty for all; ``consumer`` and
    ``for_another`` (who posts collects for somebody else) are None where it does not matter.
    """

    id: str
    title: Text
    words: Text
    law: Law | None
    place: str
    debt_kinds: frozenset[str]
    consumer: bool | None
    for_another: bool | None
    rate_ppm: int | None
    sum_ppm: int | None
    needs_ground: bool
    cases: tuple[Mapping[str, Any], ...]  # Any: raw, read where they are tried

    @property
    def ships_on(self) -> bool:
        """Whether it bounds anything without anybody switching it on."""
        return is_on(self.law)

    @property
    def cites(self) -> str:
        """The law it rests on, or its own id where it is the house's."""
        return self.law.citation if self.law else self.id

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return holds_on(self.law, day)

    def rate_held(self, rate_ppm: int) -> int:
        """Return a yearly rate held at this cap."""
        return rate_ppm if self.rate_ppm is None else min(rate_ppm, self.rate_ppm)


@cache
def cap_rules() -> tuple[CapRule, ...]:
    """Return the caps that ship with Arrears, by id; raises ValueError where a file is not sound: ours to mend."""
    rules, problems = read_caps()
    if problems:
        raise ValueError("\n".join(found.said_in("en") for found in problems))
    return rules


def read_caps(root: Path = ROOT) -> tuple[tuple[CapRule, ...], list[Problem]]:
    """Return the caps below ``root / caps`` that can be used, and what is wrong with the others."""
    found, form = sources(FOLDER, root)
    problems = list(form)
    rules = []
    for source in found:
        read = _read(source)
        if isinstance(read, CapRule):
            rules.append(read)
        else:
            problems += read
    return tuple(rules), problems


def check_caps(root: Path = ROOT) -> list[Problem]:
    """Return what is wrong with the caps below ``root / caps``: form, words, law, and cases that come out otherwise."""
    from arrears.packs.caps.asking import failing_cases

    rules, problems = read_caps(root)
    return problems + [found for rule in rules for found in failing_cases(rule)]


def _read(source: Source) -> CapRule | list[Problem]:
    problems = list(_faults(source))
    law = read_law(source.said, source.file)
    if isinstance(law, Problem):
        problems.append(law)
    if problems:
        return problems
    assert not isinstance(law, Problem)
    scope, bound = source.said["scope"], source.said["bound"]
    return CapRule(
        id=source.id.removeprefix(f"{FOLDER}/").replace("/", "."),
        title=text_of(source.said["title"]),
        words=text_of(source.said["words"]),
        law=law,
        place=str(scope.get("place", "")),
        debt_kinds=frozenset(map(str, scope.get("debt_kinds", ()))),
        consumer=scope.get("consumer"),
        for_another=scope.get("for_another"),
        rate_ppm=bound.get("rate_ppm"),
        sum_ppm=bound.get("sum_ppm"),
        needs_ground=bool(bound.get("needs_ground", False)),
        cases=tuple(source.said.get("cases", ())),
    )


def _faults(source: Source) -> Iterator[Problem]:
    for name in ("title", "words", "scope", "bound"):
        if not isinstance(source.said.get(name), Mapping):
            yield wrong(source.file, name, _MISSING)
    for part, known in (("scope", _SCOPE), ("bound", _BOUND)):
        block = source.said.get(part)
        for name in sorted(set(block if isinstance(block, Mapping) else ()) - known):
            yield wrong(source.file, f"{part}.{name}", _UNKNOWN)
    yield from _faults_of_bound(source)
    if "id" not in source.said:
        yield Problem("id_is_not_path", _NO_ID, _ID_REMEDY.filled(id=source.id), Where(source.file))
    if "law" not in source.said and not source.id.startswith(f"{FOLDER}/house/"):
        yield wrong(source.file, "law", _NO_LAW)


def _faults_of_bound(source: Source) -> Iterator[Problem]:
    bound = source.said.get("bound")
    if not isinstance(bound, Mapping):
        return
    if not bound:
        yield wrong(source.file, "bound", _MISSING)
    for name in ("rate_ppm", "sum_ppm"):
        value = bound.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            yield wrong(source.file, f"bound.{name}", _NO_NUMBER)


_MISSING = Text("The file lacks this part.", "Al archivo le falta esta parte.", "文件缺少此部分。")
_UNKNOWN = Text("A cap has no such part.", "Un tope no tiene esa parte.", "上限没有此项。")
_NO_NUMBER = Text("This is not a whole number from 0 on.", "No es un número entero desde 0.", "这不是非负整数。")
_NO_LAW = Text(
    "A cap that is not the house's own names its law.",
    "Un tope que no es de la casa indica su norma.",
    "非本机构自定的上限须注明法规。",
)
_NO_ID = Text("The id is not the file's path.", "El id no es la ruta del archivo.", "id 与文件路径不符。")
_ID_REMEDY = Text("Write id: {id}.", "Escriba id: {id}.", "请写 id: {id}。")
