"""Until when the debts of a proposal may be sued on, worked out from the book where a rule may ask for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from arrears.domain.contacts import Act
from arrears.domain.wording import Topic
from arrears.engine.gate import Debt, Known, Proposal, Settings
from arrears.engine.limitation import Course, LimitationRow
from arrears.engine.limitation import limitation_of as standing_of
from arrears.packs.limitation import rows_in_use
from arrears.store.doors.limitation_records import CourseRow, course_rows

_OF_SUIT: Final = frozenset({Topic.SUIT, Topic.SEIZURE})


def with_limitation(proposal: Proposal, known: Known, settings: Settings, *, using: str = "default") -> Proposal:
    """Return ``proposal`` with the limitation of each debt, where an act, words of suit or a row in use ask for it.

    An ordinary contact in a place without a row in use is not looked into: no rule would say anything about it.
    """
    rows = rows_in_use(settings.switched_on)
    places = {debt.id: _places(debt, known) for debt in proposal.debts}
    words = proposal.words
    is_asked = proposal.act is not Act.CONTACT or bool(_OF_SUIT & ((words.mentions if words else None) or frozenset()))
    if not is_asked and not any(_is_covered(rows, around) for around in places.values()):
        return proposal
    found = course_rows([int(debt.id) for debt in proposal.debts], using=using)
    debts = tuple(
        replace(debt, limitation=standing_of(rows, places[debt.id], debt.kind, course_of(found[int(debt.id)])))
        for debt in proposal.debts
        if int(debt.id) in found
    )
    return replace(proposal, debts=debts) if len(debts) == len(proposal.debts) else proposal


def is_any_too_old(
    accounts: Mapping[int, tuple[str | None, Sequence[str]]], switched_on: Collection[str], on: date, *, using: str
) -> bool:
    """Return whether the time to sue is over on a day for any of ``accounts``: by id, its kind and candidate places.

    By the rows in use; a place without one says nothing, and nothing is read from the book for it.
    """
    rows = rows_in_use(switched_on)
    asked = [account for account, (_, places) in accounts.items() if _is_covered(rows, places)]
    found = course_rows(asked, using=using) if asked else {}
    return any(
        standing_of(rows, places, kind, course_of(found[account])).is_expired(on)
        for account, (kind, places) in accounts.items()
        if account in found
    )


def course_of(row: CourseRow) -> Course:
    """Return what happened to a debt: by the ledger, and by what was said of it where the ledger does not reach."""
    said = row.facts
    return Course(
        default_on=row.default_on or _day(said.get("default_on")),
        charged_off_on=row.charged_off_on or _day(said.get("charged_off_on")),
        payments=tuple(sorted({*row.payments, *_days(said, "last_payment_on")})),
        acknowledgements=tuple(_days(said, "acknowledged_on")),
        demands=tuple(_days(said, "demanded_on")),
    )


def _places(debt: Debt, known: Known) -> tuple[str, ...]:
    own = (*known.places, debt.place, debt.facts.get("contract_place"))
    return tuple(dict.fromkeys(str(place) for place in own if place))


def _is_covered(rows: Sequence[LimitationRow], places: Iterable[str]) -> bool:
    around = tuple(places)
    return any(place.startswith(own[:2]) for row in rows for own in row.places for place in around)


def _days(said: Mapping[str, Any], name: str) -> list[date]:  # Any: JSON
    value = said.get(name)
    each = value if isinstance(value, list) else [value]
    return [day for day in map(_day, each) if day is not None]


def _day(value: object) -> date | None:
    return None if not value else date.fromisoformat(str(value)[:10])
