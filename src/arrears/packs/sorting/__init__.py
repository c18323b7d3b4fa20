"""The rules by which inbound text is sorted: phrases, a file for each category and language, each with its own cases.

A file ``<language>/<category>.yaml`` says::

    category: cease
    sure: [...]      phrases that are enough to act on
    maybe: [...]     phrases after which a human decides
    not_as: [...]    what takes back a phrase that it overlaps
    unless: [...]    what takes back everything in its sentence
    contrary: [...]  what asks for the opposite ("please call me"): the model alone is then not heard
    cases: {fires: [...], silent: [...]}

``<language>/sets.yaml`` names sets of words, the words in which slips are forgiven, and ``spellings`` of others that
are read as one word. The language of phrases is told in :mod:`arrears.engine.sorting.phrases`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any  # a YAML document is of any shape until its reader has looked

from arrears.domain.replies import Category
from arrears.engine import sorting
from arrears.engine.sorting.phrases import PhraseError, Phrases, Sets, words_of
from arrears.engine.sorting.reading import slips
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Language, Text
from arrears.packs.sorting import learned
from arrears.packs.sources import ROOT, Source, hash_of, sources, text_of

FOLDER = "sorting"
_SHORTEST_DROPPED = 5
"""A word in "-ing" of more letters may lack the last ("callin")."""
_KINDS = ("sure", "maybe", "not_as", "unless", "contrary")


@dataclass(frozen=True, slots=True)
class SortingPack:
    """The rules as read, the slips that are forgiven, and the version of the files."""

    rules: tuple[sorting.SortingRule, ...]
    slips: Mapping[str, str]
    version: str


@lru_cache(maxsize=4)
def load(root: Path = ROOT) -> SortingPack:
    """Return the rules of the folder. Raises ``ValueError`` with everything that is wrong with them."""
    found, problems = _read(root)
    if problems:
        raise ValueError("\n".join(one.said_in("en") for one in problems))
    return found


def sort(text: str, language: Language | None = None, *, model: sorting.Model | None = None) -> sorting.Sorted:
    """Return what ``text`` says by the shipped rules, and beside them ``model`` or else the one that ships."""
    pack = load()
    return sorting.sort(text, pack.rules, pack.slips, model=model or learned.model(), language=language)


def by_rules(text: str) -> sorting.Sorted:
    """Return what ``text`` says by the shipped rules alone."""
    pack = load()
    return sorting.sort(text, pack.rules, pack.slips)


def check_sorting(root: Path = ROOT) -> list[Problem]:
    """Return what is wrong with the rules: their form, their phrases, and the cases that they do not meet."""
    pack, problems = _read(root)
    if problems:
        return problems
    for source in sources(FOLDER, root)[0]:
        if "category" in source.said:
            problems += _unmet(source, pack)
    return problems


def _unmet(source: Source, pack: SortingPack) -> list[Problem]:
    category = Category(str(source.said["category"]))
    wrong = []
    cases: Mapping[str, Any] = source.said.get("cases") or {}
    for kind, is_wanted in (("fires", True), ("silent", False)):
        said = cases.get(kind) or []
        wrong += [] if said else [_problem("sorting_case_missing", source, kind)]
        for text in said:
            found = sorting.sort(str(text), pack.rules, pack.slips).one(category)
            if (found is not None) != is_wanted:
                wrong.append(_problem("sorting_case_failed", source, f"{kind}: {text}"))
    return wrong


def _read(root: Path) -> tuple[SortingPack, list[Problem]]:
    found, form = sources(FOLDER, root)
    problems = list(form)
    sets: dict[Language, Sets] = {}
    forgiven: dict[str, str] = {}
    spellings: dict[str, str] = {}
    for source in found:
        if "sets" in source.said:
            sets[_language(source)] = source.said["sets"]
            forgiven |= slips(source.said.get("slips") or (), source.said.get("never") or ())
            spellings |= source.said.get("spellings") or {}
    rules = []
    for source in found:
        if "category" in source.said:
            try:
                rules.append(_rule(source, sets.get(_language(source), {})))
            except (PhraseError, ValueError, TypeError) as error:
                problems.append(_problem("sorting_rule_unreadable", source, str(error)))
    named = (
        set().union(*(_words(source, sets) for source in found if "category" in source.said)) if not problems else ()
    )
    dropped = {word[:-1]: word for word in named if word.endswith("ing") and len(word) > _SHORTEST_DROPPED}
    forgiven = {slip: word for slip, word in (dropped | forgiven).items() if slip not in named} | spellings
    return SortingPack(tuple(rules), forgiven, _version(root)), problems


def _version(root: Path) -> str:
    """Return the version of the rules and of the examples to learn from: both decide what is found."""
    files = (path for path in (root / FOLDER).rglob("*") if path.suffix in {".yaml", ".csv"})
    return hash_of({path.relative_to(root).as_posix(): path.read_bytes() for path in files})[:12]


def _rule(source: Source, sets: Sets) -> sorting.SortingRule:
    sure, maybe, not_as, unless, contrary = (Phrases.of(source.said.get(kind) or (), sets) for kind in _KINDS)
    category, title = Category(str(source.said["category"])), text_of(source.said["title"])
    return sorting.SortingRule(source.id, _language(source), category, title, sure, maybe, not_as, unless, contrary)


def _words(source: Source, sets: Mapping[Language, Sets]) -> set[str]:
    spoken = sets.get(_language(source), {})
    return set().union(*(words_of(source.said.get(kind) or (), spoken) for kind in _KINDS))


def _language(source: Source) -> Language:
    folder = source.id.split("/")[1]
    for language in LANGUAGES:
        if folder == language:
            return language
    raise ValueError(f"{folder} is no language of the house")


_REASONS: Mapping[str, tuple[Text, Text]] = {
    "sorting_rule_unreadable": (
        Text("This rule cannot be read: {said}.", "Esta regla no se puede leer: {said}.", "无法读取该规则：{said}。"),
        Text("Write the phrase as the guide says.", "Escriba la frase como dice la guía.", "请按说明书写短语。"),
    ),
    "sorting_case_failed": (
        Text("This case is not met: {said}.", "Este caso no se cumple: {said}.", "该用例未通过：{said}。"),
        Text("Change a phrase or the case.", "Cambie una frase o el caso.", "请修改短语或用例。"),
    ),
    "sorting_case_missing": (
        Text(
            "The rule has no case of the kind {said}.",
            "La regla no tiene casos del tipo {said}.",
            "规则缺少 {said} 类用例。",
        ),
        Text(
            "Give one text that it must find and one that it must not.",
            "Dé un texto que deba hallar y otro que no.",
            "请各给出一个应命中与不应命中的文本。",
        ),
    ),
}


def _problem(code: str, source: Source, said: str) -> Problem:
    reason, remedy = _REASONS[code]
    return Problem(code, reason.filled(said=said), remedy, Where(source.file))
