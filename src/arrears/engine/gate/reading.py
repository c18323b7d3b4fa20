"""From the mapping in a rule file to a `Rule`: everything checked, every mistake a problem that says where."""

import string
from collections.abc import Iterable, Mapping
from typing import Any

from arrears.domain.contacts import Act, Channel, PointUse, Purpose, Role
from arrears.domain.laws import Law, SourceStatus, Status
from arrears.engine.gate.kinds import kinds
from arrears.engine.gate.parameters import Parameters, read_date, rule_problem
from arrears.engine.gate.rules import Evaluator, Reach, Rule, Severity
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Text

_REQUIRED = {"title", "words", "severity", "kind"}
_OPTIONAL = {"allows", "law", "practices", "scope", "place", "reach", "of", "parameters", "cases", "sectors", "client"}

_SHAPES = {
    **dict.fromkeys(("severity", "kind", "scope", "place"), "word"),
    **dict.fromkeys(("of", "practices"), "words"),
    **dict.fromkeys(("law", "reach", "parameters"), "mapping"),
    "cases": "mappings",
}
_CALLED = {"word": "word", "words": "list of words", "mapping": "mapping", "mappings": "list of cases"}


class Mistake(Exception):  # noqa: N818 -- caught here and turned into a problem; never leaves this module
    """What is wrong with one part of a file."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field
        self.what = what


def read_rule(rule_id: str, raw: object, file: str) -> Rule | list[Problem]:
    """Return the rule in ``raw`` (what the file holds), or all that keeps it from being used."""
    try:
        body = _body(raw)
        evaluator, problems = _evaluator(body, file)
        if problems:
            return problems
        rule = _rule(rule_id, body, evaluator)
        _check(rule)
    except Mistake as mistake:
        return [rule_problem(mistake.what, Where(file, None, mistake.field))]
    return rule


def _body(raw: object) -> Mapping[str, Any]:  # Any: straight from a file
    if not isinstance(raw, Mapping):
        raise Mistake("", "the file holds no mapping")
    for name in sorted(_REQUIRED - raw.keys()):
        raise Mistake(name, "this is missing")
    for name in sorted(map(str, raw.keys() - _REQUIRED - _OPTIONAL)):
        raise Mistake(name, "a rule has no such part")
    for name in raw.keys() & _SHAPES.keys():
        _shaped(name, raw[name], _SHAPES[name])
    for name, codes in (raw.get("reach") or {}).items():
        _shaped(f"reach.{name}", codes, "words")
    return raw


def _shaped(name: str, value: object, shape: str) -> None:
    """Raise a mistake where a part of the file is not of the shape that its name stands for; None is no mistake."""
    if value is None:
        return
    if shape == "word":
        fits = isinstance(value, str)
    elif shape == "mapping":
        fits = isinstance(value, Mapping) and all(isinstance(key, str) for key in value)
    else:
        each = str if shape == "words" else Mapping
        fits = isinstance(value, (list, tuple)) and all(isinstance(one, each) for one in value)
    if not fits:
        raise Mistake(name, f"here stands a {_CALLED[shape]}")


def _evaluator(body: Mapping[str, Any], file: str) -> tuple[Evaluator, list[Problem]]:
    reader = kinds().get(body["kind"])
    if reader is None:
        raise Mistake("kind", f"{body['kind']!r} is none of {', '.join(sorted(kinds()))}")
    given = Parameters(body.get("parameters") or {}, Where(file))
    evaluator = reader(given)
    given.leftover()
    return evaluator, given.problems


def _rule(rule_id: str, body: Mapping[str, Any], evaluator: Evaluator) -> Rule:
    return Rule(
        id=rule_id,
        title=_text(body, "title"),
        words=_text(body, "words"),
        allows=_text(body, "allows") if "allows" in body else None,
        severity=_member("severity", Severity, body["severity"]),
        kind=body["kind"],
        evaluator=evaluator,
        law=_law(body["law"]) if "law" in body else None,
        practices=tuple(body.get("practices", ())),
        scope=body.get("scope"),
        place=body.get("place", ""),
        reach=_reach(body.get("reach") or {}),
        of=tuple(body.get("of", ())),
        parameters=body.get("parameters") or {},
        cases=tuple(body.get("cases", ())),
        sectors=_sectors(body.get("sectors", ())),
        client=_client(rule_id, body.get("client")),
    )


def _law(raw: Mapping[str, Any]) -> Law:
    expected = {"citation", "effective_from", "effective_to", "status", "source", "presumption", "verified_on"}
    for name in sorted(raw.keys() - expected):
        raise Mistake(f"law.{name}", "a law has no such part")
    try:
        start, end = read_date(raw["effective_from"]), read_date(raw.get("effective_to"))
    except (KeyError, ValueError) as mistake:
        raise Mistake("law.effective_from", f"a law says from when it holds ({mistake})") from None
    try:
        verified_on = read_date(raw.get("verified_on"))
    except ValueError as mistake:
        raise Mistake("law.verified_on", str(mistake)) from None
    if start is None or not raw.get("citation"):
        raise Mistake("law", "a law has a citation and a day from which it holds")
    return Law(
        citation=raw["citation"],
        effective_from=start,
        effective_to=end,
        status=_member("law.status", Status, raw.get("status")),
        source=_member("law.source", SourceStatus, raw.get("source")),
        presumption=bool(raw.get("presumption", False)),
        verified_on=verified_on,
    )


def _reach(raw: Mapping[str, Iterable[str]]) -> Reach:
    sets = {
        "acts": Act,
        "channels": Channel,
        "purposes": Purpose,
        "except_purposes": Purpose,
        "roles": Role,
        "except_roles": Role,
        "uses": PointUse,
    }
    for name in sorted(raw.keys() - sets.keys()):
        raise Mistake(f"reach.{name}", "a reach has no such part")
    return Reach(
        **{
            name: frozenset(_member(f"reach.{name}", kind, code) for code in raw.get(name, ()))
            for name, kind in sets.items()
        }
    )


def _sectors(raw: object) -> frozenset[str]:
    if not isinstance(raw, (list, tuple)) or not all(isinstance(kind, str) and kind for kind in raw):
        raise Mistake("sectors", "sectors are a list of kinds of debt")
    return frozenset(raw)


def _client(rule_id: str, raw: object) -> int | None:
    """Return the number of the creditor; a rule below ``client.<number>`` is for that one alone."""
    first, _, rest = rule_id.partition(".")
    named = rest.partition(".")[0] if first == "client" else None
    if named is not None and not named.isdecimal():
        raise Mistake("id", "below client comes the number of the creditor's organisation")
    if raw is not None and (not isinstance(raw, int) or isinstance(raw, bool) or raw < 1):
        raise Mistake("client", "a client is the number of the creditor's organisation")
    if named is not None and raw is not None and int(named) != raw:
        raise Mistake("client", f"the folder says {named}")
    return raw if named is None else int(named)


def _text(body: Mapping[str, Any], name: str) -> Text:
    raw = body[name]
    for language in LANGUAGES:
        if not isinstance(raw, Mapping) or not isinstance(raw.get(language), str) or not raw[language].strip():
            raise Mistake(f"{name}.{language}", "words stand in all three languages")
    return Text(*(raw[language].strip() for language in LANGUAGES))


def _member(field: str, kind: Any, raw: object) -> Any:  # Any: an enumeration and its member
    try:
        return kind(raw)
    except ValueError:
        raise Mistake(field, f"{raw!r} is none of {', '.join(kind)}") from None


def _check(rule: Rule) -> None:
    own = rule.is_core or rule.is_house
    if own == (rule.law is not None) and not rule.is_own:
        raise Mistake("law", "core and house rules cite no law; every other rule cites one")
    if rule.is_core and rule.is_narrowed:
        raise Mistake("sectors", "the core holds for every debt of every client")
    if not own and not rule.is_own and not rule.place:
        raise Mistake("place", "a rule of law says where it holds")
    if rule.severity is not Severity.SCOPE and (rule.severity is Severity.EXCEPTION) != bool(rule.of):
        raise Mistake("of", "an exception names the rules it speaks to, and nothing else does but a scope")
    for text in (rule.words, rule.allows):
        for language in LANGUAGES if text else ():
            unknown = _places(getattr(text, language), f"words.{language}") - rule.evaluator.fact_names
            if unknown:
                raise Mistake(f"words.{language}", f"this kind of rule has no fact {', '.join(sorted(unknown))}")


def _places(words: str, field: str) -> set[str]:
    """Return the facts that words have places for; a place holds a name and no more, so no words grow in it."""
    try:
        parsed = [*string.Formatter().parse(words)]
    except ValueError as mistake:
        raise Mistake(field, str(mistake)) from None
    if any(spec or conversion for _, _, spec, conversion in parsed):
        raise Mistake(field, "a place for a fact holds its name alone")
    return {name for _, name, _, _ in parsed if name}
