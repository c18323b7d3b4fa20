"""Deciding about accounts of one organisation on one day: from what was read of them to rows of the book.

The night does it for a million, `arrears.actions.decisions` by day for one; both come through here, so that a list made
at night and a decision made after a call cannot disagree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.actions.masking import Mask
from arrears.engine.again import look_again_on
from arrears.engine.decide import PERSON, Strategy, decide, fact_columns, fold
from arrears.facts import NULL
from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.kernel.texts import LANGUAGES
from arrears.store.doors import decided
from arrears.store.doors.decided import Latest
from arrears.store.doors.organisations_at_night import NightOrganisation
from arrears.store.doors.readings import Words

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]

_OVER: Final = ("paid", "settled", "sold", "closed")


@dataclass(frozen=True)
class Desk:
    """What it takes to decide: whose book, which day, under which rules.

    ``run`` is the run's id, 0 by day; ``decided_at`` the instant stamped on what is decided; ``pack_version`` the
    id under which the book keeps the strategy's and the gate's rules together.
    """

    owner: NightOrganisation
    on: date
    strategy: Strategy
    mask: Mask
    pack_version: int
    book_day: int
    run: int
    decided_at: datetime
    words: Words = field(init=False)
    day: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", epoch_day(self.on))
        object.__setattr__(self, "words", words_of(self.strategy))

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules of the gate, in the order of the numbers in refusals."""
        return self.mask.rules_of(self.mask.book)

    @property
    def numbers(self) -> Mapping[str, Ints]:
        """The code of each place in each list of words: place 0, unknown, is what the fact is when absent."""
        return _lists_of(self.strategy).numbers


@dataclass(frozen=True, slots=True)
class _Lists:
    """What a strategy's codes make of the book's words."""

    words: Words
    numbers: Mapping[str, Ints]


_LISTS: Final[dict[str, _Lists]] = {}


def _lists_of(strategy: Strategy) -> _Lists:
    """Return the lists of a strategy, made once for its content: by day every decision asks for them."""
    if strategy.content_hash not in _LISTS:
        words = _words_of(strategy)
        _LISTS[strategy.content_hash] = _Lists(words, _numbers_of(strategy, words))
    return _LISTS[strategy.content_hash]


def _numbers_of(strategy: Strategy, words: Words) -> Mapping[str, Ints]:
    lists = {
        "account_status": ("status", words.statuses),
        "currency": ("currency", words.currencies),
        "reason_late": ("reason_late", words.reasons),
        "ability": ("ability", words.abilities),
        "willingness": ("willingness", words.willingness),
        "class_set": ("class_set", words.classes),
    }
    facts = strategy.facts
    return {
        column: np.array([facts[fact].absent, *(facts[fact].number_of(word) for word in known)], np.int64)
        for column, (fact, known) in lists.items()
    }


def words_of(strategy: Strategy) -> Words:
    """Return the names of the codes that the book keeps as words, under ``strategy``."""
    return _lists_of(strategy).words


def _words_of(strategy: Strategy) -> Words:
    def names(fact: str) -> tuple[str, ...]:
        return tuple(code.name for code in strategy.facts[fact].codes)

    return Words(
        statuses=tuple(name for name in names("status") if name in _OVER),
        currencies=names("currency"),
        reasons=names("reason_late"),
        abilities=names("ability"),
        willingness=names("willingness"),
        classes=names("class_set"),
        languages=LANGUAGES,
    )


@dataclass(frozen=True, slots=True)
class DecidedRows:
    """Accounts decided: the engine's decisions, the rows of the book, who works each, and what the gate said.

    ``refusals`` is the number of the rule that refuses contact today, 0 for none; ``barred`` says where contact is
    refused and no day is known on which it is not.
    """

    decisions: Rows
    stored: Rows
    working: Ints
    refusals: Ints
    barred: npt.NDArray[np.bool_]
    language: npt.NDArray[np.int16]
    opens: npt.NDArray[np.int32]
    closes: npt.NDArray[np.int32]


def decide_rows(desk: Desk, rows: Rows, latest: Latest) -> DecidedRows:
    """Decide about accounts: ``rows`` of `READING`, with the team of the decision in force taken from ``latest``."""
    facts = facts_of_rows(desk, rows, latest)
    decisions = decide(facts, desk.strategy, desk.day, accounts=rows["account"], people=rows["person"])
    masked = desk.mask.of(rows, decisions)
    contact = (decisions["is_contact"] == 1) & (masked.free_day > desk.day)
    barred = contact & (masked.free_day >= NO_DATE)
    decisions["next_on"] = np.where(
        contact & ~barred, np.maximum(decisions["next_on"], masked.free_day), decisions["next_on"]
    )
    refusals = np.where(decisions["is_contact"] == 1, masked.refusals, 0)
    stored = _stored(desk, rows, decisions, facts, refusals)
    working = rows["working"].astype(np.int64)
    return DecidedRows(
        decisions, stored, working, refusals, barred, rows["language"].copy(), masked.opens, masked.closes
    )


