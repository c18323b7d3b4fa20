"""How a verdict is made: hear every rule that applies, lift what exceptions lift, let the strictest decide.

Each rule gives its bars for a stretch of time, not for one instant; answer, next permitted instant and windows are
read off the same bars.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from arrears.domain.laws import Law
from arrears.engine.gate.asking import PLAIN, Case, Debt, Known, Proposal, Settings
from arrears.engine.gate.book import RuleBook, Voice
from arrears.engine.gate.local import days as local_days
from arrears.engine.gate.missing import words_for
from arrears.engine.gate.rules import Finding, Rule, Severity, is_named, lacking
from arrears.engine.gate.verdict import Answer, Effect, Spoken, Standing, Verdict, Window
from arrears.engine.gate.words import name_of
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import (
    ALWAYS,
    BEGINNING,
    DAY,
    FOREVER,
    Intervals,
    moment_of,
    union,
)
from arrears.kernel.texts import Text

ANSWERS: Final = {
    Severity.BLOCK: Answer.REFUSE,
    Severity.WARN: Answer.ASK_HUMAN,
    Severity.NOTICE: Answer.ALLOW_WITH_NOTICE,
    Severity.RECORD: Answer.ALLOW,
}
_WEEK: Final = 7 * DAY
_FURTHEST_LOOKS: Final = 60
"""How often the horizon moves on in search of a permitted instant: about sixteen months, then there is none."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A rule with what it found: ``stands`` after exceptions, ``lifted`` what they took away and which of them did."""

    rule: Rule
    standing: Standing
    case: Case
    stands: tuple[Finding, ...]
    lifted: tuple[tuple[Intervals, Rule], ...]

    def answer_by(self, finding: Finding) -> Answer:
        """Return what one finding comes to: a part that nobody can make, as a fact for it is missing, refuses."""
        is_unmade = finding.missing is not None and self.rule.severity is Severity.NOTICE
        return Answer.REFUSE if is_unmade else ANSWERS[self.rule.severity]

    @property
    def barred(self) -> Intervals:
        return union(finding.when for finding in self.stands)


def ask(book: RuleBook, proposal: Proposal, known: Known, settings: Settings = PLAIN) -> Verdict:
    """Return the verdict about ``proposal`` on what is ``known``: a dry one, nothing is taken or counted by asking."""
    case = Case.of(proposal, known)
    heard = hear(book, case, settings)
    at = case.around
    spoken = tuple(sorted((s for h in heard for s in _said(h, at)), key=lambda s: -s.answer))
    return Verdict(
        at=proposal.at,
        answer=max((s.answer for s in spoken), default=Answer.ALLOW),
        spoken=spoken,
        next_permitted=_next_permitted(book, case, settings, heard),
        windows=tuple(_windows(heard, at, at + _WEEK)),
        pack_version=book.version,
        is_partial=settings.only is not None,
    )


def hear(book: RuleBook, case: Case, settings: Settings) -> list[Heard]:
    """Return every rule that applies to the case, in the order of the book."""
    return [
        heard
        for voice in book.covering(case.places, settings, case.proposal)
        for heard in _hear_one(voice, case, settings)
    ]


def _hear_one(voice: Voice, case: Case, settings: Settings) -> Iterator[Heard]:
    rule = voice.rule
    standing, debts, unknown = standing_of(voice, case, settings)
    if unknown:
        yield Heard(rule, standing, case, (lacking(unknown),), ())
    elif debts or not (rule.law or rule.is_narrowed):
        exceptions = tuple(e for e in voice.exceptions if is_for_all(e, debts))
        narrowed = case.narrowed(debts, tuple(e.evaluator for e in exceptions))
        in_force = _in_force(rule.law, case.zones)
        found = [_during(finding, in_force) for finding in rule.evaluator.bars(narrowed)]
        stands, lifted = _lift(found, exceptions, narrowed)
        yield Heard(rule, standing, narrowed, stands, lifted)


