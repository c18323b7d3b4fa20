"""How each number and address of a person stands now: by which channel it may be used, and which facts are missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from arrears.actions.gatekeeping import Approach, brief_on
from arrears.actions.mistakes import mistake
from arrears.domain.contacts import Channel
from arrears.engine.gate import Answer, Effect, Spoken
from arrears.facts.asked import Bearer, asked_facts
from arrears.kernel.problems import Problem
from arrears.store.doors import contact_records as records
from arrears.store.doors.contact_records import Record, Way

CHANNELS_OF: Final[Mapping[str, tuple[Channel, ...]]] = {
    "phone": (Channel.CALL, Channel.AI_VOICE, Channel.TEXT),
    "email": (Channel.EMAIL,),
    "address": (Channel.LETTER, Channel.VISIT),
}
"""Channels whose ground hangs on what is proven of the number or address."""


@dataclass(frozen=True, slots=True)
class ByChannel:
    """What the gate says to one channel: its answer, the rules in the way, and the facts that nobody has said.

    What is only known once there are words, or an act, is left out, and what passes with time: hours, days, counts.
    It is no question of the address.
    """

    channel: Channel
    answer: Answer | None
    barring: tuple[Spoken, ...]
    missing: tuple[str, ...]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A number or address with its facts, and how it stands by channel."""

    way: Way
    channels: tuple[ByChannel, ...]


def standing(person: int, *, now: datetime, using: str = "default") -> tuple[Standing, ...] | Problem:
    """Return how each contact point of a person stands at ``now``; a Problem where the scope sees no such person."""
    record = records.record_of(person, now, using=using)
    if record is None:
        return mistake("person_not_found", "person")
    return tuple(
        Standing(way, tuple(_asked(record, way, one, now, using) for one in CHANNELS_OF.get(way.kind, ())))
        for way in sorted(record.ways.values(), key=lambda way: way.id)
        if way.person == person
    )


def _asked(record: Record, way: Way, channel: Channel, now: datetime, using: str) -> ByChannel:
    approach = Approach(
        person=record.person.id, contact_point=way.id, channel=channel, is_automated=channel is Channel.AI_VOICE
    )
    found = brief_on(record, approach, now=now, using=using)
    if isinstance(found, Problem):
        return ByChannel(channel, None, (), (), found)
    barring = tuple(
        one for one in found.verdict().spoken if one.effect is Effect.BARS and one.answer >= Answer.ASK_HUMAN
    )
    known = tuple(one for one in barring if not _is_of_words(one) and (one.missing or one.until is None))
    answer = max((one.answer for one in known), default=Answer.ALLOW)
    return ByChannel(channel, answer, tuple(one for one in known if one.missing is None), _missing(known))


def _missing(spoken: tuple[Spoken, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.missing for one in spoken if one.missing is not None))


def _is_of_words(spoken: Spoken) -> bool:
    """Return whether a rule only misses what a message or an act will say of itself."""
    asked = asked_facts().get(spoken.missing or "")
    return (asked is not None and asked.bearer is Bearer.PROPOSAL) or (spoken.missing or "").startswith("words.")
