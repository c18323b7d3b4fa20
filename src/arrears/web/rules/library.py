"""What the library shows of a rule: read from the rules themselves, never kept a second time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrears.domain.laws import SourceStatus
from arrears.engine.gate.asking import PLAIN, Settings
from arrears.engine.gate.book import RuleBook, is_on
from arrears.engine.gate.rules import Rule, Severity
from arrears.kernel.texts import Text
from arrears.kernel.unions import EVERYWHERE as WORLDWIDE
from arrears.packs.compliance import rule_book
from arrears.packs.compliance.cases import WorkedCase, read_case
from arrears.web.rules.parameters import code_name, parameter_name
from arrears.web.wording import CHANNELS, HOLDS, ROLES, Words

EVERYWHERE = "-"
"""The choice of rules that hold at any place: the core, the house's own, what a worldwide scheme makes."""

VALUES: Words = {
    **HOLDS,
    **ROLES,
    **CHANNELS,
    "collector": _("collector"),
    "person": _("person"),
    "debt": _("debt"),
    "contacts": _("contacts"),
    "calls": _("calls"),
    "attempts": _("attempts"),
    "reached": _("those that reached somebody"),
    "connected": _("those that were connected"),
    "calendar_days": _("calendar days"),
    "business_days": _("business days"),
    "months": _("months"),
    "years": _("years"),
    "agency": _("agency"),
    "law_firm": _("law firm"),
    "creditor": _("creditor"),
    "debt_buyer": _("buyer of debts"),
    "local_time": _("local time"),
    "written": _("in writing"),
    "orally": _("by word of mouth"),
    "oral": _("by word of mouth"),
    "late": _("raised late"),
    "efforts_ended": _("that efforts have ended"),
    "may_invoke_remedy": _("that a remedy may be used"),
    "intends_remedy": _("that a remedy will be used"),
    "refuse": _("refuses"),
    "withheld": _("withheld"),
    "unverified": _("unverified"),
    "house": _("the house"),
    "work": _("work"),
    "let_go": _("promise to let go"),
    "shame": _("shaming"),
    "violence": _("violence"),
    "arrest": _("arrest"),
    "insult": _("insults"),
    "simulated_process": _("papers that look like a court's"),
    "impersonate": _("impersonation"),
    "coerce_borrow": _("pressure to borrow"),
    "threat_family": _("threats to family"),
    "disclose_third": _("disclosure to others"),
    "false_urgency": _("false urgency"),
    "credit_threat": _("credit threats"),
    "last_notice": _("last notice"),
    "more_calls": _("more calls as a threat"),
    "suit": _("lawsuit"),
    "seizure": _("seizure"),
    "fake_suit": _("a suit not decided on"),
    "false_amount": _("wrong amounts"),
    "borrowing": _("borrowing elsewhere"),
}
"""Words for the codes that stand most in rule files; others are shown as they are written there."""
YES, NO = _("yes"), _("no")
SPEAKING = (Severity.BLOCK, Severity.WARN, Severity.NOTICE, Severity.RECORD)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words, a place, how the source is known, whether the rule is on."""

    words: str = ""
    place: str = ""
    source: str = ""
    state: str = ""
    status: str = ""

    def fits(self, rule: Rule, settings: Settings) -> bool:
        """Return whether ``rule`` is one of those looked for."""
        return (
            (not self.words or all(word in _read(rule) for word in self.words.casefold().split()))
            and (not self.place or _country(rule) == self.place)
            and (not self.source or source_of(rule) == self.source)
            and (not self.state or self.state == state_of(rule, settings))
            and (not self.status or (rule.law is not None and rule.law.status.value == self.status))
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A rule in the list: with whether it is on, and how its source is known."""

    rule: Rule
    state: str
    source: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A worked case as the page shows it: what is asked, what must be answered, and what the gate answers now."""

    name: str
    asked: tuple[str | Promise, ...]
    expected: str
    differences: tuple[str, ...]


def lines(asked: Asked, settings: Settings = PLAIN, book: RuleBook | None = None) -> list[Line]:
    """Return the rules looked for, the core first, then the house, then by id."""
    found = [rule for rule in (book or rule_book()).rules if asked.fits(rule, settings)]
    return [Line(rule, state_of(rule, settings), source_of(rule)) for rule in sorted(found, key=_turn)]


def _country(rule: Rule) -> str:
    """Return the country or union of a rule; what a worldwide scheme makes holds at any place."""
    return EVERYWHERE if rule.place in {"", WORLDWIDE} else rule.place.split("-")[0]


def places(book: RuleBook) -> list[str]:
    """Return the countries of which there are rules."""
    return sorted({_country(rule) for rule in book.rules} - {EVERYWHERE})


def state_of(rule: Rule, settings: Settings) -> str:
    """Return ``on``, ``off``, or ``always`` for the core, which nobody can switch off."""
    return "always" if rule.is_core else "on" if is_on(rule, settings) else "off"


def source_of(rule: Rule) -> str:
    """Return how the law is known; ``house`` where the rule claims no law, ``own`` where somebody here added it."""
    return rule.law.source.value if rule.law else "own" if rule.is_own else "house"


def sources() -> list[str]:
    """Return the ways in which a law can be known, the surest first."""
    return [*(status.value for status in SourceStatus), "house", "own"]


def numbers(rule: Rule, words: Words | None = None) -> Iterator[tuple[str, str | bool]]:
    """Yield the parameters of a rule as name and value with its unit, codes in ``words``; yes and no as they are."""
    for name, value in rule.parameters.items():
        yield name, value if isinstance(value, bool) else _said(value, words or {})


def cases(rule: Rule, book: RuleBook | None = None) -> list[Shown]:
    """Return the worked cases in the rule's own file, each answered anew by the gate."""
    book = book or rule_book()
    worked = [case for raw in rule.cases for case in read_case(raw)]
    return [Shown(case.name, _asked(case), _expected(case.expected), tuple(case.differences(book))) for case in worked]