def standing_of(voice: Voice, case: Case, settings: Settings) -> tuple[Standing, tuple[Debt, ...], str | None]:
    """Return why the rule is heard, for which debts, and the fact that is missing to say so.

    Of a rule that asks for a part or a notice none is missing: it is kept for whom it may bind, as what it wants can be
    given before anybody knows.
    """
    rule, debts = voice.rule, case.proposal.debts
    standing, is_kept = _standing(rule), rule.severity is Severity.NOTICE
    if rule.is_narrowed:
        unknown = next(filter(None, map(rule.misses, debts)), None)
        if unknown and not is_kept:
            return standing, (), unknown
        debts = tuple(debt for debt in debts if rule.looks_at(debt) or rule.misses(debt))
    if voice.scope is None or rule.is_core or rule.is_house:
        return standing, debts, None
    answers = [(debt, answer) for debt, answer in _bound_by_any(voice, voice.scope, case) if debt in debts]
    bound = tuple(debt for debt, answer in answers if answer is True or (is_kept and isinstance(answer, str)))
    if is_named(rule.id, settings.by_choice):
        return (standing if bound else Standing.BY_CHOICE), debts, None
    return standing, bound, None if is_kept else next((said for _, said in answers if isinstance(said, str)), None)


def _standing(rule: Rule) -> Standing:
    """Return why a rule is heard that nobody chose: whose it is comes before whether it cites a law."""
    if rule.is_own:
        return Standing.CONTRACT if rule.is_contract else Standing.LOCAL
    if rule.law is not None:
        return Standing.BINDS
    return Standing.CORE if rule.is_core else Standing.HOUSE


def is_for_all(exception: Rule, debts: tuple[Debt, ...]) -> bool:
    """Return whether an exception speaks to every debt at hand: one that it does not know of keeps the bar."""
    return not exception.is_narrowed or (bool(debts) and all(map(exception.looks_at, debts)))


def _bound_by_any(voice: Voice, scope: Rule, case: Case) -> list[tuple[Debt, bool | str]]:
    """Return of each debt the strictest answer: bound by one law is bound, and what one does not know is unknown."""
    answers = _bound(scope, case)
    for wider in voice.wider:
        others = [said for _, said in _bound(wider, case)]
        answers = [(debt, _either((said, other))) for (debt, said), other in zip(answers, others, strict=True)]
    return answers


def _either(said: tuple[bool | str, bool | str]) -> bool | str:
    return True in said or next((one for one in said if isinstance(one, str)), False)


def _bound(scope: Rule, case: Case) -> list[tuple[Debt, bool | str]]:
    return case.once(scope.id, lambda: [(debt, scope.evaluator.binds(case, debt)) for debt in case.proposal.debts])


def _during(finding: Finding, in_force: Intervals) -> Finding:
    return finding if in_force is ALWAYS else Finding(finding.when & in_force, finding.facts, finding.missing)


def _lift(
    found: list[Finding], exceptions: tuple[Rule, ...], case: Case
) -> tuple[tuple[Finding, ...], tuple[tuple[Intervals, Rule], ...]]:
    """Return the findings less what exceptions lift; a missing fact is lifted by nothing."""
    barred = union(finding.when for finding in found if finding.missing is None)
    if not barred or not exceptions:
        return tuple(found), ()
    lifts = [
        (exception.evaluator.lifts(case, barred) & barred & _in_force(exception.law, case.zones), exception)
        for exception in exceptions
    ]
    lifted = tuple((when, exception) for when, exception in lifts if when)
    away = union(when for when, _ in lifted)
    stands = (f if f.missing else Finding(f.when - away, f.facts) for f in found)
    return tuple(stands), lifted


