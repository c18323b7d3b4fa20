"""By which way a notice that came back may go again: each that is left, with what the gate says to it today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from arrears.actions.gatekeeping import Approach, brief_on
from arrears.actions.messages.reading import read
from arrears.actions.mistakes import mistake
from arrears.actions.notices.making import Draft, drafted
from arrears.actions.notices.sending import PURPOSES, wording_of
from arrears.domain.contacts import Channel, Purpose
from arrears.engine.gate import Answer, Effect, Spoken, Verdict
from arrears.kernel.problems import Problem
from arrears.store.doors import contact_records as records
from arrears.store.doors import message_values as values
from arrears.store.doors import notices as rows
from arrears.store.doors.notices import Row
from arrears.store.scope import current

METHODS: Final = (Channel.LETTER, Channel.EMAIL)


@dataclass(frozen=True, slots=True)
class Way:
    """A way for a notice to go: what the gate says to it, or what it lacks; ``at`` is when it may go first."""

    method: Channel
    verdict: Verdict | None
    problems: tuple[Problem, ...]
    at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it may go now, or from an instant that is known."""
        return self.at is not None

    @property
    def in_the_way(self) -> tuple[Spoken, ...]:
        """The rules that keep it from going now: all that refuse; where none does, those that ask for a human."""
        if self.verdict is None or self.verdict.may_go:
            return ()
        return self.verdict.refusing or tuple(
            one for one in self.verdict.spoken if one.answer is self.verdict.answer and one.effect is Effect.BARS
        )


def ways_again(notice: Row, *, now: datetime, using: str = "default") -> tuple[Way, ...]:
    """Return the ways by which a notice that came back may go again, the first to open first.

    None where it has not come back, or another of its kind stands already. An address that is no good is no way.
    """
    account = next(iter(notice.accounts), None)
    if notice.undeliverable_at is None or account is None:
        return ()
    if rows.standing(account, notice.kind, notice.person, using=using):
        return ()
    return tuple(sorted(_ways(notice, account, now, using), key=lambda way: (way.at is None, way.at or now)))


def _ways(notice: Row, account: int, now: datetime, using: str) -> Iterator[Way]:
    for method in METHODS:
        draft = drafted(account, notice.kind, now=now, method=method, person=notice.person, using=using)
        if isinstance(draft, list):
            yield Way(method, None, tuple(draft), None)
        else:
            yield way_of(draft, now=now, using=using)


def way_of(draft: Draft, *, now: datetime, using: str = "default") -> Way:
    """Return the way of a draft, with what the gate says to it: a dry answer, it is asked again as the notice goes."""
    words = wording_of(draft)
    record = records.record_of(draft.person, now, using=using)
    if record is None:
        return Way(draft.method, None, (mistake("person_not_found", "person"),), None)
    names = values.names(draft.person, draft.owner, current(using).organisation, using=using)
    found = read(words, record, names, accounts=(draft.account,), channel=draft.method, now=now, using=using)
    asked = brief_on(
        record,
        Approach(
            person=draft.person,
            contact_point=draft.contact_point,
            channel=draft.method,
            purpose=PURPOSES.get(draft.contents.kind, Purpose.SERVICE),
            accounts=(draft.account,),
            template=words.template,
            words_digest=words.digest,
            reveals_debt=found.reveals_debt,
            language=words.language,
            blocks=found.blocks,
            mentions=found.mentions,
            findings=found.findings,
            is_automated=True,
            facts=found.facts,
        ),
        now=now,
        using=using,
    )
    if isinstance(asked, Problem):
        return Way(draft.method, None, (asked,), None)
    verdict = asked.verdict()
    is_now = verdict.answer in {Answer.ALLOW, Answer.ALLOW_WITH_NOTICE}
    return Way(draft.method, verdict, (), now if is_now else verdict.next_permitted)
