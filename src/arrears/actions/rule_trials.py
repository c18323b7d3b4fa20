"""Trying proposed rules on the present book: whose contact would be refused or let go tomorrow and is not today.

The night's own mask is asked twice of the same rows, a bounded number of people at a time, and what it found is kept
with the proposal, so that a trial goes on where it stopped. What columns do not hold is asked in full of a few people.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from arrears.actions.deciding import words_of
from arrears.actions.desks import mask_of, strategy_of
from arrears.actions.gatekeeping import Approach, brief_on
from arrears.actions.masking import Mask
from arrears.actions.rule_books import book_for, settings_of
from arrears.actions.rule_proposals import proposed_settings
from arrears.domain.rule_settings import ProposalState
from arrears.engine.gate import Verdict, ask
from arrears.engine.ledger import by_day
from arrears.kernel.epoch import epoch_day
from arrears.kernel.hours import instant_of, local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import contact_records, organisations_at_night, readings, tried_books
from arrears.store.doors import rule_settings as rows
from arrears.store.scope import current

PEOPLE_AT_ONCE: Final = 8_192
ASKED_AT_ONCE: Final = 8
MOST_EXAMPLES: Final = 12
Rows = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Both:
    """What the gate says to a call to somebody at noon: under the rules in force, and under those proposed."""

    person: int
    name: str
    before: Verdict
    after: Verdict


def try_some(number: int, *, now: datetime, people: int = PEOPLE_AT_ONCE, using: str = "default") -> rows.Proposal:
    """Try a proposal on the next ``people`` persons of the book and keep what was found; it is done where `tried_at`.

    The day tried for is that of the first look: the day on which it would take effect, or today where that has passed.
    """
    found = rows.proposal(number, locked=True, using=using)
    assert found is not None, "the caller has it in sight"
    if found.tried_at is not None or found.state is not ProposalState.WAITING:
        return found
    (us,) = organisations_at_night.organisations([current(using).organisation], using=using)
    on = found.tried_on or max(found.from_on, local_day(now, us.timezone))
    tried = dict(found.tried) or _nothing(us.id, using)
    owner = tried["owners"][tried["at"]] if tried["owners"] else None
    to = 0
    if owner is not None:
        to = _try_block(tried, found, owner, us, on, people, using)
        tried["at"] += to == 0
    is_done = tried["at"] >= len(tried["owners"])
    rows.keep_trial(number, tried, on=on, to=to, done_at=now if is_done else None, using=using)
    kept = rows.proposal(number, using=using)
    assert kept is not None
    return kept


def _nothing(organisation: int, using: str) -> dict[str, Any]:
    owners, accounts = tried_books.books_worked(organisation, using=using)
    return {
        "owners": owners,
        "accounts": accounts,
        "at": 0,
        "seen": 0,
        "was_refused": 0,
        "refused": {"accounts": 0, "minor": {}},
        "allowed": {"accounts": 0, "minor": {}},
        "otherwise": 0,
        "by": {},
        "examples": [],
        "asked": 0,
        "asked_refused": 0,
        "asked_allowed": 0,
    }


def _try_block(
    tried: dict[str, Any],
    found: rows.Proposal,
    owner_id: int,
    us: organisations_at_night.NightOrganisation,
    on: date,
    people: int,
    using: str,
) -> int:
    """Add what one block shows to ``tried``; return the person to go on from, 0 where the owner's book is through."""
    until = tried_books.block_end(owner_id, found.tried_to, people, using=using)
    (owner,) = organisations_at_night.organisations([owner_id], using=using)
    working = organisations_at_night.working_for(owner_id, using=using)
    after = replace(us, settings=proposed_settings(us.settings, found, on))
    strategy = strategy_of(owner)
    noon = instant_of(on, time(12), owner.timezone)
    reader = readings.Reader(owner_id, owner.timezone, on, noon, words_of(strategy), using)
    block = reader.of_range(found.tried_to, until or 2**63 - 1)
    if owner_id != us.id:
        block = block[block["working"] == us.id]
    if len(block):
        now_mask = mask_of(owner, working, on, strategy, using=using)
        new_mask = mask_of(
            after if owner_id == us.id else owner,
            [after if one.id == us.id else one for one in working],
            on,
            strategy,
            using=using,
        )
        _compare(tried, block, now_mask, new_mask, on, words_of(strategy).currencies)
        _ask_some(tried, found, block, on, using)
    return until


