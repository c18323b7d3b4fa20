"""A person's own words on when and where they may be reached, taken down and kept by the gate from then on (P17).

What was read out of the words is a proposal; whoever took them down confirms it. No magic words are needed to make a
time or a place inconvenient (12 CFR 1006.6(b)(1)).
"""

from datetime import datetime

from arrears.actions import history, people
from arrears.actions.mistakes import mistake
from arrears.domain.holds import PreferenceKind
from arrears.engine.wishes import hear
from arrears.kernel.problems import Problem
from arrears.store import locks
from arrears.store.doors import contact_records as records
from arrears.store.doors import wishes as rows


def keep(person: int, words: str, *, now: datetime, using: str = "default") -> tuple[int, ...] | Problem:
    """Keep what ``words`` of a person say of times and places that do not suit; return the wishes' ids.

    A Problem where they say nothing of the kind that can be read: then nothing is kept.
    """
    heard = hear(words)
    if not heard:
        return mistake("no_wish_heard", "words")
    reached = records.reached_person(person, using=using)
    if reached is None:
        return mistake("person_not_found", "person")
    locks.lock_person(person, using=using)
    kept = tuple(
        rows.add(
            reached.owner,
            person,
            PreferenceKind.PLACE if one.places else PreferenceKind.TIME,
            words=one.words,
            windows=one.windows,
            places=sorted(one.places),
            media=sorted(one.media),
            at=now,
            source_ref=f"{person}:{now.isoformat()}:{number}",
            using=using,
        )
        for number, one in enumerate(heard)
    )
    history.append("wish_kept", owner=reached.owner, person=person, now=now, using=using, wishes=list(kept))
    people.redecide([person], now=now, using=using)
    return kept


def end(person: int, wish: int, *, now: datetime, using: str = "default") -> Problem | None:
    """End a wish that the person takes back; a Problem where none of theirs that was taken down here still runs."""
    reached = records.reached_person(person, using=using)
    if reached is None or not rows.end(wish, person=person, at=now, using=using):
        return mistake("wish_not_running", "wish")
    history.append("wish_ended", owner=reached.owner, person=person, now=now, using=using, wish=wish)
    people.redecide([person], now=now, using=using)
    return None