def related(rule: Rule, book: RuleBook) -> list[Rule]:
    """Return the rules it names and those that name it: its scope, what it lifts, what lifts it."""
    near = {rule.scope, *rule.of}
    return [
        other
        for other in book.rules
        if other.id in near or (rule.id in (other.scope, *other.of) and other.severity is not Severity.SCOPE)
    ]


def _turn(rule: Rule) -> tuple[bool, bool, str]:
    return (not rule.is_core, not rule.is_house, rule.id)


def _read(rule: Rule) -> str:
    said = [rule.id, rule.law.citation if rule.law else "", *rule.practices]
    for text in (rule.title, rule.words):
        said += [text.en, text.es, text.zh]
    return " ".join(said).casefold()


def _said(value: Any, words: Words) -> str:  # Any: straight from a rule file
    if isinstance(value, Mapping):
        if set(value) >= {"value", "unit"}:
            return f"{_said(value['value'], words)} {_said(value['unit'], words)}"
        rest = {name: part for name, part in value.items() if not (_names_a_fact(value) and name in {"of", "name"})}
        fact = [_key(f"{value['of']}.{value['name']}", words)] if _names_a_fact(value) else []
        return "; ".join([*fact, *(f"{_key(name, words)}: {_plain(part, words)}" for name, part in rest.items())])
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_said(part, words) for part in value)
    code = str(value)
    return str(words.get(code) or (code_name(code) if words else code.replace("_", " ")))


def _key(name: str, words: Words) -> str:
    return parameter_name(name) if words else name.replace("_", " ")


def _names_a_fact(value: Mapping[str, Any]) -> bool:
    """Whether a part of a rule file looks at a fact by its bearer and name."""
    return isinstance(value.get("of"), str) and isinstance(value.get("name"), str)


def _plain(value: Any, words: Words) -> str:  # Any: straight from a rule file
    """Return a part of a part; yes and no in words."""
    return str(YES if value else NO) if words and isinstance(value, bool) else _said(value, words)


def _asked(case: WorkedCase) -> tuple[str | Promise, ...]:
    """Return by which clock, channel and role a case asks, in words of the page that is to show them."""
    proposal = case.proposal
    return case.clock, CHANNELS[proposal.channel], ROLES[proposal.role] if proposal.role else "?"


def worded(rule: Rule, text: Text) -> Text:
    """Return the words of a rule with its own numbers in their places; what only a contact can fill is a dash."""
    known = {name: _number(value) for name, value in rule.parameters.items()}
    if "window" in known:
        known.setdefault("days", known["window"])
    filled = defaultdict(lambda: "…", {name: value for name, value in known.items() if value})
    return Text(*(sentence.format_map(filled).replace("….", "…") for sentence in text))


def _number(value: Any) -> str:  # Any: straight from a rule file
    found = value.get("value") if isinstance(value, Mapping) else value
    return "" if isinstance(found, bool) or not isinstance(found, int | str) else str(found)


def _expected(expected: Mapping[str, Any]) -> str:  # Any: straight from a case
    return str(expected.get("expect", ""))
