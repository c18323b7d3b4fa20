"""The proof that a book is what it should be: history as sealed, positions as their entries make them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from arrears.actions import books_proof, renewal
from arrears.kernel.hours import local_day
from arrears.store import bookday, seals
from arrears.store.doors import due, organisations_at_night
from arrears.store.doors.organisations_at_night import NightOrganisation
from arrears.store.scope import scope

RANGE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one organisation: how much was looked at, which seals and accounts differ."""

    organisation: str
    accounts: int
    broken_seals: tuple[str, ...]
    differing: tuple[str, ...]
    books: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.broken_seals and not self.differing and not self.books

    def __str__(self) -> str:
        if self.is_sound:
            return f"{self.organisation}: history as sealed, {self.accounts:,} positions as their entries make them."
        accounts = ", ".join(self.differing[:10])
        faults = [*self.broken_seals, *([f"{len(self.differing)} positions differ ({accounts})"] if accounts else [])]
        faults += self.books
        return f"{self.organisation}: {'; '.join(faults)}."


def verify_all(now: datetime, one_in: int = 1) -> Iterator[Finding]:
    """Look at every organisation's seals, and at one in so many of its positions.

    Positions that time has changed and the next night will make anew are left out: they are not wrong, but old.
    """
    for organisation in organisations_at_night.with_a_book():
        yield _verify(organisation, now, one_in)


def _verify(organisation: NightOrganisation, now: datetime, one_in: int) -> Finding:
    broken = tuple(f"seal {each.number}: {each.kind}" for each in seals.verify(organisation.id))
    at = _instant_of_the_book(organisation, now)
    today = local_day(at, organisation.timezone)
    with scope(organisation.id, None, using="night"):
        old = due.positions_to_renew(organisation.id, today)
        accounts = np.setdiff1d(due.every_nth_account(organisation.id, one_in, 0), old)
        parts = [accounts[start : start + RANGE] for start in range(0, len(accounts), RANGE)]
        differing = [renewal.differing(part, now=at, using="night") for part in parts]
        found = np.concatenate(differing).tolist() if differing else []
        books = books_proof.faults(books_proof.prove(organisation.id, one_in=one_in, using="night"))
        return Finding(organisation.name, len(accounts), broken, tuple(due.numbers_of(found)), books)


def _instant_of_the_book(organisation: NightOrganisation, now: datetime) -> datetime:
    """Return now, or noon of the open book day where a night has run ahead of the clock."""
    opened = bookday.opened(organisation.id, using="night")
    if opened is None or opened.business_date <= local_day(now, organisation.timezone):
        return now
    return datetime.combine(opened.business_date, time(12), ZoneInfo(organisation.timezone))
