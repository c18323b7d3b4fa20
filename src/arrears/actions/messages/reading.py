"""What is asked of words before they go: the parts they carry, what they speak of, what the checker finds in them.

Templates declare their parts; the checker reads every message all the same, as it will be read by the person, with the
amounts that are true of it. What it finds and would block is a refusal of the gate, by the core rule on words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from arrears.actions.wordchecks import circumstances, facts_of
from arrears.domain.contacts import Channel
from arrears.domain.messages import Figure, Wording
from arrears.domain.wording import Block, Topic
from arrears.engine.checker import Kind, Report, Setting
from arrears.packs import checker
from arrears.store.doors.contact_records import Record
from arrears.store.doors.message_values import Names


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: parts and topics, whether a debt is revealed, and the rules that the words break.

    ``facts`` are what the gate is told of the words by name.
    """

    blocks: frozenset[Block]
    mentions: frozenset[Topic]
    reveals_debt: bool
    findings: tuple[str, ...]
    facts: Mapping[str, object]


def read(
    wording: Wording,
    record: Record,
    names: Names,
    *,
    accounts: tuple[int, ...],
    channel: Channel,
    figures: Iterable[Figure] = (),
    now: datetime,
    using: str = "default",
) -> Reading:
    """Return what ``wording`` carries, speaks of and breaks, sent over ``channel`` about ``accounts``.

    ``figures`` are amounts that are true of it beside those of its own. What heads a letter lies in its envelope; any
    other subject is seen from outside.
    """
    setting = _setting(wording, record, names, accounts, channel, figures, now, using)
    is_inside = channel is Channel.LETTER
    whole = f"{wording.subject}\n\n{wording.words}" if is_inside else wording.words
    words = checker.check(whole, language=wording.language, setting=setting)
    subject = _subject("" if is_inside else wording.subject, wording.language)
    return Reading(
        wording.blocks | words.blocks,
        wording.mentions | words.mentions,
        wording.reveals_debt or words.reveals_debt or subject.reveals_debt,
        tuple(dict.fromkeys((*words.broken, *subject.broken))),
        facts_of(words),
    )


@lru_cache(maxsize=64)
def _subject(words: str, language: str) -> Report:
    """Read a subject, which the messages of a batch share and in which nothing of the person may stand."""
    return checker.check(words, language=language, setting=Setting(kind=Kind.SUBJECT))


def _setting(
    wording: Wording,
    record: Record,
    names: Names,
    accounts: tuple[int, ...],
    channel: Channel,
    figures: Iterable[Figure],
    now: datetime,
    using: str,
) -> Setting:
    owed = [debt for debt in record.owed if debt.id in accounts]
    first = owed[0] if owed else None
    around = circumstances(record, accounts, now, using=using)
    return Setting(
        kind=Kind.LETTER if channel is Channel.LETTER else Kind.MESSAGE,
        role=first.role if first else None,
        basis=first.basis if first else None,
        places=around.places,
        amounts=frozenset((one.minor, one.currency) for one in (*wording.figures, *figures)),
        currency=first.currency if first else "",
        expected_language=wording.language,
        decided=around.decided,
        is_time_barred=around.is_time_barred,
        is_last_notice=around.is_last_notice,
        dispute_until=around.dispute_until,
        on=around.on,
        names=frozenset({names.collector}),
        creditors=frozenset({names.creditor}),
    )