def _said(heard: Heard, at: int) -> Iterator[Spoken]:
    """Yield what the rule says at ``at``: why it bars, or by what it was lifted, or why it does not bar."""
    finding = max((f for f in heard.stands if at in f.when), key=heard.answer_by, default=None)
    if finding is not None:
        yield _bar(heard, finding, at)
        return
    lifter = next((rule for when, rule in heard.lifted if at in when), None)
    if lifter is not None:
        yield _mild(heard, Effect.LIFTED, lifter.words, {}, lifter)
    elif heard.rule.allows is not None and at in _in_force(heard.rule.law, heard.case.zones):
        facts = heard.rule.evaluator.facts(heard.case, at)
        yield _mild(heard, Effect.ALLOWS, _filled(heard.rule.allows, facts), facts, None)


def _bar(heard: Heard, finding: Finding, at: int) -> Spoken:
    rule, missing = heard.rule, finding.missing
    facts = {} if missing else {**rule.evaluator.facts(heard.case, at), **finding.facts}
    span = heard.barred.span_at(at)
    assert span is not None
    return Spoken(
        rule=rule,
        effect=Effect.RECORDS if rule.severity is Severity.RECORD else Effect.BARS,
        answer=heard.answer_by(finding),
        standing=heard.standing,
        reason=words_for(missing) if missing else _filled(rule.words, facts),
        facts=facts,
        missing=missing,
        since=moment_of(span.start),
        until=moment_of(span.until),
    )


def _mild(heard: Heard, effect: Effect, reason: Text, facts: Mapping[str, object], lifter: Rule | None) -> Spoken:
    return Spoken(
        rule=heard.rule,
        effect=effect,
        answer=Answer.ALLOW,
        standing=heard.standing,
        reason=reason,
        facts=facts,
        lifted_by=lifter,
    )


def _filled(words: Text, facts: Mapping[str, object]) -> Text:
    """Return ``words`` with facts in their places, each in the language of its sentence."""
    if not facts:
        return words
    named = {name: name_of(value) for name, value in facts.items()}
    return Text(
        *(
            sentence.format_map({name: text[place] for name, text in named.items()})
            for place, sentence in enumerate(words)
        )
    )


def _windows(heard: list[Heard], start: int, until: int) -> Iterator[Window]:
    """Yield the windows between two instants in which the answer is no refusal, in order, cut where it changes."""
    left = Intervals.between(start, until) - _under(heard, Answer.REFUSE)
    parts: list[tuple[int, int, Answer]] = []
    for answer in (Answer.ASK_HUMAN, Answer.ALLOW_WITH_NOTICE):
        here = left & _under(heard, answer)
        left -= here
        parts.extend((span.start, span.until, answer) for span in here)
    parts.extend((span.start, span.until, Answer.ALLOW) for span in left)
    for begin, end, answer in sorted(parts):
        first, last = moment_of(begin), moment_of(end)
        assert first is not None
        assert last is not None
        yield Window(first, last, answer)


def _under(heard: Iterable[Heard], answer: Answer) -> Intervals:
    return union(f.when for h in heard for f in h.stands if h.answer_by(f) is answer)


def _next_permitted(book: RuleBook, case: Case, settings: Settings, heard: list[Heard]) -> datetime | None:
    """Return the first instant from the case's own on that no rule refuses; None where none comes.

    Rules on hours answer for one horizon; where all of it is barred, the horizon moves to where the bars end.
    """
    for _ in range(_FURTHEST_LOOKS):
        free = _under(heard, Answer.REFUSE).next_free(case.around)
        if free is None or free < case.horizon_end:
            return None if free is None else moment_of(free)
        case = case.moved(free)
        heard = hear(book, case, settings)
    return None


@lru_cache(maxsize=4096)
def _in_force(law: Law | None, zones: tuple[str, ...]) -> Intervals:
    """Return when the law holds by the calendars of ``zones``: from the first to see its day until the last."""
    if law is None:
        return ALWAYS
    return Intervals.between(
        min(_edges(law.effective_from, zones, 0), default=BEGINNING),
        max(_edges(law.effective_to, zones, 1), default=FOREVER),
    )


def _edges(day: date | None, zones: tuple[str, ...], side: int) -> list[int]:
    if day is None:
        return []
    number = epoch_day(day)
    return [local_days(zone, number, number).spans[0][side] for zone in zones] or [(number + side) * DAY]
