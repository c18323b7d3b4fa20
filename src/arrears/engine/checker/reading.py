"""A rule of the checker from the mapping of its file; what does not read is a problem that says where."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from arrears.domain.laws import Law
from arrears.domain.wording import Block, Topic
from arrears.engine.checker.finders import FINDERS
from arrears.engine.checker.patterns import Lists, Pattern, PatternError, compiled, words_of
from arrears.engine.checker.report import Category, Kind
from arrears.engine.checker.rules import CONDITIONS, Rule
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Text

Raw = Mapping[str, Any]
_LEAST_KNOWN = 4


def wrong(file: str, field: str, said: object) -> Problem:
    """Return the problem that ``field`` of a rule does not read."""
    return Problem(
        "checker_rule_unreadable",
        Text("The rule does not read: {said}.", "La regla no se entiende: {said}.", "规则无法识别：{said}。").filled(
            said=said
        ),
        Text("Correct the file.", "Corrija el archivo.", "请更正该文件。"),
        Where(file, None, field),
    )


def read_rule(name: str, said: Raw, law: Law | None, lists: Mapping[str, Lists]) -> Rule | Problem:
    """Return the rule ``name`` (its path with dots) of a file; ``lists`` are the lists of words by language."""
    try:
        return Rule(
            id=name,
            title=_text(said["title"]),
            why=_text(said["why"]),
            category=Category(said["category"]) if "category" in said else None,
            law=law,
            breaks=str(said.get("breaks", "")),
            practices=tuple(said.get("practices", ())),
            places=tuple(said.get("places", ())),
            is_blocking={"block": True, "flag": False}[said.get("severity", "block")],
            finder=_known(said.get("finds", "said"), {"said", *FINDERS}),
            when=tuple(_known(one, CONDITIONS) for one in said.get("when", ())),
            kinds=frozenset(map(Kind, said.get("kinds", ()))),
            follows=tuple(said.get("follows", ())),
            patterns=tuple(_patterns(said.get("patterns", {}), lists)),
            excepts=tuple(_patterns(said.get("excepts", {}), lists)),
            is_denied_too=bool(said.get("denied_too", False)),
            block=Block(said["block"]) if "block" in said else None,
            topic=Topic(said["topic"]) if "topic" in said else None,
            parameters=said.get("parameters", {}),
            cases=said.get("cases", {}),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as mistake:
        return wrong(f"{name}.yaml", "", f"{type(mistake).__name__}: {mistake}")


def known_words(raw: Iterable[Raw], lists: Mapping[str, Lists]) -> frozenset[str]:
    """Return the words and beginnings of words that the rules of ``raw`` name, for undoing tricks of spelling."""
    found: set[str] = set()
    for said in raw:
        for language, patterns in said.get("patterns", {}).items():
            if language != "zh":
                for pattern in patterns:
                    with suppress(PatternError):
                        found.update(word.strip("\x00") for word in words_of(str(pattern), lists[language]))
    return frozenset(word for word in found if len(word) >= _LEAST_KNOWN and word.isalpha())


def _patterns(said: Raw, lists: Mapping[str, Lists]) -> Iterable[Pattern]:
    for language, patterns in said.items():
        if language not in LANGUAGES:
            raise PatternError(f"{language!r} is no language")
        for pattern in patterns:
            yield compiled(str(pattern), language, lists[language])


def _text(said: Raw) -> Text:
    return Text(*(str(said[language]).strip() for language in LANGUAGES))


def _known(said: object, names: Iterable[str]) -> str:
    if said not in set(names):
        raise ValueError(f"{said!r} is not one of {', '.join(sorted(names))}")
    return str(said)
