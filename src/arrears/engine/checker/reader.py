"""The reading of words by a set of rules: folded once, matched once, and each rule asked in its setting."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from arrears.domain.wording import Block, Topic
from arrears.engine.checker.finders import FINDERS
from arrears.engine.checker.folding import Folded, fold
from arrears.engine.checker.languages import languages_of
from arrears.engine.checker.likeness import Likeness
from arrears.engine.checker.negation import is_meant, others_turns
from arrears.engine.checker.parts import carried
from arrears.engine.checker.patterns import Pattern
from arrears.engine.checker.report import Category, Finding, Kind, Report, Setting
from arrears.engine.checker.rules import Rule

_DISCLOSING = frozenset({Block.ATTEMPT_TO_COLLECT, Block.FROM_A_COLLECTOR})
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Checker:
    """Rules made ready to read many words: pure, and safe to share between threads.

    ``known`` are the words and beginnings of words that the rules look for, by which spelling tricks are undone.
    ``likeness`` is a second reader of messages, which speaks where no rule does, in the name of the rule that
    ``speaking`` names for what it finds.
    """

    rules: Sequence[Rule]
    known: frozenset[str] = frozenset()
    likeness: Likeness | None = None
    speaking: Mapping[Category, str] = field(default_factory=lambda: MappingProxyType({}))
    _by_anchor: dict[str, dict[str, list[tuple[str, Pattern, bool]]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_anchor: dict[str, dict[str, list[tuple[str, Pattern, bool]]]] = defaultdict(lambda: defaultdict(list))
        for rule in self.rules:
            for pattern in rule.patterns:
                for anchor in pattern.anchors:
                    by_anchor[pattern.language][anchor].append((rule.id, pattern, rule.is_denied_too))
            for pattern in rule.excepts:
                for anchor in pattern.anchors:
                    by_anchor[pattern.language][anchor].append((_harmless(rule.id), pattern, True))
        object.__setattr__(self, "_by_anchor", dict(by_anchor))

    def check(self, words: str, *, language: str | None = None, setting: Setting | None = None) -> Report:
        """Read ``words`` as what ``setting`` says they are; ``language`` where it is known, else it is found out."""
        setting = setting or Setting()
        folded = fold(words, self.known)
        if setting.kind is Kind.TEMPLATE:
            folded = folded.with_places()
        if setting.kind is Kind.TRANSCRIPT:
            folded = folded.without(others_turns(folded.text))
        sure, some = languages_of(words)
        found_language = sure or language
        said, tongues, unmeant = self._said(folded, {language, *some} if language else set(some), setting)
        disclosed: set[str] = set()
        findings: list[Finding] = []
        blocks, mentions = set(carried(words, setting)), set()
        for rule in self.rules:
            own = [span for name in (rule.id, *rule.follows) if name in said for span in said[name]]
            if not own and rule.finder == "said":
                continue
            spans = _merged(own)
            if rule.block and spans:
                blocks.add(rule.block)
                disclosed |= tongues[rule.id] if rule.block in _DISCLOSING else set()
            if rule.topic and spans:
                mentions.add(rule.topic)
            if rule.category and rule.is_on and rule.speaks_in(setting):
                if rule.finder != "said":
                    spans = list(FINDERS[rule.finder](folded, setting, rule, found_language))
                findings += _findings(rule, rule.category, spans, folded, setting)
        if any(True for _ in FINDERS["amount_shown"](folded, setting, None, found_language)):
            mentions.add(Topic.AMOUNT)
        findings += [] if findings else self._alike(folded, setting, found_language or min(some, default=None), unmeant)
        findings += _absent(self.rules, setting, frozenset(blocks))
        order = sorted(findings, key=lambda one: (one.start, one.until, one.rule))
        told_in = min(disclosed, key=lambda tongue: (tongue != (language or found_language), tongue), default=None)
        return Report(tuple(order), frozenset(blocks), frozenset(mentions), found_language, told_in)

    def _alike(self, folded: Folded, setting: Setting, language: str | None, unmeant: Spans) -> Iterator[Finding]:
        """Yield what is like a breach though no rule names it: in a message, while nothing is decided of the debt.

        Where a rule saw its words denied (``unmeant``) it knows better: likeness does not see what is denied.
        """
        if self.likeness is None or setting.kind is not Kind.MESSAGE or setting.decided:
            return
        alike = self.likeness.most_alike(folded.text, language)
        if alike and any(_overlap((alike.start, alike.until), one) for one in unmeant):
            return
        name = self.speaking.get(alike.category) if alike else None
        for rule in self.rules:
            if alike and rule.id == name and rule.category and rule.is_on and rule.speaks_in(setting):
                span = [(alike.start, alike.until)]
                found = _findings(rule, rule.category, span, folded, setting)
                yield from (replace(one, is_blocking=one.is_blocking and alike.is_blocking) for one in found)

    def _said(
        self, folded: Folded, languages: set[str], setting: Setting
    ) -> tuple[dict[str, Spans], dict[str, set[str]], Spans]:
        """Return by rule the spans of the folded text that patterns match and that are meant, and their languages.

        The last are spans that patterns match and that are not meant.
        """
        text = folded.text
        said: dict[str, Spans] = defaultdict(list)
        tongues: dict[str, set[str]] = defaultdict(set)
        unmeant: Spans = []
        tried: set[tuple[str, str]] = set()
        heard = [one for tongue in languages for one in self._by_anchor.get(tongue, {}).items() if one[0] in text]
        for _, waiting in heard:
            for rule_id, pattern, is_denied_too in waiting:
                if (rule_id, pattern.said) in tried:
                    continue
                tried.add((rule_id, pattern.said))
                for start, until in pattern.spans(text):
                    denied = pattern.is_denied_too
                    if is_denied_too or is_meant(
                        text, start, until, pattern.language, setting.kind, is_denied_too=denied
                    ):
                        said[rule_id].append((start, until))
                        tongues[rule_id].add(pattern.language)
                    else:
                        unmeant.append((start, until))
        for rule_id in [name for name in said if _harmless(name) in said]:
            harmless = said[_harmless(rule_id)]
            unmeant += harmless
            said[rule_id] = [one for one in said[rule_id] if not any(_overlap(one, other) for other in harmless)]
        return said, tongues, unmeant


def _harmless(rule_id: str) -> str:
    return f"{rule_id}: harmless"


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _findings(
    rule: Rule, category: Category, spans: Iterable[tuple[int, int]], folded: Folded, setting: Setting
) -> Iterator[Finding]:
    for first, last in spans:
        start, until = folded.span(first, last) if last > first else (0, 0)
        yield Finding(
            rule=rule.id,
            category=category,
            is_blocking=rule.is_blocking and not setting.is_kept,
            start=start,
            until=until,
            words=folded.given[start:until],
            why=rule.why,
            citation=rule.citation,
        )


def _absent(rules: Sequence[Rule], setting: Setting, present: frozenset[Block]) -> Iterator[Finding]:
    """Yield a finding for each part that the setting needs and the words do not carry."""
    by_block = {rule.block: rule for rule in rules if rule.block}
    for block in sorted(setting.needed - present):
        rule = by_block.get(block)
        if rule is not None:
            yield Finding(rule.id, Category.MISSING_PART, not setting.is_kept, 0, 0, "", rule.why, rule.citation)


def _merged(spans: Iterable[tuple[int, int]]) -> Spans:
    merged: Spans = []
    for start, until in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(until, merged[-1][1]))
        else:
            merged.append((start, until))
    return merged
