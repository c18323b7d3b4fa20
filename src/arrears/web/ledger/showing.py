"""Rows of the ledger, sections of a computation and repairs, as the templates show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrears.actions.computations import Computed, rules_of
from arrears.actions.told import Repair
from arrears.domain.entries import EFFECTS, Entry
from arrears.engine.computation import Kind, Line, Section, said, said_amount
from arrears.engine.ledger.state import state
from arrears.kernel.problems import Problem
from arrears.store.doors import cases
from arrears.web import spoken

_SILENT = frozenset({Kind.STRUCK, Kind.EVENT, Kind.NOTE})
AMOUNT_WORDS: dict[str, str | Promise] = {
    "contractual": _("Owed in all"),
    "principal": _("Principal"),
    "interest": _("Interest"),
    "fees": _("Fees and costs"),
    "charges": _("Late charge"),
    "credit": _("Paid ahead"),
    "arrears": _("Past due"),
    "days_past_due": _("Days past due"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as a table shows it; ``amount`` is empty where it adds nothing."""

    day: date | None
    words: str
    amount: str
    is_part: bool
    is_struck: bool
    is_note: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of the ledger: what it is, what it added, what was owed and carried at the end of its day.

    Balances stand on the last entry of a day. ``known`` is the date of the book day on which it became known.
    """

    fact: Entry
    words: str
    why: str
    amount: str
    parts: tuple[Shown, ...]
    owed: int | None
    carried: int | None
    known: date | None
    source: str
    is_struck: bool
    is_ahead: bool


def _shown(line: Line, currency: str) -> Shown:
    language = spoken.language()
    amount = "" if line.kind in _SILENT and not line.amount else said_amount(line.amount, language, currency)
    return Shown(
        line.day if line.kind is not Kind.PAID else None,
        said(line, language, currency),
        amount,
        line.kind is Kind.PAID,
        line.kind is Kind.STRUCK,
        line.kind is Kind.NOTE,
    )


def ledger_rows(found: Computed, dates: dict[int, date]) -> list[Row]:
    """Return every entry known, by value date; those still to come last and without balances."""
    made = found.made
    told = {} if isinstance(made, Problem) else {line.entry: line for line in made.balance.lines if line.entry}
    facts = [line.fact for line in found.lines]
    by_id = {fact.id: fact for fact in facts}
    rows = []
    for day, of_day in groupby(found.lines, key=lambda line: line.fact.value_date):
        lines = list(of_day)
        has_come = day <= found.as_of
        now = state(found.terms.terms, facts, day, found.known_on) if has_come else None
        for place, line in enumerate(lines, start=1):
            is_last = now is not None and place == len(lines)
            balances = (now.contractual, now.book) if now is not None and is_last else (None, None)
            rows.append(
                _row(
                    line,
                    told.get(line.fact.id),
                    found.debt.currency,
                    balances,
                    dates,
                    target=by_id.get(line.fact.reverses),
                    is_ahead=not has_come,
                )
            )
    return rows


def _row(
    line: cases.Line,
    told: Line | None,
    currency: str,
    balances: tuple[int | None, int | None],
    dates: dict[int, date],
    *,
    target: Entry | None,
    is_ahead: bool,
) -> Row:
    language = spoken.language()
    kind = EFFECTS[line.fact.kind].words.said_in(language)
    words = said(told, language, currency) if told is not None else _takes_back(target, currency)
    return Row(
        fact=line.fact,
        words=kind,
        why=words if words != kind else "",
        amount=said_amount(told.amount, language, currency) if told is not None and told.amount else "",
        parts=tuple(_shown(part, currency) for part in told.parts) if told is not None else (),
        owed=balances[0],
        carried=balances[1],
        known=dates.get(line.fact.book_day),
        source=" ".join(part for part in (line.source_kind, line.source_ref, line.reason) if part),
        is_struck=told is not None and told.kind is Kind.STRUCK,
        is_ahead=is_ahead,
    )


def _takes_back(target: Entry | None, currency: str) -> str:
    """Return what a reversal takes back."""
    if target is None:
        return ""
    language = spoken.language()
    what = f"{EFFECTS[target.kind].words.said_in(language)} {said_amount(target.amount, language, currency)}"
    return _("takes back %(what)s of %(day)s") % {"what": what, "day": spoken.day(target.value_date)}


def sections(found: Computed) -> dict[str, object]:
    """Return the sections of a computation for its page; none where it is not issued."""
    made = found.made
    if isinstance(made, Problem):
        return {"sections": [], "owed": [], "notes": [], "rules": []}
    titled = (
        ("balance", _("How the balance came about"), made.balance),
        ("accrued", _("Interest by the day"), made.accrued),
        ("charges", _("Late charges, period by period"), made.charges),
    )
    return {
        "sections": [(name, title, _lines(section, made.currency), section.total) for name, title, section in titled
                     if section.lines],
        "owed": [_shown(line, made.currency) for line in made.owed.lines],
        "notes": [said(line, spoken.language(), made.currency) for line in made.notes],
        "rules": [rule.said_in(spoken.language()) for rule in rules_of(found)],
    }  # fmt: skip


def _lines(section: Section, currency: str) -> list[Shown]:
    return [_shown(one, currency) for one in _with_parts(section.lines)]


def _with_parts(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from line.parts


def repair(one: Repair) -> dict[str, object]:
    """Return a repair as the list shows it: each amount as told and as it is, and what came to be known since."""
    language, currency = spoken.language(), one.said.currency
    figures = [
        (AMOUNT_WORDS[name], _figure(name, one.told[name], currency), _figure(name, one.right[name], currency))
        for name in AMOUNT_WORDS
        if name in one.told
    ]
    because = [
        (EFFECTS[entry.kind].words.said_in(language), entry.value_date, said_amount(entry.amount, language, currency))
        for entry in one.because
    ]
    return {"said": one.said, "figures": figures, "because": because, "terms_changed": one.terms_changed}


def _figure(name: str, amount: int, currency: str) -> str:
    return spoken.number(amount) if name == "days_past_due" else said_amount(amount, spoken.language(), currency)
