"""Rule files as texts by their paths: below a folder, or as the book keeps them; and rule books made of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.reading import read_rule
from arrears.engine.gate.rules import Rule, Severity
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs.places import zones_of_place
from arrears.packs.sources import Source, form_problems, hash_of, read_source

FOLDER: Final = "compliance"
HEAD: Final = f"{FOLDER}/pack"
COVERAGE: Final = f"{FOLDER}/coverage"
_OWN: Final = re.compile(rf"{FOLDER}/(client/[0-9]+|local)/[^/].*")
_PATH: Final = re.compile(rf"{FOLDER}(/[A-Za-z0-9_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*)+\.yaml")
"""Paths that mean one place on every machine: no step upward, nothing hidden, no letter that looks like another."""
_NOWHERE: Final = frozenset({"", "WORLD", "EU"})
_LIFTABLE: Final = ("client.", "local.", "house.")

Files = Mapping[str, str]
"""Texts by path below a root of packs: ``{"compliance/core/night.yaml": "title: …"}``."""


@dataclass(frozen=True, slots=True)
class ReadPack:
    """Rule files read: the rules that can be used, what is wrong with the others, and how this content is called."""

    rules: tuple[Rule, ...]
    version: str
    content_hash: str
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """The version with the beginning of its hash, as every verdict says it."""
        return f"{self.version}+{self.content_hash[:12]}" if self.version else self.content_hash[:12]


def files_below(root: Path) -> Files:
    """Return the rule files below ``root / compliance``."""
    found = sorted((root / FOLDER).rglob("*.yaml"))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in found}


def is_own(files: Iterable[str]) -> bool:
    """Return whether these are rules that an organisation adds, not a whole pack in place of what ships."""
    names = [name.removesuffix(".yaml") for name in files]
    return HEAD not in names and any(_OWN.fullmatch(name) for name in names)


def read_files(files: Files) -> ReadPack:
    """Return the rules of a whole pack."""
    version, rules, problems = "unversioned", list[Rule](), list[Problem]()
    for source, found in _sources(files):
        problems += found
        if source is not None and source.id == HEAD:
            version = str(source.said.get("version", version))
        elif source is not None and source.id != COVERAGE:
            _take(source, files[source.file], rules, problems)
    return ReadPack(tuple(rules), version, _hash(files), tuple(problems))


def read_own(files: Files) -> ReadPack:
    """Return rules that an organisation adds: they bar more, and lift at most its own rules and those of the house.

    Their ids lie below ``client.<number>`` (a creditor's organisation) or ``local``. Every mistake has its line.
    """
    rules, problems = list[Rule](), list[Problem]()
    for source, found in _sources(files):
        problems += found
        if source is None:
            continue
        if not _OWN.fullmatch(source.id):
            problems.append(_problem("own_place", Where(source.file)))
        else:
            _take(source, files[source.file], rules, problems)
    usable = [rule for rule in rules if not _lifts_others(rule)]
    problems += [
        _problem("own_lifts_law", _at(files, rule, "of"), rules=", ".join(_lifts_others(rule)))
        for rule in rules
        if _lifts_others(rule)
    ]
    return ReadPack(tuple(usable), "", _hash(files), tuple(problems))


def book_of(base: ReadPack, *own: ReadPack) -> tuple[RuleBook, list[Problem]]:
    """Return the book of a whole pack and of what organisations add to it, and all that is wrong with them."""
    added = [pack for pack in own if pack.rules or pack.problems]
    packs = [base, *added]
    book = RuleBook.of((rule for pack in packs for rule in pack.rules), "+".join(pack.name for pack in packs))
    between = book.problems()
    broken = {problem.where.file for problem in between}
    if added and broken:
        rules = (rule for rule in book.rules if rule.id not in broken)
        book = RuleBook.of(rules, book.version)
    return book, [*(problem for pack in packs for problem in pack.problems), *between]


def core_problems(files: Files, shipped: Files) -> list[Problem]:
    """Return a problem for each rule of the core in which a whole pack differs from the one that ships."""
    core = f"{FOLDER}/core/"
    ours = {name: text for name, text in shipped.items() if name.startswith(core)}
    theirs = {name: text for name, text in files.items() if name.startswith(core)}
    differs = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    return [_problem("core_differs", Where(name)) for name in differs]


def _sources(files: Files) -> Iterator[tuple[Source | None, list[Problem]]]:
    """Yield what stands in each file; one whose path is no plain one, or whose rule another file has, is not read."""
    taken: dict[str, str] = {}
    for name in sorted(files):
        source = read_source(name, files[name]) if _PATH.fullmatch(name) else _problem("path", Where(name))
        first = taken.setdefault(_id_of(name), name)
        if isinstance(source, Problem):
            yield None, [source]
        elif first != name:
            yield None, [_problem("rule_twice", Where(name), first=first)]
        else:
            yield source, form_problems(source)


def _take(source: Source, text: str, rules: list[Rule], problems: list[Problem]) -> None:
    body = {name: part for name, part in source.said.items() if name != "id"}
    rule = read_rule(_id_of(source.file), body, source.file)
    if not isinstance(rule, Rule):
        problems.extend(_with_line(problem, text) for problem in rule)
    elif not _is_known(rule.place):
        problems.append(_problem("no_place", Where(source.file, _line(text, "place"), "place"), place=rule.place))
    else:
        rules.append(rule)


def _is_known(place: str) -> bool:
    """Return whether somebody may live there: a rule for a place that nobody lives in would never speak."""
    return place in _NOWHERE or bool(re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]+)*", place) and zones_of_place(place[:2]))


def _lifts_others(rule: Rule) -> list[str]:
    if rule.severity is not Severity.EXCEPTION:
        return []
    return [target for target in rule.of if not target.startswith(_LIFTABLE)]


def _at(files: Files, rule: Rule, field: str) -> Where:
    file = f"{FOLDER}/{rule.id.replace('.', '/')}.yaml"
    named = file if file in files else next((name for name in files if _id_of(name) == rule.id), file)
    return Where(named, _line(files.get(named, ""), field), field)


def _id_of(name: str) -> str:
    return name.removeprefix(f"{FOLDER}/").removesuffix(".yaml").replace("/", ".")


def _with_line(problem: Problem, text: str) -> Problem:
    where = problem.where
    return replace(problem, where=replace(where, row=_line(text, where.field))) if where.row is None else problem


def _line(text: str, field: str) -> int | None:
    """Return the line on which the last part of ``field`` stands, searched below the parts before it."""
    at, lines = 0, text.splitlines()
    for part in filter(None, field.split(".")):
        wanted = re.compile(rf"(^|[\s{{,-]){re.escape(part)}\s*:")
        found = next((number for number in range(at, len(lines)) if wanted.search(lines[number])), None)
        if found is None:
            break
        at = found
    return at + 1 if field and lines else None


def _hash(files: Files) -> str:
    return hash_of({name: text.encode() for name, text in files.items()})


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "path": (
        Text(
            "This is no path of a rule.",
            "Esta no es la ruta de una regla.",
            "这不是规则的路径。",
        ),
        Text(
            "Name folders and files with letters, digits, hyphens and dots, ending in .yaml.",
            "Nombre carpetas y archivos con letras, cifras, guiones y puntos, y la terminación .yaml.",
            "文件夹和文件名只用字母、数字、连字符和点，并以 .yaml 结尾。",
        ),
    ),
    "rule_twice": (
        Text(
            "The same rule stands in {first} already.",
            "La misma regla ya está en {first}.",
            "同一规则已在 {first} 中。",
        ),
        Text("Keep one of the two files.", "Conserve uno de los dos archivos.", "请只保留其中一个文件。"),
    ),
    "no_place": (
        Text(
            "{place} is no place that is known, so the rule would never speak.",
            "{place} no es un lugar conocido, así que la regla nunca hablaría.",
            "{place} 不是已知地点，该规则永远不会生效。",
        ),
        Text(
            "Write a country as US, with a region as US-NY, with a city as US-NY-NYC.",
            "Escriba el país como US, con región US-NY, con ciudad US-NY-NYC.",
            "国家写作 US，地区写作 US-NY，城市写作 US-NY-NYC。",
        ),
    ),
    "own_place": (
        Text(
            "A rule of one's own does not lie here.",
            "Una regla propia no va en esta carpeta.",
            "自有规则不能放在这里。",
        ),
        Text(
            "Put it below compliance/local/, or below compliance/client/ and the number of the client's organisation.",
            "Póngala en compliance/local/, o en compliance/client/ seguido del número de la organización del cliente.",
            "请放在 compliance/local/ 下，或 compliance/client/ 加客户机构编号的目录下。",
        ),
    ),
    "own_lifts_law": (
        Text(
            "An exception of one's own would lift {rules}, which is law or core.",
            "Una excepción propia levantaría {rules}, que es ley o parte del núcleo.",
            "自有例外会解除 {rules}，而那是法律或核心规则。",
        ),
        Text(
            "Name only rules below client, local or house.",
            "Nombre solo reglas de client, local o house.",
            "只能针对 client、local 或 house 下的规则。",
        ),
    ),
    "core_differs": (
        Text(
            "This rule of the core is not the one that ships with Arrears.",
            "Esta regla del núcleo no es la que trae Arrears.",
            "该核心规则与 Arrears 自带的不一致。",
        ),
        Text(
            "Leave the core as it is; it changes with the program alone.",
            "Deje el núcleo como está; solo cambia con el programa.",
            "请勿改动核心规则；它只随程序更新。",
        ),
    ),
}


def _problem(code: str, where: Where, **said: str) -> Problem:
    reason, remedy = _SAID[code]
    return Problem(code, reason.filled(**said), remedy, where)


__all__ = [
    "FOLDER",
    "HEAD",
    "Files",
    "ReadPack",
    "book_of",
    "core_problems",
    "files_below",
    "is_own",
    "read_files",
    "read_own",
]