def _compare(
    tried: dict[str, Any], block: Rows, before: Mask, after: Mask, on: date, currencies: Sequence[str]
) -> None:
    ids_before, ids_after = ("", *before.rules_of(before.book)), ("", *after.rules_of(after.book))
    was, will = before.of(block, block).refusals, after.of(block, block).refusals
    owed = by_day.contractual_many(block, epoch_day(on))
    place = before.place_of(block)
    tried["seen"] += len(block)
    tried["was_refused"] += int(np.count_nonzero(was))
    for name, which, numbers, ids in (
        ("refused", (was == 0) & (will > 0), will, ids_after),
        ("allowed", (was > 0) & (will == 0), was, ids_before),
    ):
        rows_of = np.flatnonzero(which)
        tried[name]["accounts"] += len(rows_of)
        for code in np.unique(block["currency"][rows_of]):
            minor = int(owed[rows_of][block["currency"][rows_of] == code].sum())
            currency = currencies[code - 1] if code else "?"
            tried[name]["minor"][currency] = tried[name]["minor"].get(currency, 0) + minor
        pairs = zip(numbers[rows_of].tolist(), place[rows_of].tolist(), strict=True)
        for (rule, at), count in Counter(pairs).items():
            line = tried["by"].setdefault(ids[rule], {}).setdefault(_named(before.places[at]), [0, 0])
            line[name == "allowed"] += count
        for at in rows_of[: max(0, MOST_EXAMPLES - len(tried["examples"]))].tolist():
            _add_example(tried, int(block["person"][at]))
    names = np.array([*ids_before, *ids_after])
    differs = names[was] != names[will + len(ids_before)]
    tried["otherwise"] += int(np.count_nonzero((was > 0) & (will > 0) & differs))


def _named(places: Sequence[str]) -> str:
    return places[0] if places else "?"


def _add_example(tried: dict[str, Any], person: int) -> None:
    if person not in tried["examples"] and len(tried["examples"]) < MOST_EXAMPLES:
        tried["examples"].append(person)


def _ask_some(tried: dict[str, Any], found: rows.Proposal, block: Rows, on: date, using: str) -> None:
    """Ask in full about people spread over the block: some rules look at what no column holds."""
    people = np.unique(block["person"])
    for person in people[:: max(1, len(people) // ASKED_AT_ONCE)][:ASKED_AT_ONCE].tolist():
        both = both_of(person, found, on, using=using)
        if both is None:
            continue
        tried["asked"] += 1
        if both.before.may_go != both.after.may_go:
            tried["asked_refused" if both.before.may_go else "asked_allowed"] += 1
            _add_example(tried, person)


def both_of(person: int, found: rows.Proposal, on: date, *, using: str = "default") -> Both | None:
    """Return both verdicts about a call to a person at noon of a day; None where nobody can be asked about."""
    (us,) = organisations_at_night.organisations([current(using).organisation], using=using)
    noon = instant_of(on, time(12), us.timezone)
    record = contact_records.record_of(person, noon, using=using)
    if record is None:
        return None
    phone = next((way.id for way in record.ways.values() if way.kind == "phone" and way.is_valid), None)
    asked = brief_on(record, Approach(person=person, contact_point=phone), now=noon, using=using)
    if isinstance(asked, Problem):
        return None
    ours = proposed_settings(us.settings, found, on)
    said = [ours] if record.owner.id == us.id else [ours, record.owner.settings]
    before = asked.verdict()
    after = ask(book_for(said, on, using=using), asked.proposal, asked.known, settings_of(said, on, using=using))
    return Both(person, tried_books.name_of(person, using=using), before, after)


def by_rule(tried: Mapping[str, Any]) -> list[tuple[str, str, int, int]]:
    """Return rule, place, accounts it would newly refuse, accounts it would no longer refuse; the most first."""
    lines = [(rule, place, *counts) for rule, places in tried.get("by", {}).items() for place, counts in places.items()]
    return sorted(lines, key=lambda line: (-line[2] - line[3], line[0], line[1]))