def facts_of_rows(desk: Desk, rows: Rows, latest: Latest) -> dict[str, npt.NDArray[np.integer]]:
    """Return every fact of the accounts by name, one column each."""
    numbers = desk.numbers
    place, is_known = latest.places_of(rows["account"])
    team = np.zeros(len(rows), np.int64)
    team[is_known] = latest.team[place[is_known]]
    coded = {
        name: numbers[name][rows[name]] for name in ("currency", "reason_late", "ability", "willingness", "class_set")
    }
    ends = rows["hold_until_day"].astype(np.int64)
    facts = fact_columns(
        rows,
        desk.day,
        {
            **coded,
            "team_now": team,
            "reachable_phones": rows["reachable_phones"],
            "has_other_lenders": rows["has_other_lenders"],
            "hold_ends_in_days": np.where(ends == NO_DATE, NULL, np.maximum(0, ends - desk.day)),
        },
    )
    said = rows["account_status"] > 0
    return {**facts, "status": np.where(said, numbers["account_status"][rows["account_status"]], facts["status"])}


def _stored(desk: Desk, rows: Rows, decisions: Rows, facts: dict[str, npt.NDArray[np.integer]], refusals: Ints) -> Rows:
    out = decided.blank(len(rows))
    for name, ours in _SAME.items():
        out[name] = decisions[ours]
    out["organisation_id"], out["run_id"] = desk.owner.id, desk.run
    out["decided_at"] = np.datetime64(desk.decided_at.astimezone(UTC).replace(tzinfo=None), "us")
    out["on_day"], out["book_day"], out["pack_version_id"] = desk.day, desk.book_day, desk.pack_version
    out["owed_minor"], out["refusals"] = facts["balance_minor"], refusals
    otherwise = np.minimum(rows["look_again_on"], rows["dealings_look_on"]).astype(np.int64)
    otherwise = np.minimum(otherwise, decisions["next_on"])
    ages = rows["oldest_unpaid_day"] != NO_DATE
    again = look_again_on(desk.strategy.program, facts, desk.day, otherwise=otherwise, ages=ages)
    out["look_again_on"] = np.maximum(desk.day, again)
    return out


#: Columns of the book's row and the engine's own names for them.
_SAME: Final = {
    "account_id": "account",
    "person_id": "person",
    "arrears_minor": "arrears_minor",
    "value_per_minute": "value_per_minute",
    "days_past_due": "days_past_due",
    "next_on": "next_on",
    "band": "band",
    "stage": "stage",
    "conduct": "debtor_class",
    "treatment": "treatment",
    "treatment_row": "treatment_row",
    "tone": "tone",
    "channels": "channels",
    "next_action": "next_action",
    "cadence": "touches_per_day",
    "owner_team": "owner_team",
    "tier": "tier",
    "reason": "reason",
}


def changed(desk: Desk, found: DecidedRows, latest: Latest) -> npt.NDArray[np.bool_]:
    """Return which decisions say something else than the newest one in the book, or are the account's first."""
    place, is_known = latest.places_of(found.stored["account_id"])
    differs = ~is_known
    differs[is_known] = latest.says[place[is_known]] != decided.said(found.stored[is_known], desk.day)
    return differs


#: What is kept of a folded person: a narrow row, because everybody on the list stays in memory until it is handed out.
_KEPT: Final = (
    "person", "account", "arrears_minor", "value_per_minute", "days_past_due", "next_on", "accounts", "band", "stage",
    "treatment", "tone", "channels", "next_action", "owner_team", "tier", "reason", "effort_minutes",
)  # fmt: skip

#: A person as folded for one working organisation: the engine's columns, then who works it and when it is open.
FOLDED: Final = np.dtype(
    [
        *((name, PERSON[name]) for name in _KEPT),
        ("working", "<i8"),
        ("opens", "<i2"),
        ("closes", "<i2"),
        ("language", "<i2"),
        ("barred", "?"),
    ]
)


def folded(desk: Desk, found: DecidedRows) -> Rows:
    """Return one row of `FOLDED` for each person and organisation that works accounts of theirs, ascending by both."""
    parts = list(_folded_parts(desk, found))
    if not parts:
        return np.empty(0, FOLDED)
    rows = np.concatenate(parts)
    return rows[np.lexsort((rows["working"], rows["person"]))]


def _folded_parts(desk: Desk, found: DecidedRows) -> Iterator[Rows]:
    for working in np.unique(found.working):
        own = np.flatnonzero(found.working == working)
        people = fold(found.decisions[own], desk.strategy, desk.day)
        out = np.empty(len(people), FOLDED)
        for name in _KEPT:
            out[name] = people[name]
        out["working"] = working
        lead = _places(found.decisions["account"][own], people["account"])
        out["opens"], out["closes"] = found.opens[own][lead], found.closes[own][lead]
        out["barred"], out["language"] = found.barred[own][lead], found.language[own][lead]
        yield out


def _places(accounts: Ints, wanted: Ints) -> npt.NDArray[np.intp]:
    order = np.argsort(accounts, kind="stable")
    return order[np.searchsorted(accounts, wanted, sorter=order)]


def is_listed(desk: Desk, people: Rows) -> npt.NDArray[np.bool_]:
    """Return who is on today's list: the next action is due, is something, and nothing refuses it without an end."""
    none = desk.strategy.number("next_action", "none")
    return np.asarray((people["next_on"] <= desk.day) & (people["next_action"] != none) & ~people["barred"], np.bool_)
