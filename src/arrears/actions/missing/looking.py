"""Look over the book for what the gate misses: each person's contact by each address, by the gate's own rules.

Only what is said of somebody or something is looked for; what a collector chooses at the moment (a purpose, a number to
call from) is not missing from the book.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from arrears.actions.gatekeeping import Approach, Brief, brief_on
from arrears.domain.contacts import Channel
from arrears.engine.gate.lacks import lacks
from arrears.facts.asked import Asked, Bearer, Supplier, asked_facts
from arrears.store.doors import contact_records as records
from arrears.store.doors import missing_facts as rows
from arrears.store.doors.contact_records import Record
from arrears.store.doors.missing_facts import Found

AT_ONCE: Final = 200
CHANNEL_OF: Final = {"phone": Channel.CALL, "email": Channel.EMAIL, "address": Channel.LETTER}
"""By kind of contact point the contact that is tried: what the night has in mind, and what goes by post or mail."""
_OF_A_MOMENT: Final = frozenset({Bearer.PROPOSAL})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a look has come: persons seen, facts that are missing for them."""

    people: int
    missing: int


def look(
    only: Sequence[int] | None = None,
    *,
    now: datetime,
    told: Callable[[Progress], None] | None = None,
    most: int | None = None,
    using: str = "default",
) -> Progress:
    """Look at everybody who owes something, or at ``only``, and keep what is missing; return what was found.

    ``told`` hears of every part that is done, ``most`` bounds how many persons are looked at. Nothing is counted and no
    permit is taken.
    """
    done, after = Progress(0, 0), 0
    while most is None or done.people < most:
        size = AT_ONCE if most is None else min(AT_ONCE, most - done.people)
        part = rows.people(after, most=size, only=only, using=using)
        if not part:
            break
        after = part[-1]
        found = [one for person in part for one in _of_person(person, now, using)]
        count = rows.replace(part, found, at=now, using=using)
        done = Progress(done.people + len(part), done.missing + count)
        if told is not None:
            told(done)
    if only is not None:
        owing = set(rows.people(0, most=len(only), only=only, using=using))
        rows.replace([person for person in only if person not in owing], (), at=now, using=using)
    return done


def _of_person(person: int, now: datetime, using: str) -> Iterator[Found]:
    record = records.record_of(person, now, using=using)
    if record is None:
        return
    seen: dict[tuple[int, int | None, str], Found] = {}
    for approach in _approaches(record):
        asked = brief_on(record, approach, now=now, using=using)
        if isinstance(asked, Brief):
            for one in _missing(asked, record):
                key = (one.account, one.contact_point, one.fact)
                before = seen.get(key)
                rules = tuple(dict.fromkeys((*(before.rules if before else ()), *one.rules)))
                seen[key] = replace(one, rules=rules)
    yield from seen.values()


def _approaches(record: Record) -> Iterator[Approach]:
    """Yield a contact about each debt by each good address; by telephone where there is none, to hear of the rest."""
    ways = [way for way in record.ways.values() if way.is_valid and way.kind in CHANNEL_OF]
    for debt in record.owed:
        for way in ways:
            yield Approach(
                person=record.person.id, contact_point=way.id, channel=CHANNEL_OF[way.kind], accounts=(debt.id,)
            )
        if not ways:
            yield Approach(person=record.person.id, contact_point=None, accounts=(debt.id,))


def _missing(asked: Brief, record: Record) -> Iterator[Found]:
    known = asked_facts()
    for fact, rules in lacks(asked.book, asked.proposal, asked.known, asked.settings).items():
        said = known.get(fact)
        if said is None or said.bearer not in _OF_A_MOMENT:
            yield _found(fact, said, rules, asked, record)


def _found(fact: str, said: Asked | None, rules: tuple[str, ...], asked: Brief, record: Record) -> Found:
    bearer = said.bearer if said else Bearer.ACCOUNT
    return Found(
        owner=record.person.owner,
        account=asked.asked.accounts[0],
        person=record.person.id,
        contact_point=asked.asked.contact_point if bearer is Bearer.CONTACT_POINT else None,
        fact=fact,
        bearer=bearer.value,
        supplier=(said.supplier if said else Supplier.HOUSE).value,
        rules=rules,
    )
