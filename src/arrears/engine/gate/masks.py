"""The gate over a whole book: for each row the rule that refuses a contact on a day, and the first day that is free.

The same evaluators with the same numbers as the single verdict, asked about local noon. What the columns do not hold
(the address, the words, agreed hours) they leave to the moment of contact; the names of those rules are given.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arrears.domain.contacts import DisclosureBasis, Role
from arrears.engine.gate.asking import (
    PLAIN,
    Case,
    Collector,
    CollectorKind,
    Debt,
    DebtStatus,
    Known,
    Proposal,
    Settings,
)
from arrears.engine.gate.book import RuleBook, Voice
from arrears.engine.gate.columns import Columns, Days
from arrears.engine.gate.judging import is_for_all, standing_of
from arrears.engine.gate.rules import Rule, Severity
from arrears.kernel.epoch import NO_DATE, epoch_day

_KEY: Final = {"place": 65536, "collector_kind": 64, "consumer_purpose": 4, "in_default_when_obtained": 4, "role": 64}
"""By what the rows are grouped, and more than the values each can take: all of them make one number."""
_KIND: Final = {"debt_kind": 65536}
_TOLD: Final = {
    "collector.kind",
    "debt.consumer_purpose",
    "debt.creditor",
    "debt.in_default_when_obtained",
    "debt.kind",
}
"""What the columns tell of the facts that scopes ask for: where one of these is missing, it is missing by night too."""
_MAY_LACK: Final = frozenset({"barred_part", "facts_hold", "limitation", "notice_due", "notice_needed"})
"""Kinds of rule that name a fact of their own where nobody has given it."""
_FURTHEST: Final = 64
"""How often the days move on in search of one that every rule lets go; past that there is none."""
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mask:
    """``rule``: place in ``rules`` of the first rule that refuses, by row, -1 where none does.

    ``free``: the first day from the one asked about on at whose noon none refuses, ``NO_DATE`` where none comes.
    ``unjudged``: rules that the columns cannot answer and the moment of contact will.
    """

    rule: NDArray[np.int16]
    free: Days
    rules: tuple[Rule, ...]
    unjudged: frozenset[str]


def mask(book: RuleBook, columns: Columns, day: int, settings: Settings = PLAIN) -> Mask:
    """Return which rows may not be contacted at noon of ``day`` (an epoch day), by which rule, and until when."""
    count = len(columns.rows)
    rule = np.full(count, -1, np.int16)
    free = np.full(count, day, np.int32)
    unjudged: set[str] = set()
    numbers = {each.id: place for place, each in enumerate(book.rules)}
    for which, sample in _groups(columns, by_kind=book.has_sectors):
        part = columns.part(which)
        voices = list(_applying(book, sample, settings, unjudged))
        rule[which], free[which] = _masked(part, voices, numbers, day, unjudged)
    return Mask(rule, free, book.rules, frozenset(unjudged))


def _groups(columns: Columns, *, by_kind: bool) -> Iterator[tuple[NDArray[np.intp], Case]]:
    """Yield the rows that the same rules apply to, with a case that stands for them."""
    key = np.zeros(len(columns.rows), np.int64)
    for name, most in (_KEY | _KIND if by_kind else _KEY).items():
        key = key * most + (columns.rows[name].astype(np.int64) + 1)
    _, firsts, groups = np.unique(key, return_index=True, return_inverse=True)
    for number, first in enumerate(firsts):
        yield np.flatnonzero(groups == number), _sample(columns, columns.rows[first])


def _sample(columns: Columns, row: np.void) -> Case:
    debt = Debt(
        id=0,
        status=DebtStatus.OPEN,
        consumer_purpose=_truth(row["consumer_purpose"]),
        in_default_when_obtained=_truth(row["in_default_when_obtained"]),
        creditor=columns.creditor,
        kind=columns.kinds[row["debt_kind"]] if row["debt_kind"] >= 0 else None,
    )
    kinds, roles = list(CollectorKind), list(Role)
    proposal = Proposal(
        at=_ANY_TIME,
        collector=Collector(organisation=0, kind=kinds[row["collector_kind"]] if row["collector_kind"] >= 0 else None),
        person=0,
        role=roles[row["role"]] if row["role"] >= 0 else None,
        basis=DisclosureBasis.LIABLE,
        debts=(debt,),
        channel=columns.channel,
        purpose=columns.purpose,
    )
    places = columns.places[row["place"]] if row["place"] >= 0 else ()
    return Case.of(proposal, Known(places=places))


def _truth(value: int) -> bool | None:
    return None if value < 0 else bool(value)


@dataclass(frozen=True, slots=True)
class _Voiced:
    voice: Voice
    is_unknown: bool


def _applying(book: RuleBook, sample: Case, settings: Settings, unjudged: set[str]) -> Iterator[_Voiced]:
    """Yield the refusing rules that apply to such rows; one whose scope lacks a fact refuses them all.

    A scope that asks for a fact which no column holds is left to the moment of contact.
    """
    for voice in book.voices(sample.places, settings):
        if not voice.covers(sample.proposal):
            continue
        if voice.rule.severity is Severity.NOTICE and voice.rule.kind in _MAY_LACK:
            unjudged.add(voice.rule.id)  # it refuses where what it wants cannot be made, which no column tells
        if voice.rule.severity is not Severity.BLOCK:
            continue
        if not voice.rule.reach.covers(sample.proposal):
            unjudged.add(voice.rule.id)  # the columns count a channel only as what it is
        else:
            _, debts, unknown = standing_of(voice, sample, settings)
            if (unknown is not None and unknown not in _TOLD) or _leans(voice, sample, debts):
                unjudged.add(voice.rule.id)
            elif debts or unknown:
                yield _Voiced(_without_others(voice, debts), unknown is not None)


def _leans(voice: Voice, sample: Case, debts: tuple[Debt, ...]) -> bool:
    """Return whether the rule binds such rows only where nobody has said a fact that no column holds."""
    return voice.scope is not None and any(voice.scope.evaluator.leans_on(sample, debt) for debt in debts)


def _without_others(voice: Voice, debts: tuple[Debt, ...]) -> Voice:
    """Return the voice without exceptions that are made for other kinds of debt or for other clients."""
    exceptions = tuple(each for each in voice.exceptions if is_for_all(each, debts))
    return voice if exceptions == voice.exceptions else replace(voice, exceptions=exceptions)


def _masked(
    columns: Columns, voices: list[_Voiced], numbers: dict[str, int], day: int, unjudged: set[str]
) -> tuple[NDArray[np.int16], Days]:
    """Move each row's day on until no rule refuses it; the first rule to refuse the first day is the one named."""
    days = np.full(len(columns.rows), day, np.int32)
    named = np.full(len(columns.rows), -1, np.int16)
    for voiced in reversed(voices):
        later = _later(voiced, columns, days, unjudged)
        if later is not None:
            named[later > day] = numbers[voiced.voice.rule.id]
    left = np.flatnonzero(named >= 0)
    for _ in range(_FURTHEST):
        if not len(left):
            return named, days
        part, before = columns.part(left), days[left]
        after = before
        for voiced in voices:
            later = _later(voiced, part, after, unjudged)
            after = after if later is None else later
        days[left] = after
        left = left[(after != before) & (after != NO_DATE)]
    days[left] = NO_DATE
    return named, days


def _later(voiced: _Voiced, columns: Columns, days: Days, unjudged: set[str]) -> Days | None:
    """Return by row the first day from ``days`` on that the rule lets go; None where the columns cannot say."""
    rule = voiced.voice.rule
    if voiced.is_unknown:
        return np.full(len(days), NO_DATE, np.int32)
    free = rule.evaluator.free_day(columns, days)
    if free is None:
        unjudged.add(rule.id)
        return None
    for exception in voiced.voice.exceptions:
        through = exception.evaluator.lets_through(columns, days)
        if through is not None:
            free = np.where(through, days, free).astype(np.int32)
    return _while_in_force(rule, days, free)


def _while_in_force(rule: Rule, days: Days, free: Days) -> Days:
    if rule.law is None:
        return free
    early = days < epoch_day(rule.law.effective_from)
    over = days > epoch_day(rule.law.effective_to)
    return np.where(early | over, days, free).astype(np.int32)
